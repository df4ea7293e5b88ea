"""The Chinese paper as it comes: structure by counts, no sentence seamed, none cut."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pipeline.codebook import load_codebook
from pipeline.extract import extract_bytes
from pipeline.extract.metadata import recognise_metadata
from pipeline.records import Extraction
from pipeline.segment import segment_blocks

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT.parent / "shared" / "corpus" / "paper").glob("*.txt"))
pytestmark = pytest.mark.skipif(not FILES, reason="the paper is not beside the checkout (../shared/corpus/paper)")


@pytest.fixture(scope="module")
def paper() -> Extraction:
    return extract_bytes(FILES[0].read_bytes(), name=FILES[0].name)


def test_sentences_are_whole(paper: Extraction) -> None:
    """At least 98 % of the body's sentences end as one and hold no caption, source line or note mark."""
    units = [u for u in segment_blocks("p", paper.text, paper.blocks) if u.kind == "paragraph"]
    whole = [u for u in units if u.text.endswith(("。", "？", "！", "”", "：")) and "资料来源" not in u.text]
    clean = [u for u in whole if "  " not in u.text and not any("①" <= ch <= "⑳" for ch in u.text)]
    assert len(units) > 120 and len(clean) >= 0.98 * len(units)


def test_against_the_reference_made_by_hand() -> None:
    """At least 98 % of the sentences whole and exact, every row of the four tables complete."""
    place = ROOT / "benchmarks" / "extraction" / "paper.py"
    spec = importlib.util.spec_from_file_location("paper_reference", place)
    assert spec and spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    sentences, exact, rows, complete, lost = reference.measure(FILES[0].read_bytes())
    assert sentences > 150 and exact >= 0.98 * sentences, lost
    assert complete == rows == 15, lost


def test_tables_and_notes(paper: Extraction) -> None:
    """Four tables of 9, 2, 2 and 2 rows, heads included, and five notes."""
    assert [len(table.rows) for table in paper.tables] == [9, 2, 2, 2]
    assert sum(block.kind == "footnote" for block in paper.blocks) == 5


def test_what_it_is(paper: Extraction) -> None:
    """A paper in Chinese with its running head as an unsure title; no round and no date are guessed."""
    codebook = load_codebook(ROOT / "corpus" / "codebook.yaml")
    found = recognise_metadata(paper, name="x.txt", codebook=codebook, flags={})
    assert (found.kind.value, found.language.value, found.round.value, found.date.value) == ("paper", "zh", "", "")
    assert found.title.where == "running head" and not found.title.sure and "范式" in found.title.value
