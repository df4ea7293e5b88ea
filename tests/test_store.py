"""The store: all or nothing, search in both languages, a schema that says when it is old."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.records import Block, Document, Found, Metadata, Table, Tag, Unit, UnitTags
from pipeline.store import Store, to_match_expression


def make_document(document_id: str = "d1", sentences: tuple[str, ...] = ("Ports will open.",)) -> Document:
    text = "\n\n".join(sentences)
    sure = Found("", "flag")
    metadata = Metadata(
        framework=Found("TTC", "title"),
        round=Found("3", "text:0-5", False),
        kind=Found("joint statement", "title"),
        date=Found("2022-12-05", "front matter"),
        place=sure,
        language=Found("en", "text:0-9"),
        title=Found("A made-up statement", "title"),
    )
    return Document(
        document_id,
        "ab" * 32,
        "official",
        "made/up.md",
        "https://example.org/x",
        metadata,
        text,
        (Block("paragraph", 0, len(text), page=2),),
        pages=((0, 2),),
        tables=(Table((("a", "b"), ("c", "d")), "Table 1"),),
        warnings=("partly_read",),
    )


def make_units(document: Document, sentences: tuple[str, ...]) -> tuple[Unit, ...]:
    units = []
    for n, sentence in enumerate(sentences):
        start = document.text.index(sentence)
        language = "zh" if any("\u4e00" <= ch <= "\u9fff" for ch in sentence) else "en"
        units.append(Unit(document.id, n, start, start + len(sentence), sentence, "I. Trade", n, language, 2))
    return tuple(units)


TAGS = UnitTags(
    (Tag("issue", "supply.logistics", 0.9, "rule:x"), Tag("issue", "trade.rules", 0.4, "model:m")),
    (Tag("industry", "transport", 0.8, "both"),),
    Tag("action", "commit", 0.7, "rule:y"),
)


def fill(store: Store, document_id: str, sentences: tuple[str, ...]) -> Document:
    document = make_document(document_id, sentences)
    units = make_units(document, sentences)
    store.write_document(
        document, units, [TAGS] * len(units), extract_key="e", tag_key="t", text_key="k", fingerprint=b"f"
    )
    return document


def test_document_comes_back_as_written(tmp_path: Path) -> None:
    """Every field of a document and of its units survives the store."""
    with Store(tmp_path / "s.sqlite") as store:
        document = fill(store, "d1", ("Ports will open.",))
        assert store.read_document("d1") == document
        coded = store.read_coded_units()[0]
        assert coded.tags == TAGS
        assert (coded.framework, coded.round, coded.unit.page) == ("TTC", "3", 2)
        row = store.read_overview()[0]
        assert (row.unsure, row.warnings, row.units) == (("round",), ("partly_read",), 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("port", 1),
        ('"critical minerals"', 1),
        ("minerals critical", 1),
        ('"minerals critical"', 0),
        ("半导体", 1),
        ("导体供应", 1),
        ("体半", 0),
        ('"', 0),
        ("NEAR( OR *", 0),
    ],
)
def test_search_reads_both_languages(tmp_path: Path, query: str, found: int) -> None:
    """Stems in English, any run of characters in Chinese; operators are only words."""
    with Store(tmp_path / "s.sqlite") as store:
        fill(store, "d1", ("Several ports open.", "Critical minerals matter.", "半导体供应很重要。"))
        assert len(store.search_units(query)) == found


def test_replacing_a_document_leaves_no_trace_of_the_old(tmp_path: Path) -> None:
    """Units, tags and index entries of the earlier text are gone."""
    with Store(tmp_path / "s.sqlite") as store:
        fill(store, "d1", ("Old words stand here.",))
        fill(store, "d1", ("New text.", "More text."))
        assert not store.search_units("old")
        assert [c.unit.text for c in store.read_coded_units(["d1"])] == ["New text.", "More text."]
        store.delete_document("d1")
        assert not store.read_overview()
        assert not store.search_units("text")


def test_failure_within_a_document_leaves_the_earlier_state(tmp_path: Path) -> None:
    """A transaction that breaks rolls back whole."""
    with Store(tmp_path / "s.sqlite") as store:
        document = fill(store, "d1", ("First state.",))
        units = make_units(make_document("d1", ("Second.",)), ("Second.",))
        broken = [*units, units[0]]
        with pytest.raises(StoreError):
            store.write_document(document, broken, None, extract_key="e")
        assert store.read_coded_units()[0].unit.text == "First state."


def test_tags_must_fit_the_units(tmp_path: Path) -> None:
    """Two units with one tag set are refused before anything is written."""
    with Store(tmp_path / "s.sqlite") as store:
        fill(store, "d1", ("One.", "Two."))
        with pytest.raises(ValueError, match="2 units but 1"):
            store.write_tags("d1", [TAGS], tag_key="t2")


def test_old_schema_names_the_remedy(tmp_path: Path) -> None:
    """A store of another schema version is not opened."""
    path = tmp_path / "s.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0'")
    with pytest.raises(StoreError, match="delete corpus/built"):
        Store(path)


def test_file_that_is_no_database(tmp_path: Path) -> None:
    """A damaged store is one clear line."""
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"this is not a database, by no means" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Store(path)


def test_views_open_in_any_browser(tmp_path: Path) -> None:
    """The views that Datasette shows have plain columns."""
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        fill(store, "d1", ("Ports will open.",))
    with sqlite3.connect(path) as db:
        row = db.execute("SELECT document, framework, issues, action FROM sentences").fetchone()
    assert row == ("d1", "TTC", "supply.logistics trade.rules", "commit")


def test_quarantine_remembers_and_forgets(tmp_path: Path) -> None:
    """A refused source stands once, until it is taken."""
    with Store(tmp_path / "s.sqlite") as store:
        store.write_quarantine("x.pdf", "00", "damaged", "x.pdf: damaged")
        store.write_quarantine("x.pdf", "00", "empty", "x.pdf: empty")
        assert store.read_quarantine() == (("x.pdf", "00", "empty", "x.pdf: empty"),)
        store.clear_quarantine("x.pdf")
        assert store.read_quarantine() == ()


@pytest.mark.parametrize(
    ("query", "expression"), [("a b", '"a" "b"'), ('"a b" c', '"a b" "c"'), ("关键矿产", '"关 键 矿 产"'), ("()", "")]
)
def test_query_becomes_phrases(query: str, expression: str) -> None:
    """What the user types can never be an operator."""
    assert to_match_expression(query) == expression
