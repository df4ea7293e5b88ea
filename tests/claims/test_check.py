"""One method a type: each verdict follows from the sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.errors import CodebookError
from pipeline.records import ClaimVerdict, CodedUnit

Said = Callable[..., list[CodedUnit]]
Check = Callable[..., ClaimVerdict]
TTC: dict[str, Any] = {"framework": "TTC"}
MISSING = [
    {"id": "ttc-x", "framework": "TTC", "round": "2", "kind": "press call", "date": "2022-05-15", "title": "Call"},
    {
        "id": "ttc-y",
        "framework": "TTC",
        "round": "2",
        "kind": "joint statement",
        "date": "2022-05-16",
        "title": "On cobalt",
    },
    {
        "id": "ipef-z",
        "framework": "IPEF",
        "round": "launch",
        "kind": "joint statement",
        "date": "2022-05-23",
        "title": "Z",
    },
]


def filler(said: Said, count: int = 200, **options: Any) -> list[CodedUnit]:
    return said("filler", *["The hosts thanked the guests."] * count, **options)


# --- presence and absence ---


def test_present_issue_is_supported(said: Said, check: Check) -> None:
    """Enough sentences in several paragraphs, and they are the evidence."""
    units = filler(said) + said("d", *["Taxes are discussed."] * 6, issues="fair.tax")
    verdict = check("presence", {"in": TTC, "issues": ["fair.tax"]}, units)
    assert verdict.verdict == "supported"
    assert {e.document_id for e in verdict.evidence} == {"d"}


def test_stray_coding_does_not_support(said: Said, check: Check) -> None:
    """One sentence of 200 leaves it open and names what could decide it, agreed texts first."""
    units = filler(said) + said("d", "Taxes.", issues="fair.tax")
    verdict = check("presence", {"in": TTC, "issues": ["fair.tax"]}, units, MISSING)
    assert (verdict.verdict, verdict.missing) == ("not covered", ("ttc-y", "ttc-x"))


def test_nothing_in_all_documents_contradicts(said: Said, check: Check) -> None:
    """Every catalogued document is at hand and none has it."""
    verdict = check("presence", {"in": TTC, "terms": [["cobalt"]]}, filler(said))
    assert verdict.verdict == "contradicted"


def test_missing_title_that_names_the_matter_comes_first(said: Said, check: Check) -> None:
    """A catalogue title with the claim's word is the likeliest to decide it."""
    verdict = check("presence", {"in": TTC, "terms": [["cobalt"]]}, filler(said), [MISSING[0], MISSING[1]])
    assert verdict.missing[0] == "ttc-y"


@pytest.mark.parametrize(("count", "verdict"), [(200, "supported"), (20, "not covered")])
def test_absence_needs_enough_text(said: Said, check: Check, count: int, verdict: str) -> None:
    """Not found in twenty sentences shows nothing."""
    assert check("absence", {"in": TTC, "issues": ["fair.tax"]}, filler(said, count)).verdict == verdict


def test_absence_is_contradicted_by_sentences(said: Said, check: Check) -> None:
    """What is present is not absent."""
    units = filler(said) + said("d", *["Taxes are discussed."] * 6, issues="fair.tax")
    assert check("absence", {"in": TTC, "issues": ["fair.tax"]}, units).verdict == "contradicted"


def test_papers_prove_nothing(said: Said, check: Check) -> None:
    """A claim is not supported by the paper that makes it."""
    units = filler(said) + said("paper", "Cobalt is agreed.", basis="paper")
    assert check("presence", {"in": TTC, "terms": [["cobalt"]]}, units).verdict == "contradicted"


def test_thin_finding_is_neither_there_nor_absent(said: Said, check: Check) -> None:
    """Two sure sentences where three are needed: too few for present, too many for absent."""
    units = filler(said, 400) + said("d", *["Taxes."] * 2, issues="fair.tax")
    assert check("absence", {"in": TTC, "issues": ["fair.tax"]}, units).verdict == "not covered"
    assert check("presence", {"in": TTC, "issues": ["fair.tax"]}, units, MISSING).verdict == "not covered"


def test_evidence_speaks_for_each_code(said: Said, check: Check) -> None:
    """Of two codes the rarer one is not crowded out of the evidence."""
    units = filler(said) + said("a", *["Taxes."] * 20, issues="fair.tax")
    units += said("b", *["Bribes."] * 4, issues="fair.anti_corruption")
    verdict = check("presence", {"in": TTC, "issues": ["fair.tax", "fair.anti_corruption"]}, units)
    assert verdict.verdict == "supported"
    assert [e.document_id for e in verdict.evidence[:4]] == ["a", "b", "a", "b"]


# --- counts ---


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The framework rests on four pillars.", "supported"),
        ("The framework rests on 5 key pillars.", "contradicted"),
        ("The framework has several pillars and four guests.", "not covered"),
        ("Four ministers spoke, and the pillars stand.", "not covered"),
    ],
)
def test_stated_count(said: Said, check: Check, sentence: str, verdict: str) -> None:
    """The number must belong to the noun."""
    query = {"in": TTC, "of": "stated", "noun": ["pillar*"], "number": 4}
    assert check("count", query, said("d", sentence)).verdict == verdict


def test_numbered_count(said: Said, check: Check) -> None:
    """Different numbers after the noun are counted, repeated ones once."""
    units = said("d", "Team 1 met.", "Team 2 met.", "Team 2 spoke to Team 3.")
    query = {"in": TTC, "of": "numbered", "noun": ["Team"], "number": 3}
    assert check("count", query, units).verdict == "supported"
    assert check("count", {**query, "number": 4}, units).verdict == "contradicted"


def test_named_count(said: Said, check: Check) -> None:
    """Parties named in one sentence, however their names are spelt."""
    units = said("d", "We, Japan, Vietnam and the United States, met.", framework="IPEF", round_id="launch")
    query = {"in": {"framework": "IPEF"}, "of": "named", "number": 3}
    assert check("count", query, units).verdict == "supported"


@pytest.mark.parametrize(
    ("number", "catalogue", "verdict"),
    [
        (2, [], "supported"),
        (1, [], "contradicted"),
        (3, [], "not covered"),
        (2, [{"id": "q", "framework": "TTC", "round": "3", "date": "2022-12-05"}], "not covered"),
    ],
)
def test_rounds_count(said: Said, check: Check, number: int, catalogue: list[dict[str, str]], verdict: str) -> None:
    """More rounds than claimed contradict; a further round in the catalogue leaves it open."""
    units = said("a", "The council met.", round_id="1") + said("b", "The council met.", round_id="2", date="2022-05-16")
    query = {"in": TTC, "of": "rounds", "terms": [["met"]], "number": number}
    assert check("count", query, units, catalogue).verdict == verdict


# --- dates and order ---


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [("2021-09-29", "", "supported"), ("2021", "", "supported"), ("2021-10", "2021-12", "contradicted")],
)
def test_document_date(said: Said, check: Check, first: str, last: str, verdict: str) -> None:
    """Days, months and years are compared as far as they are known."""
    query = {"in": TTC, "from": first, **({"to": last} if last else {})}
    assert check("date", query, said("d", "We met.")).verdict == verdict


def test_stated_date(said: Said, check: Check) -> None:
    """With words, the date stands in the sentence, not on the document."""
    units = said("d", "The bridge opened on 3 March 2023.", "We met on 1 May 2021.")
    query = {"in": TTC, "terms": [["bridge"]], "from": "2023-03"}
    assert check("date", query, units).verdict == "supported"
    assert check("date", {**query, "from": "2021"}, units).verdict == "contradicted"


@pytest.mark.parametrize(
    ("first", "verdict"), [("2021-09-29", "supported"), ("2021-09-30", "contradicted"), ("2021", "supported")]
)
def test_today_is_the_date_of_the_document(said: Said, check: Check, first: str, verdict: str) -> None:
    """A sentence that says "today" states its document's date."""
    query = {"in": TTC, "terms": [["bridge"]], "from": first}
    assert check("date", query, said("d", "Today the bridge was opened.")).verdict == verdict


def test_year_alone_does_not_decide_a_day(said: Said, check: Check) -> None:
    """A date too vague for the claim leaves it open; another year contradicts."""
    query = {"in": TTC, "terms": [["bridge"]], "from": "2023-03-03"}
    assert check("date", query, said("d", "The bridge opened in 2023.")).verdict == "not covered"
    assert check("date", query, said("d", "The bridge opened in 2022.")).verdict == "contradicted"


def test_document_date_of_matching_sentences(said: Said, check: Check) -> None:
    """With by: document, the documents that have the words are dated, not the words."""
    units = said("a", "The bridge is open.", date="2023-05-27") + said("b", "No news.", date="2021-01-01")
    query = {"in": TTC, "terms": [["bridge"]], "by": "document", "from": "2023-05-27"}
    assert check("date", query, units).verdict == "supported"


@pytest.mark.parametrize(("swap", "verdict"), [(False, "supported"), (True, "contradicted")])
def test_ordering(said: Said, check: Check, swap: bool, verdict: str) -> None:
    """The earliest sentence of each side decides."""
    units = said("a", "Cobalt.") + said("b", "Nickel. Cobalt.", round_id="2", date="2022-05-16")
    sides = [{"in": TTC, "terms": [["cobalt"]]}, {"in": TTC, "terms": [["nickel"]]}]
    first, second = sides[::-1] if swap else sides
    assert check("ordering", {"first": first, "second": second}, units).verdict == verdict


# --- attribution ---


@pytest.mark.parametrize(("round_id", "verdict"), [("2", "supported"), ("4", "contradicted"), ("1", "contradicted")])
def test_attribution_to_a_round(said: Said, check: Check, round_id: str, verdict: str) -> None:
    """The round in which the matter first appears."""
    units = said("b", "A cobalt alarm.", round_id="2", date="2022-05-16")
    units += said("d", "The cobalt alarm is done.", round_id="4", date="2023-05-31")
    assert check("attribution", {"in": TTC, "terms": [["cobalt"]], "round": round_id}, units).verdict == verdict


@pytest.mark.parametrize(("group", "verdict"), [("WG2", "supported"), ("WG3", "contradicted")])
def test_attribution_to_a_group(said: Said, check: Check, group: str, verdict: str) -> None:
    """The group named in the sentence's paragraph, told from the other groups."""
    units = said("d", "Working Group 2 meets.", "The group tests heat pumps.", paragraph=1)
    assert check("attribution", {"in": TTC, "terms": [["heat pumps"]], "group": group}, units).verdict == verdict


def test_subject_of_a_group_does_not_name_it(said: Said, check: Check) -> None:
    """Export controls are common speech; only beside "working group" do they name the group."""
    query = {"in": TTC, "terms": [["pumps"]], "group": "WG7"}
    loose = said("d", "The working groups met for two days on pumps, and ministers spoke of export controls.")
    named = said("d", "The Export Controls working group spoke of pumps.")
    assert check("attribution", query, loose).verdict == "not covered"
    assert check("attribution", query, named).verdict == "supported"


def test_attribution_to_nobody(said: Said, check: Check) -> None:
    """A sentence that names neither leaves it open."""
    query = {"in": TTC, "terms": [["pumps"]], "actor": ["Japan"], "rivals": ["Korea"]}
    assert check("attribution", query, said("d", "Pumps are tested.")).verdict == "not covered"


# --- comparison ---


@pytest.mark.parametrize(
    ("relation", "verdict"), [("more", "supported"), ("fewer", "contradicted"), ("similar", "contradicted")]
)
def test_share_comparison(said: Said, check: Check, relation: str, verdict: str) -> None:
    """Half the sentences against none is a difference."""
    units = (
        filler(said, 60)
        + said("d", *["Taxes."] * 60, issues="fair.tax")
        + filler(said, 120, framework="IPEF", round_id="launch")
    )
    query = {"left": TTC, "right": {"framework": "IPEF"}, "issues": ["fair.tax"], "relation": relation}
    assert check("comparison", query, units).verdict == verdict


def test_small_difference_is_undecided(said: Said, check: Check) -> None:
    """Three sentences against two prove nothing."""
    units = filler(said, 30) + said("d", *["Taxes."] * 3, issues="fair.tax")
    units += filler(said, 30, framework="IPEF", round_id="launch")
    units += said("e", *["Taxes."] * 2, issues="fair.tax", framework="IPEF", round_id="launch")
    query = {"left": TTC, "right": {"framework": "IPEF"}, "issues": ["fair.tax"], "relation": "more"}
    assert check("comparison", query, units).verdict == "not covered"


def test_breadth_comparison(said: Said, check: Check) -> None:
    """Two issues present against one."""
    units = said("a", *["Taxes."] * 9, issues="fair.tax") + said("b", *["Bribes."] * 9, issues="fair.anti_corruption")
    units += said("c", *["Taxes."] * 9, issues="fair.tax", framework="IPEF", round_id="launch")
    query = {
        "left": TTC,
        "right": {"framework": "IPEF"},
        "domains": ["fair_economy"],
        "by": "breadth",
        "relation": "more",
    }
    assert check("comparison", query, units).verdict == "supported"


@pytest.mark.parametrize(
    ("left", "right", "relation", "verdict"),
    [
        (9, 9, "both", "supported"),
        (9, 0, "both", "contradicted"),
        (9, 1, "both", "not covered"),
        (9, 0, "left only", "supported"),
        (9, 9, "left only", "contradicted"),
        (0, 9, "not both", "supported"),
        (9, 9, "not both", "contradicted"),
        (0, 0, "neither", "supported"),
    ],
)
def test_presence_comparison(said: Said, check: Check, left: int, right: int, relation: str, verdict: str) -> None:
    """Both, one, none; a thin side leaves it open."""
    options: dict[str, Any] = {"framework": "IPEF", "round_id": "launch"}
    units = filler(said) + said("a", *["Taxes."] * left, issues="fair.tax")
    units += said("other", *["Thanks."] * 200, **options) + said("b", *["Taxes."] * right, issues="fair.tax", **options)
    query = {
        "left": TTC,
        "right": {"framework": "IPEF"},
        "issues": ["fair.tax"],
        "by": "presence",
        "relation": relation,
    }
    assert check("comparison", query, units).verdict == verdict


# --- slips in a claim ---


@pytest.mark.parametrize(
    "query", [{"in": TTC, "issues": ["fair.taxes"]}, {"in": {"framework": "NAFTA"}}, {"in": {"rounds": ["9"]}}]
)
def test_unknown_names_are_refused(said: Said, check: Check, query: dict[str, object]) -> None:
    """A slip must not read as an absence."""
    with pytest.raises(CodebookError, match="is not known"):
        check("presence", query, said("d", "We met."))
