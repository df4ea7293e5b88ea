"""Files written whole or not at all; originals under their hash; the manifest of what was ingested."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import StoreError


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
    """Entries by document id; the last line for an id counts, a torn last line is left out."""
    entries: dict[str, ManifestEntry] = {}
    for line in _iter_lines(sources / "manifest.jsonl"):
        try:
            data = json.loads(line)
        except json.JSONDecodeError:
            continue
        if data.get("removed"):
            entries.pop(data["id"], None)
            continue
        data["flags"] = tuple((key, value) for key, value in data.get("flags", ()))
        entries[data["id"]] = ManifestEntry(**data)
    return entries


def append_manifest(sources: Path, entries: list[ManifestEntry]) -> None:
    """Add entries, flushed to disk before anything is stored from them."""
    path = sources / "manifest.jsonl"
    lines = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    try:
        sources.mkdir(parents=True, exist_ok=True)
        torn = path.exists() and path.stat().st_size > 0 and not _ends_with_line_feed(path)
        with path.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise to_store_error(path, error) from error


def keep_original(sources: Path, data: bytes, name: str) -> str:
    """Store the bytes under their hash with a harmless suffix; returns the file's name within ``sources``."""
    suffix = "".join(ch for ch in Path(name).suffix.lower() if ch.isalnum() or ch == ".")[:10]
    file = hash_bytes(data) + suffix
    if not (sources / file).exists():
        write_atomic(sources / file, data)
    return file


@contextlib.contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Two runs that write wait for each other; the lock ends with the process, however it ends."""
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("w")
    except OSError as error:
        raise to_store_error(folder, error) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _iter_lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from path.read_text("utf-8").splitlines()


def _ends_with_line_feed(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
