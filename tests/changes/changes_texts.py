"""Invented rounds for the tests of changes."""

from __future__ import annotations

from pathlib import Path

from pipeline.codebook import load_codebook
from pipeline.records import CodedUnit, Tag, Unit, UnitTags

CODEBOOK = load_codebook(Path(__file__).resolve().parents[2] / "corpus" / "codebook.yaml")

FIRST = (
    (
        "Chips",
        "supply.disruption_response",
        "intend",
        "We plan to set up an early warning mechanism for shortages of wafers.",
    ),
    ("Chips", "supply.disruption_response", "commit", "The mechanism will draw on data from harbour depots."),
    ("Ports", "supply.logistics", "commit", "We will open a Harbour Data Network (HDN) with Kenya to speed cargo."),
    ("Oceans", "climate.land_water_ocean", "commit", "We will map seagrass meadows along our coasts with divers."),
    ("Close", "other.procedural", "intend", "We mean to meet again next spring."),
)
SECOND = (
    (
        "Chips",
        "supply.disruption_response",
        "deliver",
        "We have launched the early warning mechanism for shortages of wafers.",
    ),
    ("Ports", "supply.logistics", "commit", "We will continue the HDN with Kenya to speed cargo."),
    ("Quantum", "digital.emerging_tech", "deliver", "We signed a charter on quantum clocks in Oslo."),
    ("Close", "other.procedural", "intend", "We mean to meet again in autumn."),
)
ZH_FIRST = (
    ("芯片", "supply.disruption_response", "intend", "双方计划建立晶圆短缺预警机制。"),
    ("港口", "supply.logistics", "commit", "双方将与肯尼亚共建港口数据网络。"),
)
ZH_SECOND = (
    ("芯片", "supply.disruption_response", "deliver", "双方已启动晶圆短缺预警机制。"),
    ("海洋", "climate.land_water_ocean", "commit", "双方将绘制沿海海草床地图。"),
)


def make_round(rows: tuple[tuple[str, str, str, str], ...], document: str, language: str = "en") -> list[CodedUnit]:
    """Coded units of one invented document."""
    units, start = [], 0
    for n, (section, issue, action, text) in enumerate(rows):
        unit = Unit(document, n, start, start + len(text), text, section, n, language)
        tags = UnitTags((Tag("issue", issue, 1.0, "coder:x"),), (), Tag("action", action, 1.0, "coder:x"))
        units.append(CodedUnit(unit, tags, "TTC", document, "joint statement", "2030-01-01", "official"))
        start += len(text) + 1
    return units
