"""What is remembered of words and rankings is bounded, and where it is begun anew changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.extract import editions, extract_bytes
from pipeline.records import Unit
from pipeline.segment import segment_blocks
from pipeline.steps.workspace import Workspace
from pipeline.tag import forms, issues, load_tagger, manner
from pipeline.tag.wordrows import Vocabulary, WordTable


def _read_units(repository: Path) -> list[Sequence[Unit]]:
    found = []
    for path in sorted((repository / "corpus" / "digests").glob("ttc-*.md")):
        extraction = extract_bytes(path.read_bytes(), name=path.name)
        found.append(segment_blocks(path.stem, extraction.text, extraction.blocks))
    return found


def test_tables_begun_anew_change_no_tag(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags are the same whether tables have room for all or are begun anew with every document."""
    workspace = Workspace(repository)
    documents = _read_units(repository)
    tagger = load_tagger(workspace.codebook, workspace.model_dir)
    kept = [tagger.tag_units(units) for units in documents]
    for module in (forms, manner, issues):
        monkeypatch.setattr(module, "_REMEMBERED", 1)
    tagger = load_tagger(workspace.codebook, workspace.model_dir)
    assert [tagger.tag_units(units) for units in documents] == kept
    assert len(forms._words[0].vocabulary.names) < sum(len(unit.text.split()) for units in documents for unit in units)


def test_words_used_most_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary that has grown too large goes on with the commonest half, and texts read as they stand."""
    monkeypatch.setattr(forms, "_REMEMBERED", 4)
    monkeypatch.setattr(forms, "_words", [forms._Words()])
    forms.split_texts(["tea cup cup", "milk pot cup jug milk"])
    assert list(forms.split_texts(["jug cup", "milk lid"])) == [["jug", "cup"], ["milk", "lid"]]
    assert forms._words[0].vocabulary.names == ["cup", "milk", "jug", "lid"]


def test_a_table_takes_over_what_it_knows() -> None:
    """Words that a vocabulary was begun with are not looked at again; those of another one are."""
    asked: list[str] = []

    def measure(word: str) -> tuple[int]:
        asked.append(word)
        return (len(word),)

    table, old = WordTable(measure), Vocabulary(["one", "three", "seventy"])
    table.read(old)
    new = old.keep_words(np.array([0, 2]))
    new["eleven"]
    assert table.read(new)[0].tolist() == [3, 7, 6]
    assert asked == ["one", "three", "seventy", "eleven"]
    assert table.read(Vocabulary(["five", "one"]))[0].tolist() == [4, 3]


def test_check_sums_begun_anew_change_no_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text has the same fingerprint where its words' check sums are not remembered from word to word."""
    text = " ".join(f"programme {number} of the centre's labour" for number in range(40))
    kept = editions.fingerprint_text(text)
    monkeypatch.setattr(editions, "_REMEMBERED", 1)
    editions._sums.clear()
    assert editions.fingerprint_text(text) == kept
    assert len(editions._sums) == 1
