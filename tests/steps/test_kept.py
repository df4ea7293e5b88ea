"""Changes between rounds that are kept from the last report: they spare work and change no result."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records import Change, Thread
from pipeline.steps.kept import KeptChanges
from pipeline.steps.results import compute_all_changes, compute_threads, load_corpus
from pipeline.steps.sync import sync_corpus
from pipeline.steps.workspace import Workspace
from tests.steps.conftest import write_digest

ROUNDS = (("1", "2021-09-29"), ("2", "2022-05-16"), ("3", "2022-12-05"))


@pytest.fixture
def three_rounds(workspace: Workspace) -> Workspace:
    for round_id, date in ROUNDS:
        write_digest(workspace.root, "TTC", round_id, date)
    sync_corpus(workspace)
    return workspace


def follow(workspace: Workspace) -> tuple[tuple[Change, ...], tuple[Thread, ...]]:
    """Changes and threads of a framework, as a report asks for them."""
    corpus, kept = load_corpus(workspace), KeptChanges(workspace)
    found = compute_all_changes(corpus, "TTC", kept.track), compute_threads(corpus, "TTC", kept.track)
    kept.save()
    return found


def forbid_tracking(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the rounds that are tracked anew from here on."""
    import pipeline.changes

    asked: list[str] = []
    track = pipeline.changes.track_changes

    def note(*units: object, **names: str) -> tuple[Change, ...]:
        asked.append(names["round_to"])
        return track(*units, **names)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.changes, "track_changes", note)
    return asked


def test_kept_changes_equal_those_tracked_anew(three_rounds: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first run, the run from the file and the run without any give the same changes and threads."""
    first = follow(three_rounds)
    corpus = load_corpus(three_rounds)
    assert first == (compute_all_changes(corpus, "TTC"), compute_threads(corpus, "TTC"))
    assert first[0]
    asked = forbid_tracking(monkeypatch)
    again = follow(three_rounds)
    assert repr(again) == repr(first)
    assert asked == []


def test_only_rounds_that_changed_are_tracked(three_rounds: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another text in the last round leaves the comparison of the first two as it was kept."""
    follow(three_rounds)
    path = three_rounds.root / "corpus" / "digests" / "ttc-3.md"
    path.write_text(path.read_text("utf-8") + "They will launch a joint research centre on batteries.\n", "utf-8")
    sync_corpus(three_rounds)
    asked = forbid_tracking(monkeypatch)
    follow(three_rounds)
    assert set(asked) == {"3"}


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\x00", b"{}", b"0\n{}"])
def test_a_damaged_file_counts_as_empty(three_rounds: Workspace, damage: bytes) -> None:
    """Whatever stands in the file, the changes are the same and the file is whole afterwards."""
    first = follow(three_rounds)
    path: Path = three_rounds.built / "changes.json"
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert follow(three_rounds) == first
    assert path.read_bytes() == whole


def test_one_changed_letter_is_noticed(three_rounds: Workspace) -> None:
    """A file that is still JSON but says something else than was written is not believed."""
    first = follow(three_rounds)
    path = three_rounds.built / "changes.json"
    path.write_bytes(path.read_bytes().replace(b'"TTC"', b'"TTD"'))
    assert follow(three_rounds) == first
