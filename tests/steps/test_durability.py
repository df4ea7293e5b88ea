"""Nothing lost: killed runs, runs at once, a full disk, folders that cannot be written."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.steps.files import ManifestEntry, append_manifest, hash_bytes, hold_lock, read_manifest, write_atomic
from pipeline.steps.ingest import IngestOptions, IngestResult, find_candidates, ingest_sources
from pipeline.steps.sync import sync_corpus
from pipeline.steps.verify import verify_corpus
from pipeline.steps.workspace import Workspace
from pipeline.store import Store

_MAIN = "from pipeline.cli import main; main()"
_TOPICS = ("harbour dues", "seed potatoes", "ferry timetables", "lighthouse lamps")


def write_statements(folder: Path) -> list[Path]:
    """Four short invented statements that share no sentence."""
    folder.mkdir()
    paths = []
    for number, topic in enumerate(_TOPICS):
        path = folder / f"statement-{number}.md"
        lines = [f"We will review the {topic} of region {number} in step {step} of plan {topic}." for step in range(4)]
        path.write_text(f"---\ntitle: Statement on {topic}\n---\n\n" + "\n\n".join(lines) + "\n", "utf-8")
        paths.append(path)
    return paths


def start_parley(workspace: Workspace, *words: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, "--root", str(workspace.root), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=before,
        start_new_session=True,
    )


def ingest(workspace: Workspace, *sources: Path) -> list[IngestResult]:
    return list(ingest_sources(workspace, find_candidates([str(s) for s in sources]), IngestOptions()))


def read_state(workspace: Workspace) -> dict[str, int]:
    """Document id -> units, read as `parley status` reads it."""
    with workspace.open_store(read_only=True) as store:
        return {d.id: d.units for d in store.read_overview()}


def test_killed_runs_leave_each_document_in_or_out(workspace: Workspace, tmp_path: Path) -> None:
    """kill -9 at ten moments, most of them while files are being written; then the next run finishes the work."""
    paths = write_statements(tmp_path / "statements")
    draw = random.Random(7)
    stopped = begun = 0
    lock, manifest = workspace.sources / ".lock", workspace.sources / "manifest.jsonl"
    for turn in range(10):
        process = start_parley(workspace, "ingest", str(tmp_path / "statements"))
        if turn % 3:
            wait_for(process, lambda: has_originals(workspace))
            time.sleep(draw.uniform(0.0, 0.08))
        else:
            wait_for(process, lock.exists)
            time.sleep(draw.uniform(0.0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert is_group_gone(process.pid), "a child outlives the killed run"
        stopped += process.returncode == -signal.SIGKILL
        begun += has_originals(workspace)
        if workspace.store_path.exists():
            assert set(read_state(workspace).values()) <= {4}
        for entry in read_manifest(workspace.sources).values():
            assert hash_bytes((workspace.sources / entry.file).read_bytes()) == entry.sha256
        if turn < 9 and has_originals(workspace):
            for path in (lock, manifest, workspace.store_path, *workspace.sources.glob("*.md")):
                path.unlink(missing_ok=True)
        elif turn < 9:
            lock.unlink(missing_ok=True)
    assert stopped > 6
    assert begun
    assert {r.status for r in ingest(workspace, *paths)} <= {"stored", "known"}
    assert list(read_state(workspace).values()) == [4] * len(paths)
    assert not list(workspace.sources.glob(".tmp-*"))
    assert verify_corpus(workspace) == ([], len(paths))


def has_originals(workspace: Workspace) -> bool:
    return any(workspace.sources.glob("*.md")) or any(workspace.sources.glob(".tmp-*"))


def is_group_gone(group: int, seconds: float = 10.0) -> bool:
    """Whether no process of the group is left, within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def wait_for(process: subprocess.Popen[str], condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Until the condition holds, the process has ended or the time is up."""
    end = time.monotonic() + seconds
    while not condition() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


@pytest.mark.parametrize("moment", ["originals kept", "manifest written", "stored, not linked"])
def test_run_stopped_between_two_writes_is_finished(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Wherever between originals, manifest, store and editions it stops, the same command again finishes."""
    first = write_statements(tmp_path / "statements")[0]
    copy = tmp_path / "copy.md"
    copy.write_text(first.read_text("utf-8") + "\n\nA last line of the copy alone.\n", "utf-8")
    name = {"originals kept": "append_manifest", "manifest written": "write_coded"}.get(moment, "link_editions")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"pipeline.steps.ingest.{name}", stop)
        with pytest.raises(KeyboardInterrupt):
            ingest(workspace, first, copy)
    assert {r.status for r in ingest(workspace, first, copy)} <= {"stored", "known"}
    with workspace.open_store(read_only=True) as store:
        assert sorted(bool(d.edition_of) for d in store.read_overview()) == [False, True]
    assert verify_corpus(workspace) == ([], 2)


def test_report_links_what_a_killed_run_left_unlinked(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editions are found by the next synchronisation too, though it reads nothing new."""
    first = write_statements(tmp_path / "statements")[0]
    copy = tmp_path / "copy.md"
    copy.write_text(first.read_text("utf-8") + "\n", "utf-8")
    sync_corpus(workspace)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.steps.ingest.link_editions", lambda store: ())
        ingest(workspace, first, copy)
    assert not sync_corpus(workspace).changed
    with workspace.open_store(read_only=True) as store:
        assert sum(bool(d.edition_of) for d in store.read_overview()) == 1


def test_two_runs_at_once_wait_for_each_other(workspace: Workspace, tmp_path: Path) -> None:
    """Both end well and every document is there once."""
    paths = write_statements(tmp_path / "statements")
    both = [start_parley(workspace, "ingest", str(tmp_path / "statements"), "--format", "json") for _ in range(2)]
    ends = [(process.communicate(timeout=60), process.returncode) for process in both]
    assert [code for _, code in ends] == [0, 0]
    statuses = sorted(row["status"] for (out, _), _ in ends for row in json.loads(out))
    assert statuses == ["known"] * 4 + ["stored"] * 4
    assert len(read_state(workspace)) == len(read_manifest(workspace.sources)) == len(paths)
    assert verify_corpus(workspace)[0] == []


def test_killed_writer_leaves_no_lock_and_a_readable_store(tmp_path: Path) -> None:
    """A journal of a writer that died is rolled back for readers, who would be refused otherwise."""
    path = tmp_path / "store.sqlite"
    Store(path).close()
    lines = (
        "import os, sqlite3, sys",
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)",
        "db.execute('PRAGMA cache_size = 1')",
        "db.execute('BEGIN IMMEDIATE')",
        "[db.execute('INSERT INTO quarantine VALUES (?, ?, ?, ?)', (str(i), 'x' * 4000, '', '')) for i in range(99)]",
        "os.kill(os.getpid(), 9)",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines), str(path)], check=False)
    assert path.with_name(path.name + "-journal").exists()
    with Store(path, read_only=True) as store:
        assert store.read_quarantine() == ()
        assert store.check_integrity() == ()


def test_empty_store_file_is_begun_again(tmp_path: Path) -> None:
    """A run killed before its first transaction leaves a file of no bytes."""
    path = tmp_path / "store.sqlite"
    path.touch()
    with Store(path, read_only=True) as store:
        assert store.read_overview() == ()


@pytest.mark.parametrize("limit", [200, 30_000])
def test_full_disk_is_one_line_and_changes_nothing(workspace: Workspace, tmp_path: Path, limit: int) -> None:
    """No file may grow past the limit: at 200 bytes the originals fail, at 30 000 the store does."""
    first, second, *_ = write_statements(tmp_path / "statements")
    ingest(workspace, first)
    before = read_state(workspace)
    manifest = (workspace.sources / "manifest.jsonl").read_bytes()

    def fill_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start_parley(workspace, "ingest", str(second), before=fill_disk)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert len(err.strip().splitlines()) == 1, err
    assert err.startswith("parley: ")
    assert read_state(workspace) == before
    assert (workspace.sources / "manifest.jsonl").read_bytes().startswith(manifest)
    assert not list(workspace.sources.glob(".tmp-*"))
    assert [r.status for r in ingest(workspace, second)] == ["stored"]
    assert verify_corpus(workspace) == ([], 2)


@pytest.mark.parametrize("blocked", ["sources", "built"])
def test_folder_that_cannot_be_written_is_one_line(workspace: Workspace, tmp_path: Path, blocked: str) -> None:
    """A file stands where the folder should (permissions do not bind an administrator); nothing else is touched."""
    path = write_statements(tmp_path / "statements")[0]
    (workspace.corpus / blocked).write_text("in the way", "utf-8")
    with pytest.raises(StoreError) as caught:
        ingest(workspace, path)
    assert str(workspace.corpus / blocked) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (workspace.corpus / blocked).read_text("utf-8") == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_read_only_folder_is_one_line(workspace: Workspace, tmp_path: Path) -> None:
    """A folder without leave to write ends with its name and the remedy, the earlier state as it was."""
    first, second, *_ = write_statements(tmp_path / "statements")
    ingest(workspace, first)
    before = read_state(workspace)
    workspace.sources.chmod(0o555)
    try:
        with pytest.raises(StoreError, match="permission"):
            ingest(workspace, second)
    finally:
        workspace.sources.chmod(0o755)
    assert read_state(workspace) == before


def test_failed_write_keeps_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is the old one and no temporary one stays."""
    path = tmp_path / "file"
    write_atomic(path, b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match="No space left"):
        write_atomic(path, b"new")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize(
    "tail", [b'{"id": "torn", "sha', '{"id": "海'.encode()[:-1], b"7\n", b'{"id": "half"}\n', b"\n\n"]
)
def test_manifest_with_a_torn_line_is_read_and_continued(tmp_path: Path, tail: bytes) -> None:
    """Also a line cut within a character; the next entry starts on a line of its own."""
    one, two = (ManifestEntry(i, i * 8, "f", "n\u2028\x85n", "s", "", "official") for i in ("a", "b"))
    append_manifest(tmp_path, [one])
    with (tmp_path / "manifest.jsonl").open("ab") as file:
        file.write(tail)
    append_manifest(tmp_path, [two])
    assert read_manifest(tmp_path) == {"a": one, "b": two}


def test_leftovers_of_a_killed_run_are_cleared(tmp_path: Path) -> None:
    """The next run that holds the lock removes half-written files."""
    (tmp_path / "quarantine").mkdir()
    for path in (tmp_path / ".tmp-1", tmp_path / "quarantine" / ".tmp-2"):
        path.write_bytes(b"half")
    with hold_lock(tmp_path):
        assert not [*tmp_path.rglob(".tmp-*")]


def test_disk_error_within_a_transaction_is_named(tmp_path: Path) -> None:
    """SQLite rolls back by itself on a full disk; the message is about the disk and not about that."""
    with Store(tmp_path / "store.sqlite") as store:
        store._db.execute("PRAGMA max_page_count = 45")
        with pytest.raises(StoreError, match="disk is full"), store.transaction():
            store._db.execute("INSERT INTO quarantine VALUES ('a', ?, '', '')", ("x" * 900_000,))
        assert store.read_quarantine() == ()
    assert sqlite3.connect(tmp_path / "store.sqlite").execute("PRAGMA integrity_check").fetchone() == ("ok",)
