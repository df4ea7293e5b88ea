"""Builders of coded units for the tests of overlap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.codebook import Codebook, load_codebook
from pipeline.records import CodedUnit, Tag, Unit, UnitTags

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(ROOT / "corpus" / "codebook.yaml")


@pytest.fixture(scope="session")
def make_unit() -> Callable[..., CodedUnit]:
    """A coded unit: make_unit("doc", 3, "supply.labor", "Workers are protected.", score=0.9, ...)."""

    def build(
        document: str,
        n: int,
        issues: str = "other.procedural",
        text: str = "The parties met.",
        *,
        industries: str = "",
        score: float = 1.0,
        paragraph: int | None = None,
        framework: str = "TTC",
        date: str = "2022-01-01",
        kind: str = "joint statement",
        basis: str = "official",
        round_id: str = "1",
        language: str = "en",
    ) -> CodedUnit:
        unit = Unit(
            document, n, n * 100, n * 100 + len(text), text, "", n if paragraph is None else paragraph, language
        )
        tags = UnitTags(
            tuple(Tag("issue", code_id, score, "coder:t") for code_id in issues.split()),
            tuple(Tag("industry", code_id, score, "coder:t") for code_id in industries.split()),
            Tag("action", "none", 1.0, "coder:t"),
        )
        return CodedUnit(unit, tags, framework, round_id, kind, date, basis)  # type: ignore[arg-type]

    return build


@pytest.fixture
def two_sides(make_unit: Callable[..., CodedUnit]) -> tuple[tuple[CodedUnit, ...], tuple[CodedUnit, ...]]:
    """TTC with standards, chips and export controls; IPEF with labour, chips and corruption."""
    left, right = [], []
    for d in range(4):
        for n in range(30):
            issue = ("digital.standards", "supply.resilience", "security.export_controls")[n % 3]
            left.append(make_unit(f"ttc-{d}", n, issue, industries="semiconductors" if n % 3 == 1 else ""))
            issue = ("supply.labor", "supply.resilience", "fair.anti_corruption")[n % 3]
            right.append(make_unit(f"ipef-{d}", n, issue, framework="IPEF", date=f"2023-0{d + 1}-01"))
    return tuple(left), tuple(right)
