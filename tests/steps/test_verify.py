"""parley verify: what was changed behind parley's back is found and named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.steps.files import read_manifest
from pipeline.steps.ingest import IngestOptions, find_candidates, ingest_sources
from pipeline.steps.sync import sync_corpus
from pipeline.steps.verify import verify_corpus
from pipeline.steps.workspace import Workspace

LINE = '{"document_id": "d", "sha256": "0", "start": 0, "end": 9, "check": "c", "issues": ["other.procedural"], '
LINE += '"industries": [], "action": "commit", "coder": "ann", "date": "2024-01-01", "note": ""}\n'


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path, statement_text: str, template: Path) -> Workspace:
    """A statement and two digests in the store, and a sound annotation; made once, copied for each test."""
    if template.exists():
        shutil.copytree(template, workspace.root, dirs_exist_ok=True)
        return workspace
    path = tmp_path / "statement.md"
    path.write_text(statement_text, "utf-8")
    list(ingest_sources(workspace, find_candidates([str(path)]), IngestOptions()))
    sync_corpus(workspace)
    workspace.annotations.mkdir()
    (workspace.annotations / "d.ann.jsonl").write_text(LINE, "utf-8")
    assert verify_corpus(workspace) == ([], 3)
    shutil.copytree(workspace.root, template)
    return workspace


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template") / "project"


def change_store(workspace: Workspace, *statements: str) -> None:
    with sqlite3.connect(workspace.store_path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def get_original(workspace: Workspace) -> Path:
    (entry,) = read_manifest(workspace.sources).values()
    return workspace.sources / entry.file


def flip_original(workspace: Workspace) -> None:
    data = bytearray(get_original(workspace).read_bytes())
    data[40] ^= 1
    get_original(workspace).write_bytes(bytes(data))


def put_folder_for_original(workspace: Workspace) -> None:
    get_original(workspace).unlink()
    get_original(workspace).mkdir()


def damage_model(workspace: Workspace) -> None:
    folder = workspace.models / "made-up"
    folder.mkdir(parents=True)
    (folder / "card.json").write_text("{}", "utf-8")
    (folder / "model.skops").write_bytes(b"not a model")
    (workspace.models / "current").write_text("made-up\n", "utf-8")


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


FLIP = "UPDATE {0} SET {1} = CAST(replace({1}, 'ea', 'eb') AS TEXT) WHERE {1} LIKE '%ea%'"
CASES: list[tuple[str, Callable[[Workspace], object], str]] = [
    ("changed original", flip_original, "was changed"),
    ("gone original", lambda w: get_original(w).unlink(), "is gone"),
    ("folder for original", put_folder_for_original, "cannot be read"),
    ("text of a document", lambda w: change_store(w, FLIP.format("document", "text")), "stored text was changed"),
    ("text of a unit", lambda w: change_store(w, FLIP.format("unit", "text")), "offsets do not fit"),
    (
        "no UTF-8",
        lambda w: change_store(w, "UPDATE unit SET text = CAST(x'80ff41' AS TEXT) WHERE n = 0"),
        "cannot be read",
    ),
    ("offsets", lambda w: change_store(w, "UPDATE unit SET start = start + 1 WHERE n = 1"), "offsets do not fit"),
    ("structure", lambda w: change_store(w, "UPDATE document SET blocks = '{' || blocks"), "cannot be read"),
    ("title", lambda w: change_store(w, "UPDATE document SET title = title || '.'"), "stored value was changed"),
    ("score of a tag", lambda w: change_store(w, "UPDATE tag SET score = score / 2"), "stored value was changed"),
    ("unit gone", lambda w: change_store(w, "DELETE FROM unit WHERE n = 1"), "stored value was changed"),
    ("edition", lambda w: change_store(w, "UPDATE document SET edition_of = 'x' WHERE basis = 'official'"), "edition"),
    (
        "torn annotation",
        lambda w: append(w.annotations / "d.ann.jsonl", b'{"document_id": "d", '),
        "ann.jsonl:2: not an",
    ),
    ("no text annotation", lambda w: append(w.annotations / "d.ann.jsonl", b"\xff\xfe\n"), "ann.jsonl:2: not an"),
    (
        "annotation with an unknown code",
        lambda w: append(w.annotations / "d.ann.jsonl", LINE.replace("other.procedural", "other.tea").encode()),
        "'other.tea'",
    ),
    (
        "annotation of no span",
        lambda w: append(w.annotations / "d.ann.jsonl", LINE.replace('"end": 9', '"end": 0').encode()),
        "no span",
    ),
    ("manifest", lambda w: append(w.sources / "manifest.jsonl", b"{{\n"), "manifest.jsonl:2"),
    ("manifest emptied", lambda w: (w.sources / "manifest.jsonl").write_bytes(b""), "not in manifest.jsonl"),
    ("model not there", lambda w: (w.models / "current").write_text("gone", "utf-8"), "named in models/current"),
    ("damaged model", damage_model, "made-up"),
    ("no database", lambda w: w.store_path.write_bytes(b"tea" * 5000), "damaged"),
]


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_change_is_found(filled: Workspace, change: Callable[[Workspace], object], words: str) -> None:
    """Each kind of damage is a line of its own, with what to do."""
    change(filled)
    problems, _ = verify_corpus(filled)
    assert any(words in problem for problem in problems), problems
    assert all("\n" not in problem for problem in problems)


def test_any_flipped_byte_of_a_text_in_the_file_is_found(filled: Workspace) -> None:
    """Bytes flipped in the database file itself, wherever a sentence of the statement lies in it."""
    data = filled.store_path.read_bytes()
    places = [at for at in range(len(data)) if data.startswith(b"early warning", at)]
    assert len(places) >= 2
    for at in places:
        for mask in (1, 128):
            changed = bytearray(data)
            changed[at + 3] ^= mask
            filled.store_path.write_bytes(bytes(changed))
            assert verify_corpus(filled)[0], (at, mask)


def test_flipped_byte_of_the_search_index_is_found(filled: Workspace) -> None:
    """The index is checked like the tables: a word in it that is not the one written."""
    change_store(filled, "UPDATE unit_index_data SET block = zeroblob(length(block)) WHERE id > 10")
    assert verify_corpus(filled)[0]


def test_nothing_built_is_no_problem(workspace: Workspace) -> None:
    """A fresh project has nothing to check."""
    assert verify_corpus(workspace) == ([], 0)
