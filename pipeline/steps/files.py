"""Files written whole or not at all; originals under their hash; the manifest of what was ingested."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import StoreError

MANIFEST = "manifest.jsonl"
_FLUSHES = 8


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One ingested source: enough to rebuild its document from the kept original.

    ``flags``: metadata the user gave by hand, as (field, value) pairs.
    """

    id: str
    sha256: str
    file: str
    name: str
    source: str
    url: str
    basis: str
    flags: tuple[tuple[str, str], ...] = ()


def hash_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_atomic(path: Path, data: bytes) -> None:
    """Write through a temporary file in the same folder; the old content stays on any failure.

    Raises StoreError with one clear line when the disk is full or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise to_store_error(path, error) from error


def to_store_error(path: Path, error: OSError) -> StoreError:
    """An operating system error as one clear line."""
    what = error.strerror or str(error)
    return StoreError(f"{path}: {what}; free space or change permissions, then run again: the earlier state is intact")


def write_text(path: Path, text: str) -> None:
    write_atomic(path, text.encode("utf-8"))


def read_manifest(sources: Path) -> dict[str, ManifestEntry]:
    """Entries by document id; the last line for an id counts, a torn line is left out (see find_torn_lines)."""
    entries: dict[str, ManifestEntry] = {}
    for line in _iter_lines(sources / MANIFEST):
        data = _parse_line(line)
        if data is None:
            continue
        if isinstance(data, str):
            entries.pop(data, None)
        else:
            entries[data.id] = data
    return entries


def read_superseded(sources: Path) -> dict[str, str]:
    """SHA-256 of each older version -> id of the document that a newer version of it holds now."""
    entries = [
        entry for line in _iter_lines(sources / MANIFEST) if isinstance(entry := _parse_line(line), ManifestEntry)
    ]
    current = read_manifest(sources)
    present = {entry.sha256 for entry in current.values()}
    return {e.sha256: e.id for e in entries if e.id in current and e.sha256 not in present}


def find_torn_lines(sources: Path) -> list[int]:
    """Numbers of the manifest's lines that are no entries, counted from 1."""
    lines = enumerate(_iter_lines(sources / MANIFEST), 1)
    return [number for number, line in lines if line.strip() and _parse_line(line) is None]


def _parse_line(line: str) -> ManifestEntry | str | None:
    """An entry, the id of a removed one, or None for a torn line."""
    try:
        data = json.loads(line)
        if data.get("removed"):
            return str(data["id"])
        data["flags"] = tuple((key, value) for key, value in data.get("flags", ()))
        return ManifestEntry(**data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def append_manifest(sources: Path, entries: list[ManifestEntry]) -> None:
    """Add entries, flushed to disk before anything is stored from them; all of them or none."""
    path = sources / MANIFEST
    lines = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    try:
        sources.mkdir(parents=True, exist_ok=True)
        torn = path.exists() and path.stat().st_size > 0 and not _ends_with_line_feed(path)
        size = path.stat().st_size if path.exists() else 0
        try:
            with path.open("ab") as file:
                file.write((("\n" if torn else "") + lines).encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                os.truncate(path, size)
            raise
    except OSError as error:
        raise to_store_error(path, error) from error


def keep_originals(sources: Path, originals: Iterable[tuple[bytes, str]]) -> list[str]:
    """Store each (bytes, name) under its hash with a harmless suffix; their files' names within ``sources``.

    All are written before the first is flushed, and several are flushed at once, which the disk
    turns into few writes of its journal: a sixth of the time. Each appears under its name only when it is safely on disk.
    One is in memory at a time.
    """
    from concurrent.futures import ThreadPoolExecutor

    files: list[str] = []
    temporary: dict[str, Path] = {}
    try:
        sources.mkdir(parents=True, exist_ok=True)
        try:
            for data, name in originals:
                file = hash_bytes(data) + _to_suffix(name)
                files.append(file)
                if file not in temporary and not (sources / file).exists():
                    temporary[file] = sources / f".tmp-{os.getpid()}-{file}"
                    temporary[file].write_bytes(data)
            with ThreadPoolExecutor(_FLUSHES) as pool:
                list(pool.map(_flush, temporary.values()))
            for file, path in temporary.items():
                path.replace(sources / file)
        except BaseException:
            for path in temporary.values():
                with contextlib.suppress(OSError):
                    path.unlink()
            raise
    except OSError as error:
        raise to_store_error(sources, error) from error
    return files


def _flush(path: Path) -> None:
    with path.open("rb+") as opened:
        os.fsync(opened.fileno())


def _to_suffix(name: str) -> str:
    return "".join(ch for ch in Path(name).suffix.lower() if ch.isalnum() or ch == ".")[:10]


@contextlib.contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Two runs that write wait for each other; the lock ends with the process, however it ends.

    What a killed run left half written in ``folder`` is cleared away by the next that holds the lock.
    """
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("w")
    except OSError as error:
        raise to_store_error(folder, error) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for path in (*folder.glob(".tmp-*"), *(folder / "quarantine").glob(".tmp-*")):
            with contextlib.suppress(OSError):
                path.unlink()
        yield


def _iter_lines(path: Path) -> Iterator[str]:
    """Lines end at line feeds alone: a name may hold any of the other characters that splitlines ends lines at."""
    if path.exists():
        yield from path.read_bytes().decode("utf-8", "replace").split("\n")


def _ends_with_line_feed(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
