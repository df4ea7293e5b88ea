"""Members of zip and tar archives, one at a time, never unpacked to disk."""

from __future__ import annotations

import lzma
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from pipeline.errors import SourceError

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
_SKIP = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ERRORS = (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold: bytes a member, members, and times its own size when unpacked.

    Text packs 4 to 10 times; an archive under ``free_bytes`` unpacked is taken whatever its ratio.
    """

    max_bytes: int = 100_000_000
    members: int = 2_000_000
    ratio: int = 200
    free_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive with its bytes, or why it is not taken."""

    name: str
    data: bytes = b""
    error: SourceError | None = None


def is_archive(path: Path) -> bool:
    """By name: a .docx is a zip file too, and no archive."""
    return path.name.lower().endswith(SUFFIXES)


def iter_members(path: Path, limits: ArchiveLimits | None = None) -> Iterator[Member]:
    """Files in the order of the archive; hidden files and folders are left out.

    Members whose path leaves the archive, links, devices and oversized ones are refused one by
    one. A broken archive, or one over its limits, ends with a member that says so.
    """
    limits = limits or ArchiveLimits()
    total = count = 0
    try:
        allowed = max(limits.free_bytes, limits.ratio * path.stat().st_size)
        iterate = _iter_zip if path.name.lower().endswith(".zip") else _iter_tar
        for name, size, why, read in iterate(path):
            why = why or _find_trick(name)
            if not why and _is_hidden(name):
                continue
            count += 1
            if count > limits.members:
                yield _refuse(path, "", "too_large", f"over {limits.members} members")
                return
            if why:
                yield _refuse(path, name, "unreadable", why)
                continue
            data = b"" if size > limits.max_bytes else read(limits.max_bytes + 1)
            if size > limits.max_bytes or len(data) > limits.max_bytes:
                yield _refuse(path, name, "too_large", f"{max(size, len(data))} bytes, the limit is {limits.max_bytes}")
                continue
            total += len(data)
            if total > allowed:
                yield _refuse(path, "", "too_large", f"unpacks to over {allowed} bytes")
                return
            yield Member(name, data)
    except _ERRORS as error:
        yield _refuse(path, "", "damaged", f"{type(error).__name__}: {error}")


def count_members(path: Path, *, seconds: float = 2.0) -> int:
    """How many files an archive holds, for an estimate of time; 0 where that takes too long or cannot be known."""
    deadline = time.monotonic() + seconds
    count = 0
    try:
        iterate = _iter_zip if path.name.lower().endswith(".zip") else _iter_tar
        for name, *_ in iterate(path):
            count += not _is_hidden(name)
            if time.monotonic() > deadline:
                return 0
    except _ERRORS:
        return 0
    return count


_Entry = tuple[str, int, str, Callable[[int], bytes]]


def _iter_zip(path: Path) -> Iterator[_Entry]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            why = "encrypted" if info.flag_bits & 1 else ""
            if (info.external_attr >> 16) & 0o170000 == 0o120000:
                why = "a link, not a file"

            def read(limit: int, info: zipfile.ZipInfo = info) -> bytes:
                with archive.open(info) as file:
                    return file.read(limit)

            yield info.filename, info.file_size, why, read


def _iter_tar(path: Path) -> Iterator[_Entry]:
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            cast(Any, archive).members = []  # Or the index of a streamed archive grows with its length.
            if info.isdir():
                continue
            file: IO[bytes] | None = archive.extractfile(info) if info.isreg() else None

            def read(limit: int, file: IO[bytes] | None = file) -> bytes:
                return file.read(limit) if file else b""

            yield info.name, info.size, "" if file else "a link or device, not a file", read


def _is_hidden(name: str) -> bool:
    last = PurePosixPath(name).name
    return last.lower() in _SKIP or last.startswith(".") or "__MACOSX" in name


def _find_trick(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in name or (path.parts[:1] and path.parts[0].endswith(":")):
        return "its path leaves the archive"
    return ""


def _refuse(path: Path, name: str, reason: str, detail: str) -> Member:
    return Member(name, error=SourceError(reason, f"{path}:{name}" if name else str(path), detail))
