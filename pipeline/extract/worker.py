"""A reading child: parsers of untrusted files run in another process, under limits.

One child serves many documents; it is started anew when it dies, hangs, or has grown fat. The
parent never parses anything, so its own memory stays small whatever comes in.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from pipeline.errors import SourceError
from pipeline.extract.ocr import add_text_layer
from pipeline.records import Extraction

_HEADER = struct.Struct("<QQ")
_ANSWER = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """``seconds`` for any document, plus ``seconds_per_page`` and ``seconds_per_mb``; memory of the child in MB."""

    seconds: float = 60.0
    memory_mb: int = 2048
    max_bytes: int = 100_000_000
    seconds_per_page: float = 0.5
    seconds_per_mb: float = 2.0

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.memory_mb < 128 or self.max_bytes < 1:
            raise ValueError(f"limits must be positive and memory at least 128 MB, not {self}")


class ExtractionWorker:
    """Context manager around the child; not to be shared between threads.

    Each failure of a document is a SourceError: timed_out, out_of_memory, crashed, or what the
    reader itself found. The next document gets a fresh child where needed.
    """

    def __init__(self, limits: WorkerLimits | None = None) -> None:
        self.limits = limits or WorkerLimits()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ExtractionWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            _stop(self._child)
            self._child = None

    def extract(self, data: bytes, *, name: str, password: str | None = None) -> Extraction:
        """As extract_bytes, in the child; pages that are pictures are read by OCR where a program for it is installed."""
        try:
            return self._extract(data, name=name, password=password)
        except SourceError as error:
            if error.reason != "no_text_layer":
                raise
            pages = int(error.detail.partition(" ")[0]) if error.detail[:1].isdigit() else 1
            recognised = add_text_layer(data, pages=pages, seconds=self.limits.seconds)
            if recognised is None:
                raise
        extraction = self._extract(recognised, name=name, password=password)
        return replace(extraction, warnings=(*extraction.warnings, "read_by_ocr"))

    def _extract(self, data: bytes, *, name: str, password: str | None) -> Extraction:
        if len(data) > self.limits.max_bytes:
            raise SourceError("too_large", name, f"{len(data)} bytes, the limit is {self.limits.max_bytes}")
        if not data:
            raise SourceError("empty", name)
        child = self._ensure_child()
        try:
            _write(cast("IO[bytes]", child.stdin), (name, password), data)
            answer = self._await(child, name, len(data))
        except (BrokenPipeError, EOFError, pickle.UnpicklingError) as error:
            raise self._bury(child, name) from error
        except BaseException:
            self.close()
            raise
        if answer.get("fat"):
            self.close()
        if "error" in answer:
            raise cast(SourceError, answer["error"])
        return cast(Extraction, answer["extraction"])

    def _ensure_child(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            environment = dict(os.environ, PYTHONPATH=_python_path(), OMP_NUM_THREADS="1", PYTHONHASHSEED="0")
            self._child = subprocess.Popen(
                [sys.executable, "-m", "pipeline.extract.child", str(self.limits.memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._child

    def _await(self, child: subprocess.Popen[bytes], name: str, size: int) -> dict[str, Any]:
        begun = time.monotonic()
        limit = self.limits.seconds + self.limits.seconds_per_mb * size / 1e6
        stream = cast("IO[bytes]", child.stdout)
        while True:
            answer = _read(stream, begun + limit)
            if answer is None:
                self.close()
                raise SourceError("timed_out", name, f"no end after {limit:.0f} s")
            if "pages" not in answer:
                return answer
            limit += self.limits.seconds_per_page * answer["pages"]

    def _bury(self, child: subprocess.Popen[bytes], name: str) -> SourceError:
        """Why the child is dead, as the error of the document it had."""
        try:
            code = child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        self.close()
        if code == -9:
            return SourceError("out_of_memory", name, "its reader was killed")
        if code == 77:
            return SourceError("out_of_memory", name, f"over {self.limits.memory_mb} MB")
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        return SourceError("crashed", name, f"its reader ended with {how}")


def _python_path() -> str:
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # Unsent bytes for a dead child.
                stream.close()


def _write(stream: IO[bytes], message: object, data: bytes) -> None:
    """The message, then the document's bytes as they are: pickled they would stand in memory twice."""
    payload = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEADER.pack(len(payload), len(data)))
    stream.write(payload)
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes], deadline: float) -> dict[str, Any] | None:
    """The next message; None at the deadline; EOFError when the child is gone."""
    handle = stream.fileno()
    header = _read_exactly(handle, _ANSWER.size, deadline)
    payload = None if header is None else _read_exactly(handle, _ANSWER.unpack(header)[0], deadline)
    return None if payload is None else cast("dict[str, Any]", pickle.loads(payload))


def _read_exactly(handle: int, size: int, deadline: float) -> bytes | None:
    parts: list[bytes] = []
    while size:
        if not _is_ready(handle, max(deadline - time.monotonic(), 0.0)):
            return None
        part = os.read(handle, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _is_ready(handle: int, seconds: float) -> bool:
    """Whether there is something to read in time; poll, where there is one, takes handles of any number."""
    if not hasattr(select, "poll"):
        return bool(select.select([handle], [], [], seconds)[0])
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    return bool(waiting.poll(1000 * seconds))
