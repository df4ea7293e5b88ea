"""Stand-off gold on disk: read, written, merged, re-aligned; and the files of the repository are sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.codebook import load_codebook
from pipeline.errors import CodebookError
from pipeline.records import GoldUnit, Unit
from pipeline.segment import unit_check
from pipeline.steps.gold import list_annotations, read_annotations, read_gold, realign_gold, write_annotations
from pipeline.steps.workspace import Workspace


def gold(
    start: int, text: str, *, coder: str = "anna", issues: tuple[str, ...] = ("fair.tax",), note: str = ""
) -> GoldUnit:
    return GoldUnit(
        "doc", "f" * 64, start, start + len(text), unit_check(text), issues, (), "none", coder, "2026-01-01", note
    )


def test_round_trip_in_text_order(tmp_path: Path) -> None:
    """Notes in Chinese included."""
    units = [gold(20, "Later."), gold(0, "First.", note="存疑：税收")]
    write_annotations(tmp_path, "doc", "anna", units)
    assert read_annotations(tmp_path, "doc", "anna") == (units[1], units[0])
    assert list_annotations(tmp_path) == (("doc", "anna"),)


def test_adjudicated_goes_before_single_coders(tmp_path: Path) -> None:
    """Where both have the unit; what only a coder has counts as coded."""
    write_annotations(tmp_path, "doc", "adjudicated", [gold(0, "First.", coder="adjudicated")])
    write_annotations(tmp_path, "doc", "anna", [gold(0, "First.", issues=("trade.rules",)), gold(9, "Second.")])
    merged = read_gold(tmp_path)["doc"]
    assert [(g.start, g.coder) for g in merged] == [(0, "adjudicated"), (9, "anna")]


@pytest.mark.parametrize(
    "line",
    ["{", '{"document_id": "doc"}', '{"issues": 3}', "[]"],
)
def test_broken_line_is_named(tmp_path: Path, line: str) -> None:
    """With file and line."""
    (tmp_path / "doc.anna.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(CodebookError, match=r"doc\.anna\.jsonl:1"):
        read_annotations(tmp_path, "doc", "anna")


def test_realign_moves_every_coders_file(tmp_path: Path) -> None:
    """New offsets and hash; what fits nowhere stays and is reported."""
    workspace = Workspace(tmp_path)
    workspace.annotations.mkdir(parents=True)
    for coder in ("anna", "bert"):
        write_annotations(
            workspace.annotations,
            "doc",
            coder,
            [gold(0, "First one.", coder=coder), gold(30, "Gone for good.", coder=coder)],
        )
    units = [Unit("doc", 0, 5, 15, "First one.", "", 0, "en")]
    results = realign_gold(workspace, "doc", "e" * 64, units)
    assert [(r.coder, r.kept, len(r.lost)) for r in results] == [("anna", 1, 1), ("bert", 1, 1)]
    first, second = read_annotations(workspace.annotations, "doc", "bert")
    assert (first.start, first.sha256) == (5, "e" * 64)
    assert second == gold(30, "Gone for good.", coder="bert")
    assert realign_gold(workspace, "other", "e" * 64, units) == ()


def test_committed_gold_is_whole(repository: Path) -> None:
    """Every document has two coders and an adjudication of the same units, with codes of the codebook, without text."""
    folder = repository / "corpus" / "annotations"
    codebook = load_codebook(repository / "corpus" / "codebook.yaml")
    documents = sorted({name for name, _ in list_annotations(folder)})
    assert len(documents) >= 30
    for name in documents:
        files = [read_annotations(folder, name, coder) for coder in ("coder-a", "coder-b", "adjudicated")]
        assert len({tuple((g.start, g.end, g.check) for g in file) for file in files}) == 1
        for g in files[2]:
            assert set(g.issues) <= set(codebook.issues)
            assert set(g.industries) <= set(codebook.industries)
            assert replace(g, note="").document_id == name
