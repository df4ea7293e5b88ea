"""Check that nothing changed behind parley's back: originals, store, offsets, annotations, model."""

from __future__ import annotations

import json

from pipeline.records import Document, Unit
from pipeline.steps.files import hash_bytes, read_manifest
from pipeline.steps.workspace import Workspace
from pipeline.store import Store


def verify_corpus(workspace: Workspace) -> tuple[list[str], int]:
    """(one line a problem, number of documents checked)."""
    problems = _verify_originals(workspace)
    checked = 0
    if workspace.store_path.exists():
        with workspace.open_store(read_only=True) as store:
            problems += [
                f"{workspace.store_path.name}: {line}; delete corpus/built and run make report"
                for line in store.check_integrity()
            ]
            if not problems or all("parley.sqlite" not in line for line in problems):
                for document in store.iter_documents():
                    checked += 1
                    problems += _verify_document(store, document)
    problems += _verify_annotations(workspace)
    problems += _verify_model(workspace)
    return problems, checked


def _verify_originals(workspace: Workspace) -> list[str]:
    problems = []
    for entry in read_manifest(workspace.sources).values():
        path = workspace.sources / entry.file
        if not path.exists():
            problems.append(f"{entry.id}: original {entry.file} is gone; ingest the document again")
        elif hash_bytes(path.read_bytes()) != entry.sha256:
            problems.append(f"{entry.id}: original {entry.file} was changed; restore it or ingest it again")
    return problems


def _verify_document(store: Store, document: Document) -> list[str]:
    from pipeline.segment import unit_check

    units = store.read_units(document.id)
    problems = [
        f"{document.id}:{unit.n}: offsets do not fit the text; {_REBUILD}"
        for unit in units
        if not _fits(document, unit)
    ]
    if store.read_text_key(document.id) != unit_check(document.text):
        problems.append(f"{document.id}: the stored text was changed; {_REBUILD}")
    return problems


def _fits(document: Document, unit: Unit) -> bool:
    return document.text[unit.start : unit.end] == unit.text


def _verify_annotations(workspace: Workspace) -> list[str]:
    problems = []
    for path in sorted(workspace.annotations.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                entry = json.loads(line)
                known = {*workspace.codebook.by_id}
                unknown = [
                    code for code in (*entry["issues"], *entry["industries"], entry["action"]) if code not in known
                ]
            except (ValueError, KeyError, TypeError) as error:
                problems.append(f"{path.name}:{number}: not an annotation ({error}); mend or remove the line")
                continue
            if unknown:
                problems.append(f"{path.name}:{number}: code '{unknown[0]}' is not in the codebook; mend the line")
    return problems


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
    return []


_REBUILD = "delete corpus/built and run make report"
