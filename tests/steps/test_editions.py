"""One statement in several forms, editions and versions: linked, counted once, replaced."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.records import GoldUnit
from pipeline.segment import unit_check
from pipeline.steps.editions import Edition, find_editions
from pipeline.steps.files import hash_bytes, read_manifest
from pipeline.steps.gold import read_annotations, write_annotations
from pipeline.steps.ingest import IngestOptions, find_candidates, ingest_sources
from pipeline.steps.replace import Replacement, replace_document
from pipeline.steps.results import compute_overlap, load_corpus
from pipeline.steps.status import read_status
from pipeline.steps.sync import sync_corpus
from pipeline.steps.verify import verify_corpus
from pipeline.steps.workspace import Workspace
from pipeline.store import StoredDocument

TITLE = "U.S.-EU Joint Statement of the Trade and Technology Council"
SENTENCES = (
    "The two sides will harmonise labelling of solar modules by the end of next year.",
    "A shared catalogue of tidal turbines will be published by the working group on climate.",
    "We intend to launch an organised exchange on semiconductor shortages in the autumn.",
    "Officials will analyse the behaviour of online platforms towards small traders.",
    "Both sides plan to monitor export controls on dual-use goods with greater rigour.",
)
AMERICAN = {"harmonise": "harmonize", "labelling": "labeling", "catalogue": "catalog", "organised": "organized"}
AMERICAN |= {"analyse": "analyze", "behaviour": "behavior", "rigour": "rigor"}


def to_markdown(sentences: tuple[str, ...] = SENTENCES) -> str:
    return f"---\ntitle: '{TITLE}'\ndate: '2022-12-05'\n---\n\n# Trade\n\n" + "\n\n".join(sentences) + "\n"


def to_html() -> str:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    for british, american in AMERICAN.items():
        text = text.replace(british, american)
    return f"<html><head><title>{TITLE}</title><meta name='date' content='2022-12-05'></head><body><main><h1>{TITLE}</h1>{text}</main></body></html>"


def write_pdf(path: Path) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    parts = [Paragraph(TITLE, styles["Title"]), Paragraph("5 December 2022", styles["Normal"])]
    parts += [Paragraph(sentence, styles["Normal"]) for sentence in SENTENCES]
    SimpleDocTemplate(str(path), invariant=1).build(parts)


@pytest.fixture
def forms(tmp_path: Path) -> list[Path]:
    """The statement as Markdown, as HTML in American spelling and as PDF, from three folders."""
    paths = [tmp_path / name for name in ("one/a.md", "two/b.html", "three/c.pdf")]
    for path in paths:
        path.parent.mkdir()
    paths[0].write_text(to_markdown(), "utf-8")
    paths[1].write_text(to_html(), "utf-8")
    write_pdf(paths[2])
    return paths


def ingest(workspace: Workspace, *sources: Path) -> tuple[list[str], list[Edition]]:
    """Ids in order of the sources, and the new editions."""
    editions: list[Edition] = []
    results = ingest_sources(
        workspace, find_candidates([str(s) for s in sources]), IngestOptions(), report_editions=editions.extend
    )
    return [result.document_id for result in results], editions


def test_three_forms_are_one_statement_counted_once(workspace: Workspace, forms: list[Path]) -> None:
    """Two stand back for a third, which alone is counted: the figures are those of one form by itself."""
    sync_corpus(workspace)
    ids, editions = ingest(workspace, forms[0])
    assert editions == []
    corpus = load_corpus(workspace)
    alone, figures = len(corpus.of_framework("TTC")), compute_overlap(corpus, "TTC", "IPEF").measures
    more, editions = ingest(workspace, *forms[1:])
    assert len({*ids, *more}) == 3
    assert len(editions) == 2
    assert len({edition.stands_for for edition in editions}) == 1
    corpus = load_corpus(workspace)
    assert len(corpus.of_framework("TTC")) == alone
    if editions[0].stands_for == ids[0]:
        assert compute_overlap(corpus, "TTC", "IPEF").measures == figures
    assert verify_corpus(workspace)[0] == []


def test_choice_does_not_depend_on_the_order(workspace: Workspace, forms: list[Path], tmp_path: Path) -> None:
    """Whichever form comes first, the same one stands for all."""
    _, editions = ingest(workspace, *reversed(forms))
    chosen = {edition.stands_for for edition in editions}
    with workspace.open_store(read_only=True) as store:
        sources = {d.id: Path(d.source).suffix for d in store.read_overview()}
    assert [sources[key] for key in chosen] == [".md"]


def test_status_and_ingest_say_which_stands_for_which_and_why(
    workspace: Workspace, forms: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The choice is a line of `parley ingest` and of `parley status`, with its reason."""
    from pipeline.cli import main

    words = ["parley", "--root", str(workspace.root), "ingest", *map(str, forms), "--format", "json"]
    monkeypatch.setattr(sys, "argv", words)
    try:
        main()
    except SystemExit as end:
        assert not end.code
    shown = capsys.readouterr()
    rows = json.loads(shown.out)
    back = {row["document"]: row["same_statement_as"] for row in rows if row["same_statement_as"]}
    assert len(back) == 2
    lines = [line for line in read_status(workspace).lines if line.startswith("edition: ")]
    for document_id, best in back.items():
        assert any(document_id in line and best in line and "(" in line for line in lines)
        assert f"{document_id}: same statement as {best}, counted for both (" in shown.err


def make_row(document_id: str, **changes: object) -> StoredDocument:
    row = StoredDocument(
        document_id,
        "0",
        "official",
        "s",
        "TTC",
        "3",
        "k",
        "2022",
        "en",
        "t",
        "",
        (),
        (),
        20,
        "x",
        "t",
        "k",
        "text/html",
    )
    return replace(row, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "best"),
    [
        ({}, {"warnings": ("engines_differ",)}, "a"),
        ({"warnings": ("partly_read",), "units": 90}, {}, "b"),
        ({"unsure": ("round",)}, {}, "b"),
        ({"units": 10}, {"media": "application/pdf"}, "b"),
        ({"units": 19, "media": "text/plain"}, {"units": 19}, "b"),
        ({"units": 19}, {"units": 20}, "b"),
        ({}, {}, "a"),
    ],
)
def test_better_text_stands_for_both(left: dict[str, object], right: dict[str, object], best: str) -> None:
    """Warnings, guesses, completeness, form, units and id decide, in this order."""
    rows = [make_row("a", **left), make_row("b", **right)]
    other = "b" if best == "a" else "a"
    assert find_editions(rows, {"a": b"\1" * 512, "b": b"\1" * 512}) == {other: best}


def test_digests_and_papers_are_no_editions() -> None:
    """A digest that says the same is not the statement."""
    rows = [make_row("a", basis="digest"), make_row("b"), make_row("c", basis="paper")]
    assert find_editions(rows, dict.fromkeys("abc", b"\1" * 512)) == {}


# --- a newer version


@pytest.fixture
def annotated(workspace: Workspace, forms: list[Path]) -> str:
    """Id of the Markdown form, each of its units annotated by one coder."""
    (document_id,), _ = ingest(workspace, forms[0])
    with workspace.open_store(read_only=True) as store:
        document, units = store.read_document(document_id), store.read_units(document_id)
    assert document is not None
    gold = [
        GoldUnit(
            document_id,
            document.sha256,
            u.start,
            u.end,
            unit_check(u.text),
            ("other.procedural",),
            (),
            "commit",
            "ann",
            "",
        )
        for u in units
    ]
    write_annotations(workspace.annotations, document_id, "ann", gold)
    return document_id


def replace_with(workspace: Workspace, document_id: str, *paths: Path) -> Replacement:
    return replace_document(workspace, list(find_candidates([str(p) for p in paths])), document_id, IngestOptions())


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A version with a sentence more in front and one sentence gone."""
    path = tmp_path / "newer.md"
    path.write_text(to_markdown(("A new first sentence greets the hosts of the session.", *SENTENCES[:-1])), "utf-8")
    return path


def test_newer_version_takes_the_place_of_the_old(workspace: Workspace, annotated: str, newer: Path) -> None:
    """Same id, the old original kept, the annotations moved with their text and the lost one listed."""
    old = read_manifest(workspace.sources)[annotated]
    before = read_annotations(workspace.annotations, annotated, "ann")
    done = replace_with(workspace, annotated, newer)
    assert (done.result.status, done.result.document_id) == ("stored", annotated)
    assert hash_bytes((workspace.sources / old.file).read_bytes()) == old.sha256
    assert read_manifest(workspace.sources)[annotated].sha256 == hash_bytes(newer.read_bytes())
    (file,) = done.realigned
    assert (file.kept, len(file.lost)) == (len(before) - 1, 1)
    with workspace.open_store(read_only=True) as store:
        (document,) = store.iter_documents()
    after = read_annotations(workspace.annotations, annotated, "ann")
    fitting = [g for g in after if unit_check(document.text[g.start : g.end]) == g.check]
    assert len(fitting) == len(before) - 1
    assert {g.sha256 for g in fitting} == {document.sha256}
    assert verify_corpus(workspace) == ([], 1)


def test_replacing_twice_changes_nothing_more(
    workspace: Workspace, annotated: str, newer: Path, forms: list[Path]
) -> None:
    """The same version again is known, and so is the replaced one when its folder is ingested again."""
    replace_with(workspace, annotated, newer)
    after = read_annotations(workspace.annotations, annotated, "ann")
    assert replace_with(workspace, annotated, newer).result.status == "known"
    assert read_annotations(workspace.annotations, annotated, "ann") == after
    assert ingest(workspace, forms[0]) == ([annotated], [])
    assert len(read_manifest(workspace.sources)) == 1


def test_killed_replacement_is_finished(
    workspace: Workspace, annotated: str, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after the manifest, before the store: the same command again stores and re-aligns."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.steps.ingest.write_coded", stop)
        with pytest.raises(KeyboardInterrupt):
            replace_with(workspace, annotated, newer)
    done = replace_with(workspace, annotated, newer)
    assert (done.result.status, done.realigned[0].kept) == ("stored", 4)


def test_refused_version_leaves_the_old_one(workspace: Workspace, annotated: str, tmp_path: Path) -> None:
    """An unusable file replaces nothing."""
    empty = tmp_path / "empty.md"
    empty.write_bytes(b"")
    old = read_manifest(workspace.sources)
    assert replace_with(workspace, annotated, empty).result.status == "refused"
    assert read_manifest(workspace.sources) == old


def test_wrong_replacement_is_wrong_use(workspace: Workspace, annotated: str, newer: Path, tmp_path: Path) -> None:
    """An unknown id names the nearest one; two sources and another document's bytes are refused."""
    with pytest.raises(UsageError, match=f"did you mean '{annotated}'"):
        replace_with(workspace, annotated + "x", newer)
    with pytest.raises(UsageError, match="one source"):
        replace_with(workspace, annotated, newer, newer)
    other = tmp_path / "other.md"
    other.write_text("We will repaint the lighthouse before the winter.\n\nThe ferry runs on Sundays.\n", "utf-8")
    ingest(workspace, other)
    with pytest.raises(UsageError, match="is stored as"):
        replace_with(workspace, annotated, other)
