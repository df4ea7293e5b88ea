"""Gold finds its units again after the extraction of a document has changed."""

from __future__ import annotations

from pipeline.evaluate.alignment import align_gold, realign_gold
from pipeline.records import GoldUnit, Unit
from pipeline.segment import unit_check


def make_units(*texts: str, gap: int = 1) -> list[Unit]:
    units, start = [], 0
    for n, text in enumerate(texts):
        units.append(Unit("d", n, start, start + len(text), text, "", n, "en"))
        start += len(text) + gap
    return units


def make_gold(units: list[Unit]) -> list[GoldUnit]:
    return [
        GoldUnit(
            "d", "old", u.start, u.end, unit_check(u.text), ("fair.tax",), (), "none", "a", "2026-01-01", u.text[:3]
        )
        for u in units
    ]


def test_same_units_pair_one_to_one() -> None:
    """Nothing changed: every annotation has its unit, in order."""
    units = make_units("One sentence here.", "Another one there.")
    alignment = align_gold(make_gold(units), units, check=unit_check)
    assert [unit.n for _, unit in alignment.pairs] == [0, 1]
    assert not alignment.lost


def test_shifted_text_is_found_by_its_words() -> None:
    """A new first line moves all offsets; texts still meet."""
    old = make_units("One sentence here.", "Another one there.")
    new = make_units("A new title.", "One sentence here.", "Another one there.")
    alignment = align_gold(make_gold(old), new, check=unit_check)
    assert [(g.note, u.n) for g, u in alignment.pairs] == [("One", 1), ("Ano", 2)]


def test_repeated_sentences_keep_their_order() -> None:
    """A sentence that stands twice keeps two annotations apart."""
    old = make_units("Agreed.", "Middle part.", "Agreed.")
    new = make_units("Title", "Agreed.", "Middle part.", "Agreed.")
    alignment = align_gold(make_gold(old), new, check=unit_check)
    assert [(g.start, u.n) for g, u in alignment.pairs] == [(0, 1), (8, 2), (21, 3)]


def test_small_repair_is_bridged_by_overlap_after_the_shift() -> None:
    """A mended word changes the hash but not the place; the shift of the neighbours helps."""
    old = make_units("A long sentence that stays.", "The co-operation will go on for many years.", "The end of it.")
    new = make_units(
        "Inserted heading line",
        "A long sentence that stays.",
        "The cooperation will go on for many years.",
        "The end of it.",
    )
    alignment = align_gold(make_gold(old), new, check=unit_check)
    assert [u.n for _, u in alignment.pairs] == [1, 2, 3]


def test_what_no_longer_fits_is_listed() -> None:
    """A unit cut in two is lost, not given to one half."""
    old = make_units("First half of it, second half of it.", "Stays the same.")
    new = make_units("First half of it,", "second half of it.", "Stays the same.")
    alignment = align_gold(make_gold(old), new, check=unit_check)
    assert [g.note for g in alignment.lost] == ["Fir"]
    assert [u.n for _, u in alignment.pairs] == [2]


def test_realigned_gold_carries_todays_offsets_and_hash() -> None:
    """Codes stay, place and hash are new."""
    old = make_units("One sentence here.")
    new = make_units("Title", "One sentence here.")
    moved, lost = realign_gold(make_gold(old), new, sha256="new", check=unit_check)
    assert (moved[0].start, moved[0].end, moved[0].sha256, moved[0].issues) == (6, 24, "new", ("fair.tax",))
    assert not lost


def test_no_units_or_no_gold() -> None:
    """Empty sides give empty results."""
    units = make_units("One.")
    assert align_gold([], units, check=unit_check).pairs == ()
    assert len(align_gold(make_gold(units), [], check=unit_check).lost) == 1
