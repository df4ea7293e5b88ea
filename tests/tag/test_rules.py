"""The rule tagger on small codebooks: each part of the rule language does what docs/codebook.md says."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulekit import make_codebook, make_unit

from pipeline.errors import CodebookError
from pipeline.tag.check import check_rules
from pipeline.tag.rules import RuleTagger


def _codes(tagger: RuleTagger, text: str, **fields: object) -> list[str]:
    return [tag.code_id for tag in tagger.tag_units([make_unit(text, **fields)])[0].issues]


@pytest.mark.parametrize(
    ("rule", "text", "fires"),
    [
        ("phrases: [apple]", "We grow apples.", True),
        ("phrases: [apple]", "We like pineapples.", False),
        ("phrases: [apple]", "We bought an Apple computer.", False),
        ("phrases: [ripe .. apple]", "ripe and very sweet apples", True),
        ("phrases: [ripe .. apple]", "apples that are ripe", False),
        ("phrases: [ripe ..1 apple]", "ripe and very sweet apples", False),
        ("phrases: [ripe & apple]", "apples that are ripe", True),
        ('phrases: ["{citrus}"]', "two lemons", True),
        ("phrases: [apple], with: [tree]", "an apple", False),
        ("phrases: [apple], with: [tree]", "an apple on its tree", True),
        ("phrases: [apple], without: [phone]", "an apple phone", False),
        ("phrases: [=FIG]", "a fig", False),
        ("phrases: [=FIG]", "a FIG", True),
        ("phrases: [apple], in: heading", "an apple", False),
    ],
)
def test_a_rule_fires_where_it_says(tmp_path: Path, rule: str, text: str, fires: bool) -> None:
    """Literals, gaps, order, company, exclusions, case and scope."""
    tagger = RuleTagger(make_codebook(tmp_path, f"{{id: r, language: en, weight: 2, {rule}}}"))
    assert (_codes(tagger, text) == ["goods.fruit"]) is fires


def test_the_longer_phrase_wins(tmp_path: Path) -> None:
    """A term inside a longer one of another code does not fire."""
    fruit, tea = "{id: a, language: en, phrases: [apple]}", "{id: b, language: en, phrases: [apple tea]}"
    assert _codes(RuleTagger(make_codebook(tmp_path, fruit, tea)), "a cup of apple tea") == ["goods.tea"]


def test_a_chinese_term_does_not_fire_inside_another_word(tmp_path: Path) -> None:
    """印度 is not found in 印度尼西亚, in either script."""
    tagger = RuleTagger(make_codebook(tmp_path, "{id: a, language: zh, phrases: [印度]}"))
    assert _codes(tagger, "与印度尼西亚会谈。") == ["other.procedural"]
    assert _codes(tagger, "與印度尼西亞會談。") == ["other.procedural"]
    assert _codes(tagger, "与印度会谈。") == ["goods.fruit"]


def test_traditional_characters_keep_their_offsets(tmp_path: Path) -> None:
    """A hit in traditional script points at the original characters."""
    tagger = RuleTagger(make_codebook(tmp_path, "{id: a, language: zh, phrases: [关键矿产]}"))
    unit = make_unit("雙方討論關鍵礦產。")
    (hit,) = tagger.find_hits([unit])[0]
    assert (hit.text, unit.text[hit.start : hit.end]) == ("關鍵礦產", "關鍵礦產")


def test_a_general_issue_yields_to_a_special_one(tmp_path: Path) -> None:
    """Fruit that yields to tea is left out beside a plain name of tea, and counts in full without it."""
    rules = (
        "{id: f, language: en, weight: 1, phrases: [fruit]}",
        "{id: t, language: en, weight: 2, phrases: [fruit tea]}",
    )
    unit = make_unit("We grow fruit for fruit tea.")
    for settings, expected in (
        ("", {"goods.tea", "goods.fruit"}),
        ("  yields: {goods.fruit: [goods.tea]}\n", {"goods.tea"}),
    ):
        tagger = RuleTagger(make_codebook(tmp_path, *rules, settings=settings))
        assert {tag.code_id for tag in tagger.tag_units([unit])[0].issues} == expected
        assert tagger.tag_units([make_unit("We grow fruit.")])[0].issues[0].code_id == "goods.fruit"


@pytest.mark.parametrize(
    ("settings", "message"),
    [("goods.frut: [goods.tea]", "'goods.frut' is no issue"), ("goods.fruit: goods.tea", "must have a list")],
)
def test_yields_name_issues(tmp_path: Path, settings: str, message: str) -> None:
    """A wrong name or form is refused with file and line."""
    codebook = make_codebook(
        tmp_path, "{id: f, language: en, phrases: [fruit]}", settings=f"  yields: {{{settings}}}\n"
    )
    with pytest.raises(CodebookError, match=rf"codebook.yaml:\d+: settings: yields: .*{message}"):
        check_rules(codebook)


def test_heading_lead_and_continuation_lend_their_codes(tmp_path: Path) -> None:
    """A unit without words of its own takes them from its heading, its lead-in, or the unit it continues."""
    tagger = RuleTagger(make_codebook(tmp_path, "{id: a, language: en, weight: 2, phrases: [apple]}"))
    assert _codes(tagger, "More was said.", section="Part I > Apples") == ["goods.fruit"]
    assert _codes(tagger, "the red ones;", lead="We trade apples:", kind="list_item") == ["goods.fruit"]
    units = [make_unit("We trade apples.", 0), make_unit("This work goes on.", 1)]
    assert tagger.tag_units(units)[1].main_issue == "goods.fruit"
    assert tagger.tag_units(units)[1].issues[0].by == "rule:carried"


def test_nothing_is_carried_into_another_document(tmp_path: Path) -> None:
    """The first unit of a document has no unit before it."""
    tagger = RuleTagger(make_codebook(tmp_path, "{id: a, language: en, weight: 2, phrases: [apple]}"))
    units = [make_unit("We trade apples."), make_unit("This work goes on.", document_id="e")]
    assert tagger.tag_units(units)[1].main_issue == "other.procedural"


def test_a_token_pattern_runs_where_its_trigger_stands(tmp_path: Path) -> None:
    """spaCy's token patterns fire beside phrases, with offsets into the unit."""
    rule = "{id: a, language: en, trigger: [apple], pattern: [{LOWER: apple}, {IS_DIGIT: true}]}"
    tagger = RuleTagger(make_codebook(tmp_path, rule))
    assert [hit.text for hit in tagger.find_hits([make_unit("An Apple 7 was sold.")])[0]] == ["Apple 7"]
    assert tagger.find_hits([make_unit("An apple was sold.")]) == [[]]


def test_a_bad_phrase_names_file_line_and_remedy(tmp_path: Path) -> None:
    """The error of a phrase points into the codebook."""
    codebook = make_codebook(tmp_path, '{id: bad, language: en, phrases: ["(apple"]}')
    with pytest.raises(CodebookError, match=r"codebook\.yaml:9: rule bad: .*close every bracket"):
        RuleTagger(codebook).tag_units([make_unit("x")])


def test_scores_are_aligned_with_the_codebook(tmp_path: Path) -> None:
    """Arrays have a row a unit and a column a code, own words apart from context."""
    codebook = make_codebook(tmp_path, "{id: a, language: en, weight: 2, phrases: [apple]}")
    scores = RuleTagger(codebook).score_units([make_unit("apples"), make_unit("more", 1, section="Apples")])
    column = codebook.issues.index("goods.fruit")
    assert scores.issues_own[:, column].tolist() == [2.0, 0.0]
    assert scores.issues[1, column] > 0
    assert scores.issues.shape == (2, len(codebook.issues))


def test_an_explanation_names_what_tipped_the_decision(tmp_path: Path) -> None:
    """Hits, context and the deciding rule are told."""
    tagger = RuleTagger(make_codebook(tmp_path, "{id: a, language: en, weight: 2, phrases: [apple]}"))
    told = tagger.explain_unit([make_unit("We trade apples.", section="On apples")], 0)
    assert [hit.rule_id for hit in told.hits] == ["a"]
    assert told.context == (("heading", "a", "goods.fruit", "apple"),)
    assert "rule:a" in told.reason


def test_no_units_give_no_tags(tmp_path: Path) -> None:
    """An empty document is no error."""
    tagger = RuleTagger(make_codebook(tmp_path, "{id: a, language: en, phrases: [apple]}"))
    assert tagger.tag_units([]) == []
    assert tagger.score_units([]).issues.shape[0] == 0


def test_the_id_follows_rules_not_names(tmp_path: Path) -> None:
    """Another phrase gives another id; another display name does not."""
    one = make_codebook(tmp_path, "{id: a, language: en, phrases: [apple]}")
    first = RuleTagger(one).id
    assert RuleTagger(make_codebook(tmp_path, "{id: a, language: en, phrases: [pear]}")).id != first
