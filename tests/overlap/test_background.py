"""The table of common phrases: counts, round trip, refusal of what is no table."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import CodebookError
from pipeline.overlap import Background, count_phrases, load_background, load_paper_cells, write_background


def test_phrases_are_counted_by_document() -> None:
    """A phrase counts once a text, however often it stands there."""
    table = count_phrases(["Blue whales sing. Blue whales swim.", "Blue sky."], floors=(1, 1, 1))
    assert (table.counts["blue"], table.counts["blue whales"], table.documents) == (2, 1, 2)


def test_common_phrases_weigh_nothing() -> None:
    """A fifth of all statements or more: no content. Rarer: the more the rarer."""
    table = Background(1000, {"the": 990, "trade": 150, "cobalt": 10}, (5, 5, 5))
    assert table.weight("the") == 0
    assert 0 < table.weight("trade") < table.weight("cobalt") < table.weight("unheard")


def test_round_trip(tmp_path: Path) -> None:
    """What is written is read again, and the same table gives the same bytes."""
    table = Background(3, {"b": 2, "a": 3}, (1, 2, 3), (("x", 20, {"issue": {"fair.tax": 4}}),))
    for name in ("one", "two"):
        write_background(table, tmp_path / name)
    assert load_background(tmp_path / "one") == table
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b broken"])
def test_broken_table_is_refused(tmp_path: Path, content: bytes) -> None:
    """One line that names the file and the remedy."""
    path = tmp_path / "background.json.gz"
    path.write_bytes(content)
    with pytest.raises(CodebookError, match="rebuild it"):
        load_background(path)


def test_shipped_table_and_cells_load() -> None:
    """The files in corpus/ are sound: a thousand phrases and more, 45 rows of the paper."""
    root = Path(__file__).parents[2]
    assert len(load_background(root / "models" / "background.json.gz").counts) > 10_000
    cells = load_paper_cells(root / "corpus" / "paper-tables.yaml")
    assert [sum(cell.table == table for cell in cells) for table in ("1", "2", "3", "4", "figure 1")] == [
        8,
        8,
        9,
        7,
        13,
    ]


def test_cell_with_an_unknown_relation_is_refused(tmp_path: Path) -> None:
    """The message names table, row and the words allowed."""
    path = tmp_path / "tables.yaml"
    path.write_text("tables: [{table: 1, frameworks: [A, B], rows: [{row: x, relation: shared}]}]")
    with pytest.raises(CodebookError, match="table 1, row x: relation 'shared' must be one of"):
        load_paper_cells(path)
