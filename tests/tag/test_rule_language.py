"""The examples of docs/codebook.md fire, and keep silent, as the page says, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulekit import make_codebook, make_unit

from pipeline.tag.rules import RuleTagger


@pytest.mark.parametrize(
    ("rule", "fires", "silent"),
    [
        ("phrases: [helium .. shortage]", ["Helium faces a shortage."], ["A shortage of helium."]),
        ("phrases: [氦气 .. 短缺]", ["氦气出现短缺。"], ["短缺的是氦气。", "氦气需求旺盛；电力短缺。"]),
        ("phrases: [helium & shortage]", ["A shortage of helium."], ["Helium is here."]),
        ("phrases: [氦气 & 短缺]", ["短缺的是氦气。"], ["氦气充足。"]),
        ("phrases: [standard], with: [helium]", ["A standard for helium."], ["A standard for tea."]),
        ("phrases: [标准], with: [氦气]", ["氦气有了标准。"], ["茶叶有了标准。"]),
        ("phrases: [filing], without: [tax]", ["The filing of catches."], ["The tax filing."]),
        ("phrases: [申报], without: [税务]", ["渔获申报已开始。"], ["税务申报已开始。"]),
        ("phrases: [(liquid|) helium (tank|)]", ["Helium.", "A liquid helium tank."], ["A liquid."]),
        ("phrases: [(液态|)氦气(罐|)]", ["氦气。", "液态氦气罐。"], ["液态。"]),
        (
            'pattern: [{LOWER: helium}, {IS_PUNCT: true, OP: "?"}, {LOWER: free}], trigger: [helium]',
            ["A helium-free magnet."],
            ["Free helium."],
        ),
        ('pattern: [{TEXT: 零}, {TEXT: {REGEX: "[氦氖]"}}], trigger: [零]', ["零氦方案。"], ["零碳方案。"]),
    ],
)
def test_examples_of_the_page_hold(tmp_path: Path, rule: str, fires: list[str], silent: list[str]) -> None:
    """Gaps, order, company, exclusions, optional parts and token patterns."""
    language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in rule) else "en"
    tagger = RuleTagger(make_codebook(tmp_path, f"{{id: one, language: {language}, weight: 2, {rule}}}"))
    for text in fires:
        assert tagger.find_hits([make_unit(text)])[0], text
    for text in silent:
        assert not tagger.find_hits([make_unit(text)])[0], text


def test_a_heading_rule_speaks_for_the_units_below(tmp_path: Path) -> None:
    """``in: heading`` fires in the section title and not in the unit's own words."""
    rule = "{id: one, language: zh, weight: 2, in: heading, phrases: [氦气]}"
    tagger = RuleTagger(make_codebook(tmp_path, rule))
    below = tagger.tag_units([make_unit("双方将保持沟通。", section="氦气")])[0]
    itself = tagger.tag_units([make_unit("双方讨论氦气。")])[0]
    assert below.main_issue == "goods.fruit"
    assert itself.main_issue != "goods.fruit"
