"""Ingest: what is taken, what is refused, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.steps.files import read_manifest
from pipeline.steps.ingest import IngestOptions, IngestResult, check_flags, find_candidates, ingest_sources
from pipeline.steps.sync import find_stale, sync_corpus
from pipeline.steps.workspace import Workspace


def ingest(workspace: Workspace, sources: Sequence[Path], **flags: str) -> list[IngestResult]:
    options = IngestOptions(check_flags(workspace, flags))
    return list(ingest_sources(workspace, find_candidates([str(s) for s in sources]), options))


@pytest.fixture
def statement(tmp_path: Path, statement_text: str) -> Path:
    path = tmp_path / "statement.md"
    path.write_text(statement_text, "utf-8")
    return path


def test_statement_is_recognised_and_stored(workspace: Workspace, statement: Path) -> None:
    """Framework, round, date, kind, language and title come from the text itself."""
    result = ingest(workspace, [statement])[0]
    assert result.status == "stored"
    document = result.document
    assert document is not None
    assert (document.framework, document.round, document.kind) == ("TTC", "3", "joint statement")
    assert (document.date, document.language) == ("2022-12-05", "en")
    with workspace.open_store() as store:
        assert store.search_units("early warning")


def test_same_bytes_twice_are_a_no_op(workspace: Workspace, statement: Path, tmp_path: Path) -> None:
    """A copy under another name is known."""
    first = ingest(workspace, [statement])[0]
    copy = tmp_path / "copy.md"
    copy.write_bytes(statement.read_bytes())
    second = ingest(workspace, [copy])[0]
    assert (second.status, second.document_id) == ("known", first.document_id)
    assert len(read_manifest(workspace.sources)) == 1


def test_flags_override_what_was_recognised(workspace: Workspace, statement: Path) -> None:
    """What the user says counts, also on a second ingest of the same bytes."""
    ingest(workspace, [statement])
    result = ingest(workspace, [statement], round="4", kind="fact sheet")[0]
    assert result.document is not None
    assert (result.document.round, result.document.metadata.kind.where) == ("4", "flag")
    with workspace.open_store() as store:
        assert [d.round for d in store.read_overview()] == ["4"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.md", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "wrong type"),
        ("lock.docx", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "wrong type"),
    ],
)
def test_bad_source_is_one_line_and_stops_nothing(
    workspace: Workspace, statement: Path, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    """The bad one is refused with its reason, the good one after it is stored."""
    bad = tmp_path / name
    bad.write_bytes(data)
    refused, stored = ingest(workspace, [bad, statement])
    assert refused.status == "refused"
    assert words in refused.message
    assert "\n" not in refused.message
    assert stored.status == "stored"
    with workspace.open_store() as store:
        assert len(store.read_overview()) == 1
        assert store.read_quarantine()[0][0] == str(bad)


def test_wrong_path_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """A path that is not there names itself and the remedy."""
    result = ingest(workspace, [tmp_path / "nowhere.pdf"])[0]
    assert result.status == "refused"
    assert "check the path" in result.message


@pytest.mark.parametrize(("flag", "value"), [("framework", "TTP"), ("date", "5 April"), ("language", "fr")])
def test_wrong_flag_is_wrong_use(workspace: Workspace, flag: str, value: str) -> None:
    """A flag that cannot be right stops before anything is read."""
    with pytest.raises(UsageError, match=value):
        check_flags(workspace, {flag: value})


def test_results_come_in_the_order_of_the_sources(workspace: Workspace, statement: Path, tmp_path: Path) -> None:
    """Known, refused and stored are woven in the order given."""
    empty = tmp_path / "empty.md"
    empty.write_bytes(b"")
    ingest(workspace, [statement])
    other = tmp_path / "other.md"
    other.write_text(statement.read_text("utf-8").replace("shortages", "bottlenecks and gluts"), "utf-8")
    results = ingest(workspace, [empty, statement, other])
    assert [r.status for r in results] == ["refused", "known", "stored"]


def test_two_forms_are_one_statement(workspace: Workspace, statement: Path, tmp_path: Path) -> None:
    """An HTML copy is linked to the Markdown one and stands back."""
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>U.S.-EU Joint Statement of the Trade and Technology Council</title></head><body><main>"
        "<h2>A. Supply chains</h2><p>The United States and the European Union will set up an early warning mechanism for "
        "semiconductor shortages. We welcome the progress of our experts.</p><ul><li>Launching a dialogue on critical "
        "minerals.</li><li>Publishing a guide to export controls on dual-use items.</li></ul></main></body></html>",
        "utf-8",
    )
    ingest(workspace, [statement, page])
    with workspace.open_store() as store:
        editions = [d.edition_of for d in store.read_overview()]
    assert len(editions) == 2
    assert sum(bool(e) for e in editions) == 1


def test_sync_reads_digests_and_then_nothing(workspace: Workspace) -> None:
    """The first run reads everything, the second nothing."""
    assert len(sync_corpus(workspace).read) == 2
    assert not sync_corpus(workspace).changed
    assert find_stale(workspace) == ()


def test_only_the_new_document_is_read(workspace: Workspace, statement: Path) -> None:
    """A document more leaves the others untouched."""
    sync_corpus(workspace)
    ingest(workspace, [statement])
    assert not sync_corpus(workspace).changed


def test_store_is_rebuilt_from_the_originals(workspace: Workspace, statement: Path) -> None:
    """Without corpus/built everything comes back, flags included."""
    ingest(workspace, [statement], round="5")
    sync_corpus(workspace)
    workspace.store_path.unlink()
    sync_corpus(workspace)
    with workspace.open_store() as store:
        assert [d.round for d in store.read_overview() if d.basis == "official"] == ["5"]


def test_changed_digest_is_read_again_and_a_gone_one_removed(workspace: Workspace) -> None:
    """The store follows the files."""
    sync_corpus(workspace)
    first, second = sorted(workspace.digests.glob("*.md"))
    first.write_text(first.read_text("utf-8").replace("bribery", "corruption"), "utf-8")
    second.unlink()
    report = sync_corpus(workspace)
    assert report.read == ("digest-" + first.stem,)
    assert report.removed == ("digest-" + second.stem,)


def test_a_run_says_what_was_new_what_again_and_what_is_unchanged(workspace: Workspace) -> None:
    """In words for newcomers; of what there is none nothing is said."""
    assert sync_corpus(workspace).describe() == "documents: 2 new, read and coded"
    first, second = sorted(workspace.digests.glob("*.md"))
    first.write_text(first.read_text("utf-8") + "\nTea will be served.\n", "utf-8")
    third = second.with_name("third.md")
    third.write_bytes(second.read_bytes() + b"\nTea was served.\n")
    assert sync_corpus(workspace).describe() == (
        "documents: 1 new, read and coded; 1 read and coded again, for the file or the program changed; 1 unchanged"
    )
    with_other_words = workspace.codebook_path.read_text("utf-8") + "\n# another edition\n"
    workspace.codebook_path.write_text(with_other_words, "utf-8")
    third.unlink()
    again = sync_corpus(Workspace(workspace.root))
    assert again.describe() == (
        "documents: 2 coded again, for the codebook, the model or the program changed; 1 removed"
    )


def test_interrupted_run_is_finished_by_the_next(workspace: Workspace, statement: Path) -> None:
    """Originals and manifest without a stored document: the next run stores it."""
    ingest(workspace, [statement])
    with workspace.open_store() as store:
        store.delete_document(store.read_overview()[0].id)
    with (workspace.sources / "manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "torn", "sha2')
    sync_corpus(workspace)
    with workspace.open_store() as store:
        assert any(d.basis == "official" for d in store.read_overview())
