"""Forms and editions of one statement: which document stands for all of them in scores, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.store import Store, StoredDocument

COMPLETE = 0.9
"""An edition with fewer than this share of the longest one's units is an extract of it."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS = ("text/markdown", "text/html", _DOCX, "application/pdf", "text/plain")


@dataclass(frozen=True, slots=True)
class Edition:
    """A document that stands back for another one, which is counted for both; ``why`` for people."""

    document_id: str
    stands_for: str
    why: str


def link_editions(store: Store) -> tuple[Edition, ...]:
    """Find the forms and editions of one statement anew, store which stands for all, return what is new."""
    overview = store.read_overview()
    known = {document.id: document.edition_of for document in overview if document.edition_of}
    found = find_editions(overview, store.read_fingerprints())
    if found != known or not store.editions_linked:
        store.write_editions(found)
    new = {key: value for key, value in found.items() if known.get(key) != value}
    return explain_editions(overview, new)


def find_editions(documents: Sequence[StoredDocument], fingerprints: Mapping[str, bytes]) -> dict[str, str]:
    """Document id -> id of the document that stands for it, for documents that stand back.

    Of the editions of a statement that one stands for all which comes first by: fewest warnings,
    fewest guessed metadata, a complete text, the form that carries most of its structure (Markdown,
    HTML, DOCX, PDF, plain text), most units, id (the one stored first). Digests and papers are editions of nothing.
    """
    from pipeline.extract.editions import find_edition_groups

    candidates = {d.id: d for d in documents if d.basis not in ("digest", "paper")}
    groups = find_edition_groups({key: fingerprints[key] for key in candidates if fingerprints.get(key)})
    result: dict[str, str] = {}
    for group in groups:
        longest = max(candidates[key].units for key in group)
        best = min(group, key=lambda key: _rank(candidates[key], longest))
        result.update({key: best for key in group if key != best})
    return result


def explain_editions(documents: Sequence[StoredDocument], edition_of: Mapping[str, str]) -> tuple[Edition, ...]:
    """Why each document of ``edition_of`` stands back, in the order of their ids."""
    by_id = {document.id: document for document in documents}
    pairs = [(key, value) for key, value in sorted(edition_of.items()) if key in by_id and value in by_id]
    return tuple(Edition(key, value, _compare(by_id[value], by_id[key])) for key, value in pairs)


def _rank(document: StoredDocument, longest: int) -> tuple[int, int, bool, int, int, str]:
    partial = document.units < COMPLETE * longest
    return (
        len(document.warnings),
        len(document.unsure),
        partial,
        _FORMS.index(document.media) if document.media in _FORMS else len(_FORMS),
        -document.units,
        document.id,
    )


def _compare(best: StoredDocument, other: StoredDocument) -> str:
    """The first thing that decided between the two, in words."""
    longest = max(best.units, other.units)
    reasons = (
        f"fewer warnings: {len(best.warnings)} against {len(other.warnings)}",
        f"fewer guesses: {len(best.unsure)} against {len(other.unsure)}",
        f"more complete: {best.units} sentences against {other.units}",
        f"its form keeps more structure: {_say_form(best)} against {_say_form(other)}",
        f"more sentences: {best.units} against {other.units}",
    )
    for reason, mine, theirs in zip(reasons, _rank(best, longest), _rank(other, longest), strict=False):
        if mine != theirs:
            return reason
    return "equally good; the first by id"


def _say_form(document: StoredDocument) -> str:
    form = document.media.rpartition("/")[2]
    return "docx" if form.endswith("wordprocessingml.document") else form or "unknown"
