"""The SQLite store: documents, units, tags and the full-text index; one transaction a document.

Plain table and column names, and views that join them, so that Datasette or any SQLite
browser opens the file as it is. Only this module speaks SQL.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

from pipeline.errors import StoreError
from pipeline.records import Basis, Block, CodedUnit, Dimension, Document, Found, Metadata, Table, Tag, Unit, UnitTags
from pipeline.rows import FIELDS, DocumentRows, Row, to_rows, to_tag_rows
from pipeline.seals import fits_seal, seal_tables

SCHEMA_VERSION = 1
_LOCK_SECONDS = 120.0
_TEXT = 3
"""Where the text stands in a row of a unit."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, basis TEXT NOT NULL, source TEXT NOT NULL, url TEXT NOT NULL,
  framework TEXT NOT NULL, round TEXT NOT NULL, kind TEXT NOT NULL, date TEXT NOT NULL, place TEXT NOT NULL,
  language TEXT NOT NULL, title TEXT NOT NULL, found TEXT NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL,
  pages TEXT NOT NULL, tables TEXT NOT NULL, media TEXT NOT NULL, engine TEXT NOT NULL, warnings TEXT NOT NULL,
  edition_of TEXT NOT NULL, fingerprint BLOB NOT NULL, text_key TEXT NOT NULL, extract_key TEXT NOT NULL,
  tag_key TEXT NOT NULL
);
CREATE UNIQUE INDEX document_bytes ON document (sha256, source) WHERE basis = 'digest';
CREATE INDEX document_sha ON document (sha256);
CREATE TABLE unit (
  id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document (id), n INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, section TEXT NOT NULL,
  paragraph INTEGER NOT NULL, language TEXT NOT NULL, page INTEGER, kind TEXT NOT NULL, lead TEXT NOT NULL,
  UNIQUE (document_id, n)
);
CREATE TABLE tag (
  unit_id INTEGER NOT NULL REFERENCES unit (id), dimension TEXT NOT NULL, rank INTEGER NOT NULL,
  code_id TEXT NOT NULL, score REAL NOT NULL, by TEXT NOT NULL, PRIMARY KEY (unit_id, dimension, rank)
) WITHOUT ROWID;
CREATE INDEX tag_code ON tag (code_id);
CREATE TABLE quarantine (
  source TEXT PRIMARY KEY, sha256 TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE unit_index USING fts5 (words, content='', tokenize='porter unicode61');
CREATE VIEW sentences AS
  SELECT document.id AS document, document.framework, document.round, document.kind, document.date, document.basis,
    unit.n, unit.section, unit.page, unit.language, unit.text,
    (SELECT group_concat(code_id, ' ') FROM tag WHERE unit_id = unit.id AND dimension = 'issue') AS issues,
    (SELECT group_concat(code_id, ' ') FROM tag WHERE unit_id = unit.id AND dimension = 'industry') AS industries,
    (SELECT code_id FROM tag WHERE unit_id = unit.id AND dimension = 'action') AS action
  FROM unit JOIN document ON document.id = unit.document_id;
CREATE VIEW codes AS
  SELECT document.id AS document, document.framework, document.round, unit.n, tag.dimension, tag.rank,
    tag.code_id, tag.score, tag.by
  FROM tag JOIN unit ON unit.id = tag.unit_id JOIN document ON document.id = unit.document_id;
CREATE VIEW documents AS
  SELECT id, framework, round, kind, date, place, language, basis, title, url, edition_of, warnings,
    (SELECT count(*) FROM unit WHERE document_id = document.id) AS units
  FROM document;
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A row of the document table without its text: what status lists and freshness checks read.

    ``unsure``: names of the metadata fields that are guesses.
    """

    id: str
    sha256: str
    basis: Basis
    source: str
    framework: str
    round: str
    kind: str
    date: str
    language: str
    title: str
    edition_of: str
    warnings: tuple[str, ...]
    unsure: tuple[str, ...]
    units: int
    extract_key: str
    tag_key: str
    text_key: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A unit found by full-text search; lower ``rank`` is better."""

    coded: CodedUnit
    rank: float


class Store:
    """An open store; use as a context manager. Readers never block readers."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._noted = ""
        try:
            if path.exists():
                _roll_back(path)
            if read_only and path.stat().st_size:
                self._db = sqlite3.connect(f"file:{_quote(path)}?mode=ro", uri=True, timeout=_LOCK_SECONDS)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(path, timeout=_LOCK_SECONDS)
                read_only = False
            self._db.isolation_level = None
            self._prepare(read_only)
        except (sqlite3.Error, OSError) as error:
            raise _store_error(path, error) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def _prepare(self, read_only: bool) -> None:
        found = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        if not found and not read_only:
            with self.transaction():
                if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                    for statement in _SCHEMA.split(";\n"):
                        if statement.strip():
                            self._db.execute(statement)
                    self._db.execute("INSERT INTO meta VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),))
            return
        row = self._db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() if found else None
        if row is None or int(row[0]) != SCHEMA_VERSION:
            have = row[0] if row else "none"
            raise StoreError(
                f"{self.path}: store has schema {have}, this version needs {SCHEMA_VERSION}; "
                "delete corpus/built and run make report: everything in it is rebuilt from the sources"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a second writer waits its turn."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._noted = ""
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # SQLite rolls back by itself where the disk fails
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise _store_error(self.path, error) from error

    # --- documents

    def write_document(
        self,
        document: Document,
        units: Sequence[Unit],
        tags: Sequence[UnitTags] | None,
        *,
        extract_key: str,
        tag_key: str = "",
        text_key: str = "",
        fingerprint: bytes = b"",
    ) -> None:
        """Write a document with its units and tags, replacing what stood under its id.

        ``tags`` aligned with ``units``, or None to leave the document untagged.
        """
        with self.transaction():
            self.put_document(
                document,
                units,
                tags,
                extract_key=extract_key,
                tag_key=tag_key,
                text_key=text_key,
                fingerprint=fingerprint,
            )

    def put_document(
        self,
        document: Document,
        units: Sequence[Unit],
        tags: Sequence[UnitTags] | None,
        *,
        extract_key: str,
        tag_key: str = "",
        text_key: str = "",
        fingerprint: bytes = b"",
    ) -> None:
        """As write_document, inside a transaction that the caller holds."""
        rows = to_rows(document, units, tags, fingerprint=fingerprint, text_key=text_key)
        self.put_rows([(rows, tag_key if tags is not None else "")], extract_key=extract_key)

    def put_rows(self, batch: Sequence[tuple[DocumentRows, str]], *, extract_key: str) -> None:
        """Documents of distinct ids as rows, each with its tag key, inside a transaction that the caller holds.

        Each table has its turn for all of them: a document at a time takes a twelfth more.
        """
        for rows, _ in batch:
            self._delete(rows.document_id)
        self._note_editions("stale")
        first = int(self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM unit").fetchone()[0])
        firsts = list(accumulate((len(rows.units) for rows, _ in batch), initial=first))
        self._db.executemany(
            f"INSERT INTO document VALUES ({','.join('?' * 25)})",
            ((*r.facts, r.edition_of, r.fingerprint, r.text_key, extract_key, tag_key) for r, tag_key in batch),
        )
        numbered = [
            (number, rows.document_id, *unit)
            for begin, (rows, _) in zip(firsts, batch, strict=False)
            for number, unit in enumerate(rows.units, begin)
        ]
        self._db.executemany(f"INSERT INTO unit VALUES ({','.join('?' * 12)})", numbered)
        self._db.executemany(
            "INSERT INTO unit_index (rowid, words) VALUES (?, ?)",
            (
                (number, to_index_words(unit[_TEXT]) if rows.han else unit[_TEXT])
                for begin, (rows, _) in zip(firsts, batch, strict=False)
                for number, unit in enumerate(rows.units, begin)
            ),
        )
        self._put_tags(
            (begin + tag[0], *tag[1:])
            for begin, (rows, _) in zip(firsts, batch, strict=False)
            for tag in rows.tags or ()
        )
        for rows, tag_key in batch:
            keys = (rows.fingerprint, rows.text_key, extract_key, tag_key)
            sealed = [(rows.units[position][0], *rest) for position, *rest in rows.tags or ()]
            seal = seal_tables([[(*rows.facts, *keys)], sorted(rows.units), sorted(sealed)])
            self._write_seal(rows.document_id, seal)

    def write_tags(self, document_id: str, tags: Sequence[UnitTags], *, tag_key: str) -> None:
        """Replace the tags of a stored document; ``tags`` in the order of its units."""
        with self.transaction():
            ids = [
                row[0]
                for row in self._db.execute("SELECT id FROM unit WHERE document_id = ? ORDER BY n", (document_id,))
            ]
            if len(ids) != len(tags):
                raise ValueError(f"{document_id}: {len(ids)} units but {len(tags)} tag sets")
            self._db.execute(
                "DELETE FROM tag WHERE unit_id IN (SELECT id FROM unit WHERE document_id = ?)", (document_id,)
            )
            self._put_tags(to_tag_rows(zip(ids, tags, strict=True)))
            self._db.execute("UPDATE document SET tag_key = ? WHERE id = ?", (tag_key, document_id))
            self._write_seal(document_id, seal_tables(self._read_sealed(document_id)))

    def write_editions(self, edition_of: dict[str, str]) -> None:
        """Set which document stands for which others; keys are the documents that stand back."""
        with self.transaction():
            self._db.execute("UPDATE document SET edition_of = '' WHERE edition_of <> ''")
            self._db.executemany(
                "UPDATE document SET edition_of = ? WHERE id = ?", ((v, k) for k, v in edition_of.items())
            )
            self._note_editions("linked")

    @property
    def editions_linked(self) -> bool:
        """Whether write_editions has run since a document was last written or deleted."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'editions'").fetchone()
        return row is None or row[0] == "linked"

    def _note_editions(self, state: str) -> None:
        """Once a transaction: it is the same for each of its documents."""
        if state != self._noted:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('editions', ?)", (state,))
            self._noted = state

    def delete_document(self, document_id: str) -> None:
        with self.transaction():
            self._delete(document_id)
            self._note_editions("stale")

    def _delete(self, document_id: str) -> None:
        if not self._db.execute("SELECT 1 FROM document WHERE id = ?", (document_id,)).fetchone():
            return
        rows = self._db.execute("SELECT id, text FROM unit WHERE document_id = ?", (document_id,)).fetchall()
        if rows:
            self._db.executemany(
                "INSERT INTO unit_index (unit_index, rowid, words) VALUES ('delete', ?, ?)",
                ((unit_id, to_index_words(text)) for unit_id, text in rows),
            )
            self._db.execute(
                "DELETE FROM tag WHERE unit_id IN (SELECT id FROM unit WHERE document_id = ?)", (document_id,)
            )
            self._db.execute("DELETE FROM unit WHERE document_id = ?", (document_id,))
        self._db.execute("DELETE FROM document WHERE id = ?", (document_id,))
        self._db.execute("DELETE FROM meta WHERE key = ?", (_SEAL + document_id,))

    def _put_tags(self, rows: Iterable[Row]) -> None:
        self._db.executemany("INSERT INTO tag VALUES (?, ?, ?, ?, ?, ?)", rows)

    def read_overview(self) -> tuple[StoredDocument, ...]:
        """All documents without their text, by framework, date and id."""
        rows = self._db.execute(
            "SELECT id, sha256, basis, source, framework, round, kind, date, language, title, edition_of, warnings, found,"
            " (SELECT count(*) FROM unit WHERE document_id = document.id), extract_key, tag_key, text_key, media"
            " FROM document ORDER BY framework, date, id"
        )
        return tuple(
            StoredDocument(
                **dict(zip(_OVERVIEW, row, strict=False)),
                warnings=tuple(json.loads(row[11])),
                unsure=tuple(name for name, found in json.loads(row[12]).items() if not found["sure"]),
                units=row[13],
                extract_key=row[14],
                tag_key=row[15],
                text_key=row[16],
                media=row[17],
            )
            for row in rows
        )

    def read_text_key(self, document_id: str) -> str:
        """The check of the document's text as it was written; "" for an unknown document."""
        row = self._db.execute("SELECT text_key FROM document WHERE id = ?", (document_id,)).fetchone()
        return str(row[0]) if row else ""

    def read_ids(self) -> tuple[str, ...]:
        """Ids of all documents, also where the rest of their rows cannot be read."""
        return tuple(str(row[0]) for row in self._db.execute("SELECT id FROM document ORDER BY id"))

    def read_fingerprints(self) -> dict[str, bytes]:
        return dict(self._db.execute("SELECT id, fingerprint FROM document ORDER BY id"))

    def read_document(self, document_id: str) -> Document | None:
        """One document whole, or None."""
        return next(self._iter_documents("WHERE id = ?", (document_id,)), None)

    def iter_documents(self) -> Iterator[Document]:
        return self._iter_documents("ORDER BY framework, date, id", ())

    def _iter_documents(self, clause: str, values: tuple[object, ...]) -> Iterator[Document]:
        rows = self._db.execute(
            "SELECT id, sha256, basis, source, url, framework, round, kind, date, place, language, title, found, text,"
            f" blocks, pages, tables, media, engine, warnings, edition_of FROM document {clause}",
            values,
        )
        for row in rows:
            found = json.loads(row[12])
            metadata = Metadata(
                **{name: Found(row[5 + i], found[name]["where"], found[name]["sure"]) for i, name in enumerate(FIELDS)}
            )
            yield Document(
                id=row[0],
                sha256=row[1],
                basis=row[2],
                source=row[3],
                url=row[4],
                metadata=metadata,
                text=row[13],
                blocks=tuple(Block(*block) for block in json.loads(row[14])),
                pages=tuple((start, page) for start, page in json.loads(row[15])),
                tables=tuple(_to_table(table) for table in json.loads(row[16])),
                media=row[17],
                engine=row[18],
                warnings=tuple(json.loads(row[19])),
                edition_of=row[20],
            )

    # --- units and tags

    def read_units(self, document_id: str) -> tuple[Unit, ...]:
        rows = self._db.execute(f"SELECT {_UNIT} FROM unit WHERE document_id = ? ORDER BY n", (document_id,))
        return tuple(Unit(*row) for row in rows)

    def read_coded_units(self, document_ids: Sequence[str] | None = None) -> tuple[CodedUnit, ...]:
        """Tagged units in document and reading order; of all documents where none is named."""
        rows = self._db.execute(
            f"SELECT unit.id, document.framework, document.round, document.kind, document.date, document.basis, {_UNIT_OF}"
            " FROM unit JOIN document ON document.id = unit.document_id WHERE document.tag_key <> ''"
            " ORDER BY document.framework, document.date, document.id, unit.n"
        ).fetchall()
        wanted = None if document_ids is None else set(document_ids)
        if wanted is not None:
            rows = [row for row in rows if row[6] in wanted]
        return self._to_coded(rows, None if wanted is None else {row[0] for row in rows})

    def _to_coded(self, rows: Sequence[tuple[Any, ...]], only: set[int] | None) -> tuple[CodedUnit, ...]:
        tags: dict[int, list[tuple[str, Tag]]] = {}
        if only is not None and len(only) <= 500:
            marks = ",".join("?" * len(only))
            tag_rows = self._db.execute(
                f"SELECT * FROM tag WHERE unit_id IN ({marks}) ORDER BY unit_id, rank", sorted(only)
            )
        else:
            tag_rows = self._db.execute("SELECT * FROM tag ORDER BY unit_id, rank")
        for unit_id, dimension, _, code_id, score, by in tag_rows:
            if only is None or unit_id in only:
                tags.setdefault(unit_id, []).append((dimension, Tag(cast(Dimension, dimension), code_id, score, by)))
        return tuple(
            CodedUnit(Unit(*row[6:]), _to_unit_tags(tags[row[0]]), row[1], row[2], row[3], row[4], row[5])
            for row in rows
            if row[0] in tags
        )

    def search_units(
        self, query: str, *, framework: str = "", round_id: str = "", language: str = "", limit: int = 50
    ) -> tuple[SearchHit, ...]:
        """Units that hold all words (or "quoted phrases") of the query, best first, in both languages."""
        expression = to_match_expression(query)
        if not expression:
            return ()
        rows = self._db.execute(
            f"SELECT unit.id, document.framework, document.round, document.kind, document.date, document.basis, {_UNIT_OF},"
            " unit_index.rank FROM unit_index JOIN unit ON unit.id = unit_index.rowid"
            " JOIN document ON document.id = unit.document_id"
            " WHERE unit_index MATCH ? AND (? = '' OR lower(document.framework) = lower(?))"
            " AND (? = '' OR document.round = ?) AND (? = '' OR unit.language = ?)"
            " ORDER BY unit_index.rank, document.date, document.id, unit.n LIMIT ?",
            (expression, framework, framework, round_id, round_id, language, language, limit),
        ).fetchall()
        coded = self._to_coded([row[:-1] for row in rows], {row[0] for row in rows})
        ranks = {(row[6], row[7]): row[-1] for row in rows}
        return tuple(SearchHit(c, ranks[(c.unit.document_id, c.unit.n)]) for c in coded)

    # --- quarantine and settings

    def write_quarantine(self, source: str, sha256: str, reason: str, message: str) -> None:
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?)", (source, sha256, reason, message))

    def clear_quarantine(self, source: str) -> None:
        with self.transaction():
            self._db.execute("DELETE FROM quarantine WHERE source = ?", (source,))

    def read_quarantine(self) -> tuple[tuple[str, str, str, str], ...]:
        """(source, sha256, reason, message) of every refused source."""
        return tuple(self._db.execute("SELECT source, sha256, reason, message FROM quarantine ORDER BY source"))

    def check_integrity(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file and its search index; empty when sound."""
        try:
            rows = [row[0] for row in self._db.execute("PRAGMA integrity_check")]
            self._check_index()
        except sqlite3.Error as error:
            return (str(error),)
        return tuple(row for row in rows if row != "ok")

    def check_seals(self) -> tuple[str, ...]:
        """Ids of documents of which any stored value (edition_of apart) is not the one that was written.

        A store from before there were seals has none to break.
        """
        if not self._db.execute("SELECT 1 FROM meta WHERE key LIKE ? LIMIT 1", (_SEAL + "%",)).fetchone():
            return ()
        broken = []
        for (document_id,) in self._db.execute("SELECT id FROM document ORDER BY id").fetchall():
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (_SEAL + document_id,)).fetchone()
            if row is None or not fits_seal(row[0], self._read_sealed(document_id)):
                broken.append(document_id)
        return tuple(broken)

    def _check_index(self) -> None:
        """SQLite checks a full-text index by a write, so in a temporary copy of it."""
        self._db.execute("ATTACH ':memory:' AS copy")
        try:
            self._db.execute(
                "CREATE VIRTUAL TABLE copy.unit_index USING fts5 (words, content='', tokenize='porter unicode61')"
            )
            for part in ("data", "idx", "docsize", "config"):
                self._db.execute(f"DELETE FROM copy.unit_index_{part}")
                self._db.execute(f"INSERT INTO copy.unit_index_{part} SELECT * FROM main.unit_index_{part}")
            self._db.execute("INSERT INTO copy.unit_index (unit_index) VALUES ('integrity-check')")
        finally:
            self._db.execute("DETACH copy")

    def _write_seal(self, document_id: str, seal: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SEAL + document_id, seal))

    def _read_sealed(self, document_id: str) -> list[list[tuple[Any, ...]]]:
        """All that is stored of a document, texts as bytes."""
        factory, self._db.text_factory = self._db.text_factory, bytes
        try:
            return [self._db.execute(query, (document_id,)).fetchall() for query in _SEALED]
        finally:
            self._db.text_factory = factory


_OVERVIEW = ("id", "sha256", "basis", "source", "framework", "round", "kind", "date", "language", "title", "edition_of")
_SEAL = "seal:"
_SEALED = (
    "SELECT id, sha256, basis, source, url, framework, round, kind, date, place, language, title, found, text, blocks,"
    " pages, tables, media, engine, warnings, fingerprint, text_key, extract_key, tag_key FROM document WHERE id = ?",
    'SELECT n, start, "end", text, section, paragraph, language, page, kind, lead FROM unit'
    " WHERE document_id = ? ORDER BY n",
    "SELECT unit.n, dimension, rank, code_id, score, by FROM tag JOIN unit ON unit.id = unit_id"
    " WHERE document_id = ? ORDER BY unit.n, dimension, rank",
)
_UNIT = 'document_id, n, start, "end", text, section, paragraph, language, page, kind, lead'
_UNIT_OF = ", ".join(f"unit.{name.strip()}" for name in _UNIT.split(","))
_HAN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff])")
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')


def to_index_words(text: str) -> str:
    """Text as indexed: Han characters apart, so that any Chinese phrase is a phrase query."""
    return text if text.isascii() else _HAN.sub(r" \1 ", text)


def to_match_expression(query: str) -> str:
    """A user's words as an FTS5 expression: every word or quoted phrase must occur; "" for none."""
    phrases = [quoted or word for quoted, word in _QUOTED.findall(query)]
    terms = []
    for phrase in phrases:
        words = re.findall(r"\w+", to_index_words(phrase))
        if words:
            terms.append('"' + " ".join(words) + '"')
    return " ".join(terms)


def _to_unit_tags(tags: Sequence[tuple[str, Tag]]) -> UnitTags:
    grouped: dict[str, list[Tag]] = {"issue": [], "industry": [], "action": []}
    for dimension, tag in tags:
        grouped[dimension].append(tag)
    return UnitTags(tuple(grouped["issue"]), tuple(grouped["industry"]), grouped["action"][0])


def _to_table(data: dict[str, Any]) -> Table:
    return Table(tuple(tuple(row) for row in data["rows"]), data["caption"], data["page"])


def _quote(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def _roll_back(path: Path) -> None:
    """A killed run leaves a journal that only a writer may roll back: do it before anyone reads."""
    if path.with_name(path.name + "-journal").exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=_LOCK_SECONDS)) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _store_error(path: Path, error: BaseException) -> StoreError:
    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        text = error.strerror
    if "disk is full" in text or "No space left" in text or "disk I/O error" in text or "File too large" in text:
        return StoreError(
            f"{path}: the disk is full or refuses to write; free some space and run again, nothing was changed"
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text or isinstance(error, OSError):
        return StoreError(f"{path}: cannot be written or opened; check the folder's permissions, nothing was changed")
    if "locked" in text:
        return StoreError(f"{path}: another parley run holds the store; wait for it to end, then run again")
    if "malformed" in text or "not a database" in text:
        return StoreError(f"{path}: the store is damaged; delete corpus/built and run make report to rebuild it")
    return StoreError(f"{path}: {text}; run parley verify")
