"""score_overlap as a whole."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.codebook import Codebook
from pipeline.errors import UsageError
from pipeline.overlap import Background, OverlapSettings, PaperCell, Selection, score_overlap
from pipeline.records import CodedUnit, OverlapResult

Sides = tuple[tuple[CodedUnit, ...], tuple[CodedUnit, ...]]
QUICK = OverlapSettings(replicates=200, permutations=200, time_replicates=100)


def score(sides: Sides, codebook: Codebook, **options: object) -> OverlapResult:
    left, right = (Selection(name, units) for name, units in zip(("TTC", "IPEF"), sides, strict=True))
    return score_overlap(left, right, codebook, settings=QUICK, **options)  # type: ignore[arg-type]


def value(result: OverlapResult, measure: str, dimension: str = "issue") -> float:
    return next(m.interval.value for m in result.measures if (m.measure, m.dimension) == (measure, dimension))


def test_known_overlap(two_sides: Sides, codebook: Codebook) -> None:
    """One issue of three on each side is shared: a third of the shares, a fifth of the issues."""
    result = score(two_sides, codebook)
    assert value(result, "bray_curtis") == pytest.approx(1 / 3)
    assert value(result, "jaccard") == pytest.approx(1 / 5)


def test_order_of_documents_does_not_matter(two_sides: Sides, codebook: Codebook) -> None:
    """Shuffled units give the same numbers, intervals included."""
    mixed = tuple(tuple(random.Random(4).sample(side, len(side))) for side in two_sides)
    assert score(two_sides, codebook).measures == score(mixed, codebook).measures  # type: ignore[arg-type]


def test_swapped_sides_mirror(two_sides: Sides, codebook: Codebook) -> None:
    """Measures, intervals and p-values are the same whichever side is called left."""
    left, right = (Selection(name, units) for name, units in zip(("TTC", "IPEF"), two_sides, strict=True))
    one = score_overlap(left, right, codebook, settings=QUICK)
    two = score_overlap(right, left, codebook, settings=QUICK)
    for a, b in zip(one.measures, two.measures, strict=True):
        assert (a.interval.low, a.interval.high, a.p_value) == pytest.approx(
            (b.interval.low, b.interval.high, b.p_value)
        )


def test_every_count_opens_to_its_sentences(two_sides: Sides, codebook: Codebook) -> None:
    """As many pieces of evidence as the count says."""
    for row in score(two_sides, codebook).presence:
        assert len(row.evidence) == row.count


def test_same_source_is_not_significant(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Two halves of one source do not differ by more than chance."""
    issues = ["supply.labor", "digital.sme", "fair.tax", "trade.rules"]
    rng = random.Random(7)
    units = [make_unit(f"d{d}", n, rng.choice(issues), framework="") for d in range(10) for n in range(25)]
    sides = tuple(tuple(u for u in units if int(u.unit.document_id[1:]) % 2 == half) for half in (0, 1))
    p = [m.p_value for m in score(sides, codebook).measures if m.measure == "bray_curtis"]  # type: ignore[arg-type]
    assert p[0] is not None
    assert p[0] > 0.05


def test_overlap_against_unrelated_statements(two_sides: Sides, codebook: Codebook) -> None:
    """Statements on something else overlap less than the two sides do."""
    other = ("other", 40, {"issue": {"digital.sme": 30}, "domain": {"digital_economy": 30}, "industry": {}})
    background = Background(1000, {}, profiles=(other,) * 20)
    rows = [m for m in score(two_sides, codebook, background=background).background if m.measure == "cosine"]
    assert rows[0].null_mean == 0
    assert rows[0].p_value is not None
    assert rows[0].p_value < 0.05


def test_series_grows_with_the_documents(two_sides: Sides, codebook: Codebook) -> None:
    """One point a date from the day both sides have a document, cumulative."""
    points = score(two_sides, codebook).over_time
    assert [point.date for point in points] == ["2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01"]
    assert [point.right_documents for point in points] == [1, 2, 3, 4]


def test_table_1_follows_from_the_rule(two_sides: Sides, codebook: Codebook) -> None:
    """Domains present on both sides, on one, on none, with the groups at home there."""
    rows = {row.row: row for row in score(two_sides, codebook).crosswalk if row.table == "1"}
    assert (rows["supply_chain"].relation, rows["supply_chain"].left_items) == ("both", ("WG3",))
    assert (rows["export_controls"].relation, rows["export_controls"].left_items) == ("left only", ("WG7",))
    assert (rows["fair_economy"].relation, rows["fair_economy"].right_items) == ("right only", ("P4",))
    assert rows["climate"].relation == "neither"


def test_difference_from_the_paper_is_explained(two_sides: Sides, codebook: Codebook) -> None:
    """Where the paper has a row otherwise, the counts say why, in both languages."""
    cell = PaperCell("1", "climate", ("IPEF", "TTC"), "left only", left=("P3",))
    rows = score(two_sides, codebook, paper=[cell]).crosswalk
    row = next(row for row in rows if (row.table, row.row) == ("1", "climate"))
    assert (row.paper_relation, row.agrees) == ("right only", False)
    assert "no sentence" in row.difference
    assert "没有一句" in row.difference_zh


def test_thin_count_is_called_thin(two_sides: Sides, make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """One stray coding is no presence, and the row says so."""
    left = (*two_sides[0], make_unit("ttc-9", 0, "fair.tax"))
    cell = PaperCell("1", "fair_economy", ("TTC", "IPEF"), "both", left=("WG10",), right=("P4",))
    rows = score((left, two_sides[1]), codebook, paper=[cell]).crosswalk
    row = next(row for row in rows if (row.table, row.row) == ("1", "fair_economy"))
    assert row.relation == "right only"
    assert "thin, 1 of 121" in row.difference


def test_third_framework_without_groups(two_sides: Sides, codebook: Codebook) -> None:
    """Any selection can be compared; a framework unknown to the codebook has rows without groups."""
    quad = tuple(replace(unit, framework="Quad") for unit in two_sides[1])
    rows = score((two_sides[0], quad), codebook).crosswalk
    assert {row.table for row in rows} == {"1", "figure 1"}
    assert next(row for row in rows if row.row == "supply_chain").right_items == ()


def test_empty_side_is_refused(two_sides: Sides, codebook: Codebook) -> None:
    """No documents, no comparison; the message names the side."""
    with pytest.raises(UsageError, match="IPEF: no units"):
        score((two_sides[0], ()), codebook)


def test_one_document_a_side(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Two documents can be compared; the null then has two deals and claims nothing."""
    sides = tuple((make_unit(name, 0, "fair.tax"), make_unit(name, 1, "fair.tax")) for name in ("a", "b"))
    result = score(sides, codebook)  # type: ignore[arg-type]
    assert value(result, "cosine") == 1
    assert all(m.p_value == 1 for m in result.measures if m.measure == "cosine" and m.dimension == "issue")


def test_excluded_kinds_are_left_out(two_sides: Sides, make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Press calls can be left out by a setting that the result states."""
    call = tuple(make_unit("call", n, "fair.tax", kind="press call") for n in range(30))
    settings = replace(QUICK, exclude_kinds=frozenset({"press call"}))
    left, right = Selection("TTC", (*two_sides[0], *call)), Selection("IPEF", two_sides[1])
    result = score_overlap(left, right, codebook, settings=settings)
    row = next(p for p in result.presence if (p.selection, p.code_id) == ("TTC", "fair.tax"))
    assert row.count == 0
    assert ("kinds left out", "press call") in result.settings


@pytest.mark.parametrize("bad", [{"replicates": 5}, {"level": 1.0}, {"pairs": -1}])
def test_impossible_settings_are_refused(bad: dict[str, object]) -> None:
    """A setting out of range says so at once."""
    with pytest.raises(ValueError, match="must be"):
        OverlapSettings(**bad)  # type: ignore[arg-type]


def test_unrelated_pools_match_the_sides_in_size(two_sides: Sides, codebook: Codebook) -> None:
    """Many short statements that together are like a side do not look unlike it for being short."""
    parts = ("digital.standards", "supply.resilience", "security.export_controls")
    short = [(f"s{n}", 4, {"issue": {parts[n % 3]: 4}}) for n in range(90)]
    background = Background(1000, {}, profiles=tuple(short))  # type: ignore[arg-type]
    sides = (two_sides[0], tuple(replace(u, framework="IPEF") for u in two_sides[0]))
    rows = [m for m in score(sides, codebook, background=background).background if m.dimension == "issue"]
    assert all(row.null_mean is not None and row.null_mean > 0.9 for row in rows if row.measure == "bray_curtis")


def test_columns_open_to_their_sentences(make_unit: Callable[..., CodedUnit], codebook: Codebook) -> None:
    """Each group counts the row's sentences on its issues, and those that name it."""
    left = [make_unit("a", n, "digital.standards", f"Clause {n}.") for n in range(8)]
    left += [make_unit("a", 8, "digital.standards", "Working Group 1 met on plugs.")]
    left += [make_unit("a", 9, "digital.sme", "The technology standards of small firms.")]
    right = [make_unit("b", n, "digital.trade", framework="IPEF") for n in range(9)]
    row = next(r for r in score((tuple(left), tuple(right)), codebook).crosswalk if r.row == "digital_economy")
    cells = {cell.id: cell for cell in row.left_cells}
    assert (cells["WG1"].count, len(cells["WG1"].evidence), [e.n for e in cells["WG1"].named]) == (9, 9, [8])
    assert cells["WG9"].label == "WG9 1"


def test_two_rounds_of_one_framework_list_each_item_once(two_sides: Sides, codebook: Codebook) -> None:
    """Items are the same on both sides, so a row stands for both."""
    later = tuple(replace(u, round="4") for u in two_sides[0])
    later = tuple(replace(u, unit=replace(u.unit, document_id=f"x{u.unit.document_id}")) for u in later)
    result = score_overlap(Selection("1", two_sides[0]), Selection("4", later), codebook, settings=QUICK)
    rows = [row.row for row in result.crosswalk]
    assert len(rows) == len(set(rows))
