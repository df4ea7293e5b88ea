"""The fate of commitments between two rounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from changes_texts import FIRST, SECOND, ZH_FIRST, ZH_SECOND, make_round

from pipeline.changes import AlignSettings, select_commitments, track_changes
from pipeline.changes.weights import FITTED


def follow(earlier, later, **more):
    return track_changes(earlier, later, framework="TTC", round_from="a", round_to="b", **more)


def test_commitments_are_substantive_and_binding():
    """Procedural units are left out."""
    assert [u.unit.n for u in select_commitments(make_round(FIRST, "a"))] == [0, 1, 2, 3]


def test_each_commitment_has_one_fate():
    """Linked, new and dropped ones are told apart, and a launch after a plan is progress."""
    changes = follow(make_round(FIRST, "a"), make_round(SECOND, "b"))
    fates = {c.to.n: c.status for c in changes if c.to}
    assert fates == {0: "strengthened", 1: "kept", 2: "new"}
    assert [c.links[0].evidence.n for c in changes if c.status == "dropped"] == [3]


def test_links_give_reasons_and_best_first():
    """A link says what speaks for it; scores fall."""
    change = follow(make_round(FIRST, "a"), make_round(SECOND, "b"))[0]
    assert change.links[0].evidence.n == 0 and change.links[0].reasons
    scores = [link.score for link in change.links]
    assert 1 <= len(scores) <= 3 and scores[0] == max(scores)
    assert "action intend>deliver" in change.signals


@pytest.mark.parametrize("rows,language", [(FIRST, "en"), (SECOND, "en"), (ZH_FIRST, "zh")])
def test_a_round_with_itself_is_all_kept(rows, language):
    """Nothing is new, dropped or moved."""
    units = make_round(rows, "a", language)
    changes = follow(units, units)
    assert {c.status for c in changes} == {"kept"}
    assert all(c.links[0].evidence == c.to for c in changes)


def test_chinese_rounds():
    """Chinese statements are aligned by words."""
    changes = follow(make_round(ZH_FIRST, "a", "zh"), make_round(ZH_SECOND, "b", "zh"))
    assert [c.status for c in changes] == ["strengthened", "new", "dropped"]


@pytest.mark.parametrize("earlier,later,statuses", [((), FIRST, {"new"}), (FIRST, (), {"dropped"}), ((), (), set())])
def test_empty_sides(earlier, later, statuses):
    """A round without units makes all new or all dropped."""
    changes = follow(make_round(earlier, "a"), make_round(later, "b"))
    assert {c.status for c in changes} == statuses


def test_restatement_in_a_second_document_is_not_dropped():
    """A fact sheet that repeats the statement does not leave dropped commitments behind."""
    earlier = [*make_round(FIRST, "a"), *make_round(FIRST[:1], "a-sheet")]
    changes = follow(earlier, make_round(SECOND, "b"))
    assert all(c.links[0].evidence.document_id != "a-sheet" for c in changes if c.status == "dropped")


def test_links_are_at_most_as_many_as_asked():
    """max_links holds, and bad settings are refused."""
    changes = follow(make_round(FIRST, "a"), make_round(SECOND, "b"), settings=AlignSettings(max_links=1))
    assert all(len(c.links) <= 1 for c in changes)
    with pytest.raises(ValueError, match="max_links"):
        AlignSettings(max_links=4)


def test_the_same_input_gives_the_same_output():
    """Nothing depends on chance or order of hashing."""
    once, twice = (follow(make_round(FIRST, "a"), make_round(SECOND, "b")) for _ in range(2))
    assert once == twice


@pytest.mark.parametrize(
    "before,after,status,signal",
    [
        (("commit", "We will finish the reef map by 2030."), ("commit", "We will finish the reef map by 2034."), "weakened", "date postponed"),
        (("commit", "We will give $9 million for the reef map."), ("commit", "We will give $2 million for the reef map."), "weakened", "sum cut"),
        (("commit", "We will draw a reef map."), ("intend", "We may consider drawing a reef map where appropriate."), "weakened", "hedged"),
        (("intend", "We plan to draw a reef map."), ("deliver", "We published the reef map in May 2031."), "strengthened", "delivered"),
        (("commit", "We will draw a reef map with divers."), ("commit", "We continue to draw a reef map with divers."), "kept", "goes on"),
    ],
)  # fmt: skip
def test_status_follows_facts(before, after, status, signal):
    """A later year, a smaller sum and hedges weaken; delivery strengthens; going on keeps. The signal says why."""
    earlier, later = (
        make_round((("Oceans", "climate.land_water_ocean", *row),), name) for row, name in ((before, "a"), (after, "b"))
    )
    change = follow(earlier, later)[0]
    assert change.status == status and signal in change.signals


def test_an_unrelated_statement_is_new():
    """Two long statements that share no names and only everyday words have nothing in common."""
    ports = tuple(
        ("Ports", "supply.logistics", "commit", f"We will open the Harbour Line {n} for cargo of our partners.")
        for n in range(60)
    )
    farms = tuple(
        ("Farms", "trade.rules", "commit", f"We will support the Orchard Circle {n} for growers of our partners.")
        for n in range(60, 120)
    )
    changes = follow(make_round(ports, "a"), make_round(farms, "b"))
    assert sum(c.status == "new" for c in changes if c.to) >= 57


def test_chinese_rounds_of_different_form():
    """A Chinese statement and a terse Chinese list on the same initiatives are linked."""
    earlier = (
        ("供应链", "supply.critical_goods", "intend", "双方计划设立关键矿产对话，每年举行一次会议。"),
        ("数字", "digital.standards", "commit", "双方将制定电子发票互通标准。"),
    )
    later = (
        ("", "supply.critical_goods", "deliver", "已设立关键矿产对话"),
        ("", "fair.tax", "commit", "新设税务信息交换小组"),
    )
    statuses = [c.status for c in follow(make_round(earlier, "a", "zh"), make_round(later, "b", "zh")) if c.to]
    assert statuses == ["strengthened", "new"]


def test_the_paragraph_tells_like_sentences_apart():
    """Where two earlier sentences fit alike, the one whose paragraph speaks of the same thing is the antecedent."""
    follow_up = ("commit", "We will publish a report on this work every year.")
    earlier = (
        ("Work", "supply.logistics", "commit", "We will open harbour depots for cargo ships with sailors."),
        ("Work", "supply.logistics", *follow_up),
        ("Work", "supply.logistics", "commit", "We will train orchard growers in grafting pear trees."),
        ("Work", "supply.logistics", *follow_up),
    )
    later = (
        ("Tasks", "supply.logistics", "commit", "We will teach pear growers the grafting of orchard trees."),
        ("Tasks", "supply.logistics", "commit", "We will publish a longer report on this work every year."),
    )

    def in_pairs(units):
        return [replace(u, unit=replace(u.unit, paragraph=n // 2)) for n, u in enumerate(units)]

    changes = follow(in_pairs(make_round(earlier, "a")), in_pairs(make_round(later, "b")))
    assert changes[1].links[0].evidence.n == 3
    assert "paragraph" in dict(changes[1].links[0].reasons)


def test_other_weights_can_be_given():
    """Weights that ask more of a link than any pair gives make all new."""
    shy = AlignSettings(weights=replace(FITTED, third_none=99.0))
    changes = follow(make_round(FIRST, "a"), make_round(SECOND, "b"), settings=shy)
    assert {c.status for c in changes if c.to} == {"new"}
