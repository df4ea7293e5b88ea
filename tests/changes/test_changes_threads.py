"""Threads, drift, marks and gold."""

from __future__ import annotations

import json

import pytest
from changes_texts import CODEBOOK, FIRST, SECOND, make_round

from pipeline.changes import (
    build_threads,
    compare_coders,
    evaluate_changes,
    mark_words,
    measure_drift,
    parse_gold,
    search_threads,
    track_changes,
)  # fmt: skip
from pipeline.changes.drift import adjust_p_values
from pipeline.changes.naming import name_initiative
from pipeline.errors import UsageError

ROUNDS = [("1", make_round(FIRST, "a")), ("2", make_round(SECOND, "b"))]


def test_threads_follow_an_initiative():
    """Both sentences on the mechanism stand in one thread, every commitment in exactly one."""
    threads = build_threads(ROUNDS, framework="TTC")
    found = search_threads(threads, "early warning")
    assert [[s.evidence.n for s in t.steps] for t in found] == [[0, 1, 0]]
    points = [s.evidence for t in threads for s in t.steps]
    assert len(points) == len(set(points)) == 7
    assert [t.id for t in threads] == [t.id for t in build_threads(ROUNDS, framework="TTC")]


def test_threads_can_be_searched_by_partner_and_issue():
    """All given conditions must hold."""
    threads = build_threads(ROUNDS, framework="TTC")
    assert search_threads(threads, partner="Kenya", issue="supply.logistics")
    assert not search_threads(threads, partner="Kenya", issue="fair.tax")


def test_an_initiative_that_skips_a_round_is_one_thread():
    """What the round in between does not mention is found again in the one after it."""
    between = make_round(SECOND[2:3], "between")
    rounds = [ROUNDS[0], ("1b", between), ("2", make_round(SECOND, "b"))]
    threads = build_threads(rounds, framework="TTC")
    assert [{s.round for s in t.steps} for t in threads if "wafers" in t.steps[0].text] == [{"1", "2"}]


def test_threads_are_found_by_a_country_in_the_other_language_and_by_single_words():
    """A partner's adjective and Chinese name count; the words of a query may stand apart."""
    threads = build_threads(ROUNDS, framework="TTC")
    assert search_threads(threads, partner="肯尼亚") == search_threads(threads, partner="Kenyan") != ()
    assert search_threads(threads, "shortages mechanism")


@pytest.mark.parametrize(
    "texts,name",
    [
        (["We plan an early warning mechanism for wafers.", "The mechanism works."], "Early warning mechanism"),
        (["We will open a Harbour Data Network (HDN) with Kenya.", "The HDN grew."], "Harbour Data Network"),
        (["The two sides intend to map seagrass meadows, with divers."], "Map seagrass meadows"),
    ],
)
def test_a_thread_has_the_name_a_person_would_give_it(texts, name):
    """The initiative by its name; without one, the sentence without its opening."""
    rows = tuple(("", "supply.logistics", "commit", text) for text in texts)
    assert name_initiative(make_round(rows, "a")) == name


def test_drift_gives_shares_and_corrected_tests():
    """Shares lie in their interval; corrected p-values are not below the plain ones."""
    rows = measure_drift(ROUNDS, codebook=CODEBOOK)
    logistics = next(r for r in rows if r.code_id == "supply.logistics")
    assert logistics.counts == (1, 1) and logistics.units == (5, 4)
    assert all(s.low <= s.value <= s.high for r in rows for s in r.shares)
    assert all(r.p_value <= r.p_bh <= r.p_holm for r in rows if r.p_value is not None and r.dimension == "issue")
    bound = next(r for r in rows if r.dimension == "bindingness")
    assert bound.shares[1].value > bound.shares[0].value


def test_drift_of_one_round_has_no_test():
    """A single round, or none, has shares and no p-value."""
    assert all(r.p_value is None for r in measure_drift(ROUNDS[:1], codebook=CODEBOOK))
    assert measure_drift([], codebook=CODEBOOK, dimensions=["issue"]) == ()
    with pytest.raises(ValueError, match="unknown dimension"):
        measure_drift(ROUNDS, codebook=CODEBOOK, dimensions=["mood"])


def test_adjusted_p_values():
    """Hand-computed: Benjamini-Hochberg and Holm."""
    bh, holm = adjust_p_values([0.01, 0.04, 0.03])
    assert bh == pytest.approx((0.03, 0.04, 0.04)) and holm == pytest.approx((0.03, 0.06, 0.06))


@pytest.mark.parametrize("a,b,changed", [
    ("We plan a port.", "We open a port.", ["open"]), ("双方计划合作", "双方开始合作", ["开始"]), ("", "new", ["new"]), ("same", "same", []),
])  # fmt: skip
def test_changed_words_are_marked(a, b, changed):
    """Only the words that differ are marked, in both languages."""
    assert [b[m.start : m.end] for m in mark_words(a, b)[1] if m.kind == "changed"] == changed


def gold_lines():
    first, second = ROUNDS[0][1], ROUNDS[1][1]
    rows = [(0, [0], "strengthened"), (1, [2], "kept"), (2, [], "new"), (None, [3], "dropped")]
    for to, sources, status in rows:
        yield json.dumps({
            "earlier": "a", "earlier_sha256": "0", "later": "b", "later_sha256": "0", "status": status, "coder": "x", "date": "2030-01-01",
            "to": None if to is None else [second[to].unit.start, second[to].unit.end],
            "from": [[first[n].unit.start, first[n].unit.end] for n in sources],
        })  # fmt: skip


def test_changes_are_scored_against_a_coder():
    """All right gives 1 in every metric; a coder agrees with himself."""
    changes = track_changes(ROUNDS[0][1], ROUNDS[1][1], framework="TTC", round_from="1", round_to="2")
    gold = parse_gold(gold_lines())
    assert {r.metric: r.interval.value for r in evaluate_changes(changes, gold)}.items() >= {
        "link f1": 1.0, "new accuracy": 1.0, "status accuracy": 1.0, "dropped f1": 1.0,
    }.items()  # fmt: skip
    assert set(compare_coders(gold, gold).values()) == {1.0}


def test_a_bad_line_is_named():
    """File and line are in the message."""
    with pytest.raises(UsageError, match=r"pair\.jsonl:1"):
        parse_gold(['{"to": null}'], "pair.jsonl")
