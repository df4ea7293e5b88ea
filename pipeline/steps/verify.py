"""Check that nothing changed behind parley's back: originals, store, offsets, annotations, model."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from pipeline.errors import StoreError
from pipeline.records import Document, GoldUnit, Unit
from pipeline.steps.editions import find_editions
from pipeline.steps.files import MANIFEST, find_torn_lines, hash_bytes, read_manifest
from pipeline.steps.workspace import Workspace
from pipeline.store import Store, StoredDocument


def verify_corpus(workspace: Workspace) -> tuple[list[str], int]:
    """(one line a problem, number of documents checked)."""
    problems = _verify_originals(workspace)
    checked = 0
    if workspace.store_path.exists():
        try:
            with workspace.open_store(read_only=True) as store:
                found, checked = _verify_store(workspace, store)
        except StoreError as error:
            found = [str(error)]
        problems += found
    problems += _verify_annotations(workspace)
    problems += _verify_model(workspace)
    return problems, checked


def _verify_originals(workspace: Workspace) -> list[str]:
    problems = [
        f"{MANIFEST}:{number}: not a manifest entry; ingest that document again, then remove the line"
        for number in find_torn_lines(workspace.sources)
    ]
    for entry in read_manifest(workspace.sources).values():
        path = workspace.sources / entry.file
        try:
            if hash_bytes(path.read_bytes()) != entry.sha256:
                problems.append(f"{entry.id}: original {entry.file} was changed; restore it or ingest it again")
        except FileNotFoundError:
            problems.append(f"{entry.id}: original {entry.file} is gone; ingest the document again")
        except OSError as error:
            problems.append(
                f"{entry.id}: original {entry.file} cannot be read ({error.strerror}); mend its permissions"
            )
    return problems


def _verify_store(workspace: Workspace, store: Store) -> tuple[list[str], int]:
    name = workspace.store_path.name
    problems = [f"{name}: {line}; {_REBUILD}" for line in store.check_integrity()]
    if problems:
        return problems, 0
    known = read_manifest(workspace.sources)
    overview: tuple[StoredDocument, ...] = ()
    try:
        overview = store.read_overview()
        problems += _verify_editions(store, overview)
    except _DAMAGE as error:
        problems.append(f"{name}: the list of documents is damaged ({error}); {_REBUILD}")
    problems += [
        f"{d.id}: in the store but not in {MANIFEST}; ingest it again, else the next report leaves it out"
        for d in overview
        if d.basis != "digest" and d.id not in known
    ]
    broken = store.check_seals()
    for document_id in store.read_ids():
        found = _verify_document(store, document_id)
        if document_id in broken and not found:
            found = [f"{document_id}: a stored value was changed; {_REBUILD}"]
        problems += found
    return problems, len(store.read_ids())


def _verify_editions(store: Store, overview: Sequence[StoredDocument]) -> list[str]:
    if not store.editions_linked:
        return []
    stored = {d.id: d.edition_of for d in overview if d.edition_of}
    found = find_editions(overview, store.read_fingerprints())
    wrong = sorted({*stored.items()} ^ {*found.items()})
    return (
        [f"{wrong[0][0]}: which edition stands for which does not follow from the texts; {_REBUILD}"] if wrong else []
    )


def _verify_document(store: Store, document_id: str) -> list[str]:
    from pipeline.segment import unit_check

    try:
        document, units = store.read_document(document_id), store.read_units(document_id)
        text_key = store.read_text_key(document_id)
    except _DAMAGE as error:
        return [f"{document_id}: what is stored of it cannot be read ({error}); {_REBUILD}"]
    if document is None:
        return [f"{document_id}: cannot be found under its own id; {_REBUILD}"]
    problems = [
        f"{document_id}:{unit.n}: offsets do not fit the text; {_REBUILD}"
        for unit in units
        if not _fits(document, unit)
    ]
    if text_key != unit_check(document.text):
        problems.append(f"{document_id}: the stored text was changed; {_REBUILD}")
    return problems


def _fits(document: Document, unit: Unit) -> bool:
    return document.text[unit.start : unit.end] == unit.text


def _verify_annotations(workspace: Workspace) -> list[str]:
    problems = []
    for path in sorted(workspace.annotations.glob("*.jsonl")):
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
        for number, line in enumerate(lines, 1):
            if line.strip() and (problem := _check_annotation(workspace, line)):
                problems.append(f"{path.name}:{number}: {problem}")
    return problems


def _check_annotation(workspace: Workspace, line: str) -> str:
    """What is wrong with the line, "" where nothing is."""
    try:
        entry = json.loads(line)
        GoldUnit(**entry)
        named = (*entry["issues"], *entry["industries"], entry["action"])
        unknown = [name for name in named if name not in workspace.codebook.by_id]
        if not 0 <= entry["start"] < entry["end"]:
            return "its offsets are no span of text; mend or remove the line"
    except (ValueError, KeyError, TypeError) as error:
        return f"not an annotation ({error}); mend or remove the line"
    return f"code '{unknown[0]}' is not in the codebook; mend the line" if unknown else ""


def _verify_model(workspace: Workspace) -> list[str]:
    if not workspace.model_name:
        return []
    if workspace.model_dir is None:
        return [f"models/{workspace.model_name}: named in models/current but not there; run make train"]
    from pipeline.errors import ModelError
    from pipeline.tag import load_tagger

    try:
        load_tagger(workspace.codebook, workspace.model_dir)
    except ModelError as error:
        return [str(error)]
    except Exception as error:  # a damaged model file may fail in any way; it must end as a line like the others
        return [f"models/{workspace.model_name}: cannot be loaded ({type(error).__name__}); run make train"]
    return []


_DAMAGE = (sqlite3.Error, ValueError, KeyError, TypeError, IndexError)
_REBUILD = "delete corpus/built and run make report"
