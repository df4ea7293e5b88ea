"""Catalogue documents and addresses, from a server of the test's own; what fetch_address does is tested with extract."""

from __future__ import annotations

import contextlib
import csv
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.extract.fetch import FetchSettings
from pipeline.steps import fetch as fetching
from pipeline.steps.catalogue import read_catalogue
from pipeline.steps.fetch import expand_addresses, fetch_catalogue
from pipeline.steps.files import hash_bytes, read_manifest
from pipeline.steps.ingest import IngestOptions, IngestResult, ingest_sources
from pipeline.steps.workspace import Workspace

FAST = FetchSettings(connect_timeout=0.5, read_timeout=0.3, total_timeout=2.0, tries=2, pause=0.01)


def make_body(path: str) -> bytes:
    """A statement of its own for each path."""
    word = hash_bytes(path.encode())[:12]
    lines = [f"We will repaint the {part} lamps of {word} before winter." for part in ("harbour", "tower", "pier")]
    return f"# Statement {word}\n\n{' '.join(lines)}\n\nThe ferries of {word} run on Sundays alone.\n".encode()


class _Server(BaseHTTPRequestHandler):
    visits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.visits.append(self.path)
        if self.path.startswith("/slow"):
            time.sleep(0.6)
        gone = self.path.startswith("/gone")
        busy = self.path.startswith("/busy") and self.visits.count(self.path) < 2
        body = make_body(self.path)
        self.send_response(404 if gone else 503 if busy else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep the test output quiet."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on loopback, which is the catalogue's mirror as well."""
    _Server.visits.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(fetching, "_MIRROR", place + "/{path}?{repository}{commit}")
    yield place
    server.shutdown()
    server.server_close()


def write_catalogue(workspace: Workspace, *rows: dict[str, str]) -> None:
    with workspace.catalogue.open(encoding="utf-8-sig", newline="") as file:
        names = list(csv.DictReader(file).fieldnames or ())
    with workspace.catalogue.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def fetch_all(workspace: Workspace, *, accept_changed: bool = False) -> list[IngestResult]:
    ids = [entry.id for entry in read_catalogue(workspace.catalogue)]
    return list(fetch_catalogue(workspace, ids, None, accept_changed=accept_changed, settings=FAST))


def get_hash(path: str) -> str:
    return hash_bytes(make_body(path))


def test_document_comes_from_its_address(workspace: Workspace, address: str) -> None:
    """With the right hash it is stored under its id, also after a busy answer; fetched again it is known."""
    rows = [{"id": name, "url": f"{address}/{name}", "sha256": get_hash(f"/{name}")} for name in ("good", "busy")]
    write_catalogue(workspace, *rows)
    results = fetch_all(workspace)
    assert [(r.status, r.document_id) for r in results] == [("stored", "good"), ("stored", "busy")]
    assert [r.document.url for r in results if r.document] == [address + "/good", address + "/busy"]
    assert [r.status for r in fetch_all(workspace)] == ["known", "known"]


def test_second_address_where_the_first_fails(workspace: Workspace, address: str) -> None:
    """A dead, a silent and a changed first address are all made good by the second."""
    rows = []
    for name in ("gone", "slow", "other"):
        mirror = {"mirror_repository": "r", "mirror_commit": "c", "mirror_path": f"{name}.md"}
        rows.append({"id": name, "url": f"{address}/good-{name}", "sha256": get_hash(f"/good-{name}"), **mirror})
    write_catalogue(workspace, *rows)
    assert [r.status for r in fetch_all(workspace)] == ["stored"] * 3
    order = [path.split("?")[0] for path in _Server.visits]
    assert order == [
        "/gone.md", "/good-gone", "/slow.md", "/slow.md", "/good-slow", "/other.md", "/good-other",
    ]  # fmt: skip


def test_failure_is_one_line(workspace: Workspace, address: str) -> None:
    """What stays unobtainable is refused with its reason; nothing is stored."""
    names = ("gone", "slow", "other")
    rows = [{"id": name, "url": f"{address}/{name}", "sha256": get_hash("/good")} for name in names]
    write_catalogue(workspace, *rows, {"id": "nowhere"})
    results = fetch_all(workspace)
    assert [r.status for r in results] == ["refused"] * 4
    reasons = ("status 404", "did not answer in time (2 tries)", "hash mismatch", "no address in the catalogue")
    for result, words in zip(results, reasons, strict=True):
        assert words in result.message
        assert "\n" not in result.message
    assert read_manifest(workspace.sources) == {}


def test_changed_document_is_taken_when_accepted(workspace: Workspace, address: str) -> None:
    """With --accept-changed other bytes than the catalogue's are stored."""
    write_catalogue(workspace, {"id": "lamps", "url": address + "/other", "sha256": get_hash("/good")})
    assert [r.status for r in fetch_all(workspace, accept_changed=True)] == ["stored"]


def check_folders(workspace: Workspace) -> None:
    """All files below the folder that holds the project are where they belong."""
    folders = {path.parent for path in workspace.root.parent.rglob("*") if path.is_file()}
    assert folders <= {workspace.sources, workspace.built, workspace.corpus, workspace.digests}


def test_id_cannot_leave_the_folder(workspace: Workspace, address: str) -> None:
    """An id of the catalogue that is a path becomes a harmless one."""
    ids = ["../../x", "/x", "..", "a/../../b", "x\ty", "..\\..\\x"]
    write_catalogue(workspace, *({"id": name, "url": f"{address}/{n}"} for n, name in enumerate(ids)))
    results = fetch_all(workspace)
    assert [r.status for r in results] == ["stored"] * len(ids)
    assert len({r.document_id for r in results}) == len(ids)
    assert all(re.fullmatch(r"\w[\w-]*", r.document_id) for r in results)
    check_folders(workspace)


def test_address_cannot_leave_the_folder(workspace: Workspace, address: str) -> None:
    """The name in an address never names a file: originals lie under their hash, refused ones in quarantine."""
    paths = ["/../../x.md", "/..%2f..%2fx", "/a/..", "/good/", "/x.%2e%2e/", "/x.m/../d?f=../../y"]
    paths.append("/" + "n" * 400 + ".md")
    candidates = expand_addresses([address + path for path in paths], 10_000)
    results = list(ingest_sources(workspace, candidates, IngestOptions()))
    assert {r.status for r in results} <= {"stored", "known"}
    for entry in read_manifest(workspace.sources).values():
        assert entry.file.startswith(entry.sha256)
        assert (workspace.sources / entry.file).parent == workspace.sources
    check_folders(workspace)


def test_folder_with_changed_file_is_refused_by_hash(workspace: Workspace, tmp_path: Path) -> None:
    """A file named by a catalogue id with other bytes is not taken for it, unless accepted."""
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "lamps.md").write_bytes(make_body("/other"))
    write_catalogue(workspace, {"id": "lamps", "sha256": get_hash("/good")})
    (refused,) = fetch_catalogue(workspace, [], folder)
    assert "hash mismatch" in refused.message
    (taken,) = fetch_catalogue(workspace, [], folder, accept_changed=True)
    assert (taken.status, taken.document_id) == ("stored", "lamps")
