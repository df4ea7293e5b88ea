"""The fate of commitments between two rounds."""

from __future__ import annotations

import pytest
from changes_texts import CODEBOOK, FIRST, SECOND, ZH_FIRST, ZH_SECOND, make_round

from pipeline.changes import AlignSettings, select_commitments, track_changes


def follow(earlier, later, **more):
    return track_changes(earlier, later, framework="TTC", round_from="a", round_to="b", codebook=CODEBOOK, **more)


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
