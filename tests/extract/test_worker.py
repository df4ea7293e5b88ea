"""The reading child: reuse, refusals, death, hanging; and fetching from a server of our own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from pdfkit import make_pdf, set_lines

from pipeline.errors import SourceError
from pipeline.extract.editions import are_editions, compare_fingerprints, find_edition_groups, fingerprint_text
from pipeline.extract.fetch import FetchSettings, fetch_address
from pipeline.extract.worker import ExtractionWorker, WorkerLimits


def test_one_child_serves_many() -> None:
    """The child lives on over documents and refusals."""
    with ExtractionWorker() as worker:
        assert worker.extract(b"Tea is hot.", name="a.txt").text == "Tea is hot."
        assert worker._child is not None
        first = worker._child.pid
        with pytest.raises(SourceError) as refused:
            worker.extract(b"%PDF-1.4 x", name="b.pdf")
        assert refused.value.reason == "damaged"
        assert worker.extract(b"# Cups", name="c.md").text and worker._child.pid == first


def test_dead_child_is_replaced() -> None:
    """A child that was killed between documents is started anew."""
    with ExtractionWorker() as worker:
        worker.extract(b"One.", name="a.txt")
        assert worker._child is not None
        os.kill(worker._child.pid, signal.SIGKILL)
        worker._child.wait()
        assert worker.extract(b"Two.", name="b.txt").text == "Two."


def test_hanging_child_times_out_and_the_next_goes_on() -> None:
    """A stopped child is reported as timed out and replaced."""
    with ExtractionWorker(WorkerLimits(seconds=5)) as worker:
        worker.extract(b"One.", name="a.txt")
        worker.limits = WorkerLimits(seconds=0.3)
        assert worker._child is not None
        os.kill(worker._child.pid, signal.SIGSTOP)
        with pytest.raises(SourceError, match="timed out"):
            worker.extract(b"Two.", name="b.txt")
        worker.limits = WorkerLimits(seconds=20)
        assert worker.extract(b"Three.", name="c.txt").text == "Three."


STAND_INS = [
    ("os._exit(0)", "crashed"),
    ("os.kill(os.getpid(), 11)", "crashed"),
    ("os._exit(77)", "out_of_memory"),
    ("os.kill(os.getpid(), 9)", "out_of_memory"),
    ("time.sleep(60)", "timed_out"),
]


@pytest.mark.parametrize(("act", "reason"), STAND_INS)
def test_stand_in_reader(act: str, reason: str) -> None:
    """A reader that exits silently, dies, runs out of memory or hangs is reported, and a real one takes over."""
    with ExtractionWorker(WorkerLimits(seconds=1.5)) as worker:
        worker._child = subprocess.Popen(
            [sys.executable, "-c", f"import os, sys, time; sys.stdin.buffer.read(8); {act}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with pytest.raises(SourceError) as caught:
            worker.extract(b"One.", name="a.txt")
        assert caught.value.reason == reason
        worker.limits = WorkerLimits(seconds=20)
        assert worker.extract(b"Two.", name="b.txt").text == "Two."


def test_size_limit() -> None:
    """Bytes beyond the limit never reach the child."""
    with ExtractionWorker(WorkerLimits(max_bytes=10)) as worker, pytest.raises(SourceError, match="too large"):
        worker.extract(b"x" * 11, name="a.txt")


def test_editions_in_other_spelling() -> None:
    """EU and US spelling of one text are editions; another text is not."""
    words = [
        f"word{i % 37} colour {i % 11} organisation {i % 5} labour centre {i} programmes travelling defence"
        for i in range(80)
    ]
    british = " ".join(words)
    american = (
        british.replace("colour", "color")
        .replace("organisation", "organization")
        .replace("labour", "labor")
        .replace("centre", "center")
        .replace("programmes", "programs")
        .replace("travelling", "traveling")
        .replace("defence", "defense")
    )
    other = " ".join(f"tea{i} cup{i}" for i in range(200))
    assert are_editions(british, american)
    prints = {"a": fingerprint_text(british), "b": fingerprint_text(british.upper()), "c": fingerprint_text(other)}
    assert compare_fingerprints(prints["a"], prints["c"]) < 0.1
    assert find_edition_groups(prints) == [["a", "b"]]


class _Server(BaseHTTPRequestHandler):
    visits: ClassVar[dict[str, int]] = {}

    def do_GET(self) -> None:
        count = self.visits[self.path] = self.visits.get(self.path, 0) + 1
        if self.path == "/moved":
            return self._answer(302, b"", Location="/page")
        if self.path == "/loop":
            return self._answer(302, b"", Location="/loop")
        if self.path == "/again" and count < 2:
            return self._answer(503, b"")
        if self.path == "/gone":
            return self._answer(404, b"")
        if self.path == "/paper.pdf":
            return self._answer(200, b"<!doctype html><html><body>Log in</body></html>")
        return self._answer(200, b"x" * 5000 if self.path == "/large" else b"<p>Tea</p>")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep the test output quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    _Server.visits = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


FAST = FetchSettings(connect_timeout=2, read_timeout=2, pause=0.01, tries=2)


@pytest.mark.parametrize("path", ["/page", "/moved", "/again"])
def test_fetch(address: str, path: str) -> None:
    """Plain, redirected, and at the second try."""
    assert fetch_address(address + path, settings=FAST).data == b"<p>Tea</p>"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/gone", "not_found"), ("/loop", "network"), ("/large", "too_large"), ("/paper.pdf", "wrong_type")],
)
def test_fetch_refusals(address: str, path: str, reason: str) -> None:
    """Each failure has its reason."""
    with pytest.raises(SourceError) as caught:
        fetch_address(address + path, max_bytes=1000, settings=FAST)
    assert caught.value.reason == reason


def test_second_address(address: str) -> None:
    """The second address is asked where the first fails; a file address is never read."""
    assert fetch_address([address + "/gone", address + "/page"], settings=FAST).url.endswith("/page")
    with pytest.raises(SourceError):
        fetch_address("file:///etc/hostname")


@pytest.mark.parametrize("program", ["ocrmypdf", "tesseract"])
def test_pictures_are_read_by_the_program_that_is_there(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in gives the text layer; the document is marked, and without a program it is refused with the remedy."""
    picture = make_pdf([])
    layered = tmp_path / "layered.pdf"
    layered.write_bytes(make_pdf(set_lines(["The tea board met."])))
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    with ExtractionWorker() as worker:
        with pytest.raises(SourceError, match="ocrmypdf") as caught:
            worker.extract(picture, name="a.pdf")
        assert caught.value.reason == "no_text_layer"
        script = tools / program
        last = "sys.argv[-1]" if program == "ocrmypdf" else "sys.argv[2] + '.pdf'"
        script.write_text(
            f"#!{sys.executable}\nimport shutil, sys\n"
            f"if '--list-langs' not in sys.argv:\n    shutil.copy({str(layered)!r}, {last})\n"
        )
        script.chmod(0o755)
        found = worker.extract(picture, name="a.pdf")
    assert (found.text, found.warnings) == ("The tea board met.", ("read_by_ocr",))
