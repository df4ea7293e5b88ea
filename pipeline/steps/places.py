"""A folder here or elsewhere: local by itself, any fsspec address where fsspec is installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.steps.files import write_atomic


@dataclass(frozen=True)
class Place:
    """Files under one address. ``system``: an fsspec file system, None for the local disk."""

    address: str
    root: str
    system: Any = None

    def join(self, name: str) -> str:
        return f"{self.root}/{name}"

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all: stores of objects do so themselves, the local disk by renaming."""
        if self.system is None:
            write_atomic(Path(self.join(name)), data)
        else:
            self.system.makedirs(self.join(name).rsplit("/", 1)[0], exist_ok=True)
            self.system.pipe_file(self.join(name), data)

    def read(self, name: str) -> bytes:
        """The file's bytes, b"" where there is none."""
        try:
            if self.system is None:
                return Path(self.join(name)).read_bytes()
            return bytes(self.system.cat_file(self.join(name)))
        except FileNotFoundError:
            return b""

    def list(self, folder: str) -> list[str]:
        """Names of the parts in a folder, sorted, as ``folder/part-...``."""
        if self.system is None:
            return sorted(f"{folder}/{path.name}" for path in Path(self.join(folder)).glob("part-*"))
        try:
            found = self.system.ls(self.join(folder), detail=False)
        except FileNotFoundError:
            return []
        names = (path.rstrip("/").rsplit("/", 1)[-1] for path in found)
        return sorted(f"{folder}/{name}" for name in names if name.startswith("part-"))

    def remove(self, name: str) -> None:
        if self.system is None:
            Path(self.join(name)).unlink()
        else:
            self.system.rm_file(self.join(name))


def open_place(address: str) -> Place:
    """Raises UsageError for an address whose file system is not installed."""
    if "://" not in address:
        return Place(address, address.rstrip("/") or "/")
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: {error}; install the extra parley[dask] and the address's file system") from error
    return Place(address, root.rstrip("/"), system)
