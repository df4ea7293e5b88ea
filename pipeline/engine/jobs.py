"""What goes to a worker and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.machine import count_cores
from pipeline.records import Basis, Document, Extraction, Unit, UnitTags, pickle_by_fields


@pickle_by_fields
@dataclass(frozen=True, slots=True)
class Job:
    """One source to read. ``data`` or ``path`` gives its bytes; ``flags`` override what is recognised.

    ``document_id``: "" to have it made from what the document is. ``error``: refused before it was read.
    """

    source: str
    name: str
    sha256: str
    basis: Basis
    data: bytes | None = None
    path: str = ""
    url: str = ""
    document_id: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    password: str | None = None
    extraction: Extraction | None = None
    error: SourceError | None = None

    def read_bytes(self) -> bytes:
        return self.data if self.data is not None else Path(self.path).read_bytes()

    def measure(self) -> int:
        """Bytes of the source, 0 where that cannot be known."""
        if self.data is not None:
            return len(self.data)
        try:
            return Path(self.path).stat().st_size
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of a job: a document with units and tags, or the reason why not.

    ``model_fault``: why the model could not be used and the tags are those of the rules alone.
    """

    job: Job
    document: Document | None = None
    units: tuple[Unit, ...] = ()
    tags: tuple[UnitTags, ...] = ()
    fingerprint: bytes = b""
    text_key: str = ""
    error: SourceError | None = None
    model_fault: str = ""


@dataclass(frozen=True)
class EngineSettings:
    """How to work. ``workers``: processes, 0 for one a core; ``model_dir``: "" for rules alone.

    ``fingerprints``: False where nobody looks for editions, which saves a tenth of the time.
    ``rules_on_fault``: tag by rules where the model cannot be used, instead of raising ModelError.
    """

    codebook_path: str
    model_dir: str = ""
    workers: int = 1
    timeout: float = 60.0
    memory_mb: int = 2048
    max_bytes: int = 100_000_000
    fingerprints: bool = True
    rules_on_fault: bool = False

    @property
    def processes(self) -> int:
        return self.workers if self.workers > 0 else count_cores()
