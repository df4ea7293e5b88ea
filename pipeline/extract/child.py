"""The reading child's main loop: a source in, an extraction or a refusal out. Started by ExtractionWorker."""

from __future__ import annotations

import os
import pickle
import struct
import sys
from pathlib import Path
from typing import IO, Any

from pipeline.errors import SourceError

_HEADER = struct.Struct("<QQ")
_ANSWER = struct.Struct("<Q")
_OUT_OF_MEMORY = 77
_MAX_TEXT = 4_000_000
"""Characters; a statement has some 50,000, and the parent must hold the text with all its units."""


def main() -> None:
    """Serve until standard input closes."""
    memory_mb = int(sys.argv[1])
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    _silence()
    _limit(memory_mb)
    while True:
        header = source.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        head, size = _HEADER.unpack(header)
        try:
            name, password = pickle.loads(source.read(head))
            data = source.read(size)
            answer = _answer(data, name, password, sink)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        answer["fat"] = _is_fat(memory_mb // 2)
        _send(sink, answer)
        del data, answer


def _answer(data: bytes, name: str, password: str | None, sink: IO[bytes]) -> dict[str, Any]:
    from pipeline.extract.read import extract_bytes

    try:
        if b"%PDF-" in data[:1024]:
            _send(sink, {"pages": _guess_pages(data)})
        extraction = extract_bytes(data, name=name, password=password)
    except SourceError as error:
        return {"error": error}
    except MemoryError:
        raise
    except RecursionError:
        return {"error": SourceError("damaged", name, "nested without end")}
    except Exception as error:
        return {"error": SourceError("damaged", name, f"{type(error).__name__}: {str(error)[:200]}")}
    if len(extraction.text) > _MAX_TEXT:
        return {"error": SourceError("too_large", name, f"{len(extraction.text)} characters of text")}
    return {"extraction": extraction}


def _guess_pages(data: bytes) -> int:
    """Page objects that stand open in the bytes, or one for each 20 kB; only the time limit rests on it."""
    return min(max(data.count(b"/Type /Page") + data.count(b"/Type/Page"), len(data) // 20_000), 10_000)


def _send(sink: IO[bytes], message: object) -> None:
    payload = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    sink.write(_ANSWER.pack(len(payload)))
    sink.write(payload)
    sink.flush()


def _silence() -> None:
    """Parsers that print must not garble the answers, nor fill the user's screen."""
    import logging
    import warnings

    null = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(null, handle)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _limit(memory_mb: int) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # Windows has no such limits; time limits still hold.
        return
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _die_with_parent()


def _die_with_parent() -> None:
    """Linux: a parent killed outright must leave no reader behind."""
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        return


def _is_fat(limit_mb: int) -> bool:
    """Over the limit now; asked of the system only once the peak was, which is a tenth of the work."""
    try:
        import resource
    except ImportError:
        return _resident_mb() > limit_mb
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak > limit_mb * (1024 if sys.platform == "linux" else 1_048_576) and _resident_mb() > limit_mb


def _resident_mb() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_048_576
    except OSError:
        return 0


if __name__ == "__main__":
    main()
