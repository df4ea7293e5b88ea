"""Stand-off gold in corpus/annotations: one JSON Lines file a document and coder, without any source text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import CodebookError
from pipeline.records import ACTION_LEVELS, GoldUnit, Unit
from pipeline.steps.files import write_text

if TYPE_CHECKING:
    from pipeline.steps.workspace import Workspace

ADJUDICATED = "adjudicated"
"""The coder whose annotations are the gold where several exist."""

CHOSEN = "chosen"
"""GoldUnit.drawn of units that a review picked for what they teach."""

_OPTIONAL = ("note", "drawn")
_FIELDS = tuple(name for name in GoldUnit.__dataclass_fields__ if name not in _OPTIONAL)


@dataclass(frozen=True, slots=True)
class Realigned:
    """What realign_gold did to the files of one document: kept and lost annotations by coder."""

    document_id: str
    coder: str
    kept: int
    lost: tuple[GoldUnit, ...]


def annotation_path(folder: Path, document_id: str, coder: str) -> Path:
    return folder / f"{document_id}.{coder}.jsonl"


def list_annotations(folder: Path) -> tuple[tuple[str, str], ...]:
    """(document id, coder) of every file there is, sorted."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        document_id, _, coder = path.name.removesuffix(".jsonl").rpartition(".")
        if document_id and coder:
            found.append((document_id, coder))
    return tuple(found)


def read_annotations(folder: Path, document_id: str, coder: str) -> tuple[GoldUnit, ...]:
    """One coder's annotations of one document in text order; empty where there is no file.

    Raises CodebookError, with file and line, for a line that is no annotation.
    """
    path = annotation_path(folder, document_id, coder)
    if not path.is_file():
        return ()
    lines = path.read_text("utf-8").split("\n")
    read = [_to_gold(line, path.name, number) for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(sorted(read, key=lambda unit: (unit.start, unit.end)))


def write_annotations(folder: Path, document_id: str, coder: str, gold: Iterable[GoldUnit]) -> Path:
    """Replace the file of one coder and document; written whole or not at all."""
    ordered = sorted(gold, key=lambda unit: (unit.start, unit.end))
    path = annotation_path(folder, document_id, coder)
    write_text(path, "".join(json.dumps(asdict(unit), ensure_ascii=False) + "\n" for unit in ordered))
    return path


def read_gold(folder: Path) -> dict[str, tuple[GoldUnit, ...]]:
    """The gold of each annotated document: the adjudicated file, with single coders' units where it has none.

    A unit that only one coder has seen counts as that coder coded it; of several, the first by name.
    """
    by_document: dict[str, list[str]] = {}
    for document_id, coder in list_annotations(folder):
        by_document.setdefault(document_id, []).append(coder)
    return {
        document_id: _merge_coders([read_annotations(folder, document_id, coder) for coder in _rank(coders)])
        for document_id, coders in by_document.items()
    }


def realign_gold(workspace: Workspace, document_id: str, sha256: str, units: Sequence[Unit]) -> tuple[Realigned, ...]:
    """Give a document's annotations the offsets of its present units, for every coder.

    Files change only where an offset, check or hash does; an annotation that fits no unit any more
    stays in the file as it was and is reported.
    """
    from pipeline.evaluate import alignment
    from pipeline.segment import unit_check

    results = []
    for name, coder in list_annotations(workspace.annotations):
        if name != document_id:
            continue
        before = read_annotations(workspace.annotations, name, coder)
        moved, lost = alignment.realign_gold(before, units, sha256=sha256, check=unit_check)
        after = tuple(sorted((*moved, *lost), key=lambda unit: (unit.start, unit.end)))
        if after != before:
            write_annotations(workspace.annotations, name, coder, after)
        results.append(Realigned(document_id, coder, len(moved), lost))
    return tuple(results)


def _rank(coders: Sequence[str]) -> list[str]:
    return sorted(coders, key=lambda coder: (coder != ADJUDICATED, coder))


def _merge_coders(files: Sequence[Sequence[GoldUnit]]) -> tuple[GoldUnit, ...]:
    merged: dict[tuple[int, int], GoldUnit] = {}
    for gold in files:
        for unit in gold:
            merged.setdefault((unit.start, unit.end), unit)
    return tuple(merged[key] for key in sorted(merged))


def _to_gold(line: str, name: str, number: int) -> GoldUnit:
    try:
        data = json.loads(line)
        data["issues"], data["industries"] = tuple(data["issues"]), tuple(data["industries"])
        unit = GoldUnit(**data)
    except (ValueError, TypeError, KeyError) as error:
        raise CodebookError(f"{name}:{number}: no annotation ({error}); it needs {', '.join(_FIELDS)}") from error
    if not 1 <= len(unit.issues) <= 3 or unit.action not in ACTION_LEVELS:
        raise CodebookError(f"{name}:{number}: needs 1 to 3 issues and one of: {', '.join(ACTION_LEVELS)}")
    return unit
