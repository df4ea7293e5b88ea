"""Archives: members in order, tricks refused, nothing unpacked to disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipeline.steps.archives import ArchiveLimits, count_members, iter_members
from pipeline.steps.coded import WRITTEN
from pipeline.steps.ingest import IngestOptions, choose_workers, count_candidates, find_candidates, ingest_sources
from pipeline.steps.workspace import Workspace


def write_tar(path: Path, files: dict[str, bytes], mode: str) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def write_zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "mode"), [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.xz", "w:xz")]
)
def test_tar_members_come_in_order(tmp_path: Path, name: str, mode: str) -> None:
    """Hidden files are left out."""
    path = write_tar(tmp_path / name, {"x/b.md": b"two", "x/.hidden": b"no", "x/a.md": b"one"}, mode)
    assert [(m.name, m.data) for m in iter_members(path)] == [("x/b.md", b"two"), ("x/a.md", b"one")]


def test_zip_members_come_in_order(tmp_path: Path) -> None:
    """Folders and what macOS adds are left out."""
    path = write_zip(tmp_path / "a.zip", {"d/": b"", "d/b.md": b"two", "__MACOSX/b.md": b"no", "a.md": b"one"})
    assert [m.name for m in iter_members(path)] == ["d/b.md", "a.md"]


@pytest.mark.parametrize("trick", ["../up.md", "/etc/up.md", "a/../../up.md", "C:/up.md", "..\\up.md"])
def test_paths_that_leave_the_archive_are_refused(tmp_path: Path, trick: str) -> None:
    """The other members are taken."""
    for path in (
        write_tar(tmp_path / "a.tar", {trick: b"x", "good.md": b"y"}, "w"),
        write_zip(tmp_path / "a.zip", {trick: b"x", "good.md": b"y"}),
    ):
        first, second = iter_members(path)
        assert first.error is not None
        assert second.data == b"y"


def test_links_are_refused(tmp_path: Path) -> None:
    """A link in a tar is never followed."""
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("link.md")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    error = next(iter_members(path)).error
    assert error is not None
    assert "link" in str(error)


def test_bomb_stops_at_its_ratio(tmp_path: Path) -> None:
    """An archive that unpacks to far more than its size ends with an error."""
    path = write_zip(tmp_path / "a.zip", {f"{n}.md": b"0" * 100_000 for n in range(20)})
    *taken, last = iter_members(path, ArchiveLimits(ratio=10, free_bytes=300_000))
    assert len(taken) == 3
    assert last.error is not None
    assert last.error.reason == "too_large"


def test_member_over_the_limit_is_refused_alone(tmp_path: Path) -> None:
    """Count and size have limits of their own."""
    path = write_zip(tmp_path / "a.zip", {"big.md": b"0" * 2000, "a.md": b"1", "b.md": b"2"})
    first, second, last = iter_members(path, ArchiveLimits(max_bytes=1000, members=2))
    assert first.error is not None
    assert second.data == b"1"
    assert last.error is not None


def test_torn_archive_gives_what_it_holds(tmp_path: Path) -> None:
    """Good members first, then one clear line."""
    whole = write_tar(tmp_path / "whole.tar", {"a.md": b"1" * 600, "b.md": b"2" * 6000}, "w")
    torn = tmp_path / "torn.tar"
    torn.write_bytes(whole.read_bytes()[:3000])
    *_, last = iter_members(torn)
    assert last.error is not None
    assert last.error.reason == "damaged"


@pytest.mark.parametrize("workers", [1, 2])
def test_ingest_takes_an_archive(workspace: Workspace, tmp_path: Path, statement_text: str, workers: int) -> None:
    """Members are stored and known the second time; the bytes are kept as originals."""
    files = {f"s/{n}.md": statement_text.replace("experts", f"experts {n}").encode() for n in range(40)}
    path = write_tar(tmp_path / "a.tar.gz", {**files, "s/bad.pdf": b"%PDF-1.4 broken"}, "w:gz")
    options = IngestOptions(workers=workers)
    statuses = [r.status for r in ingest_sources(workspace, find_candidates([str(path)]), options)]
    assert statuses == ["stored"] * 40 + ["refused"]
    again = [r.status for r in ingest_sources(workspace, find_candidates([str(path)]), options)]
    assert again[:40] == ["known"] * 40


def test_stop_in_the_middle_keeps_whole_documents(workspace: Workspace, tmp_path: Path, statement_text: str) -> None:
    """After a stop the next run stores the rest, each document once."""
    files = {f"{n}.md": statement_text.replace("experts", f"experts {n}").encode() for n in range(150)}
    path = write_zip(tmp_path / "a.zip", files)
    running = ingest_sources(workspace, find_candidates([str(path)]), IngestOptions())
    next(running)
    running.close()
    rest = [r.status for r in ingest_sources(workspace, find_candidates([str(path)]), IngestOptions())]
    assert rest.count("known") == WRITTEN and rest.count("stored") == 150 - WRITTEN
    with workspace.open_store() as store:
        stored = store.read_overview()
        assert len(stored) == len({d.sha256 for d in stored}) == 150
        assert store.check_integrity() == ()


def test_estimate_counts_what_will_come(tmp_path: Path) -> None:
    """Files of folders and members of archives, hidden ones left out, as they are taken in."""
    write_tar(tmp_path / "a.tar.gz", {"x/b.md": b"two", "x/.hidden": b"no", "x/a.md": b"one"}, "w:gz")
    write_zip(tmp_path / "b.zip", {"c.md": b"three"})
    (tmp_path / "d.md").write_bytes(b"four")
    (tmp_path / ".e.md").write_bytes(b"no")
    sources = [str(tmp_path), str(tmp_path / "d.md")]
    assert count_candidates(sources) == len(list(find_candidates(sources))) == 5


def test_archive_that_cannot_be_counted_has_no_estimate(tmp_path: Path) -> None:
    """Broken, or longer than the time allowed."""
    (tmp_path / "broken.zip").write_bytes(b"PK no archive")
    whole = write_tar(tmp_path / "a.tar", {"a.md": b"one"}, "w")
    assert (count_members(tmp_path / "broken.zip"), count_members(whole, seconds=-1.0)) == (0, 0)


def test_folders_and_archives_take_all_cores(tmp_path: Path) -> None:
    """A single file is done sooner in one process; what the user says holds."""
    chosen = [choose_workers([name], None) for name in ("a.md", str(tmp_path), "a.tar.xz")]
    assert (chosen, choose_workers([str(tmp_path)], 3)) == ([1, 0, 0], 3)
