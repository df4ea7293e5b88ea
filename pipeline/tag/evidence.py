"""What speaks for the codes of each unit: its own words, its headings, its lead-in, the unit before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.records import Unit
from pipeline.tag.firing import Spoken
from pipeline.tag.hits import Side, sum_side
from pipeline.tag.issues import PROCEDURAL
from pipeline.tag.levels import Clause
from pipeline.tag.reading import Reader, Text
from pipeline.tag.turns import find_questioners

_ACTORS = ("both", "party")
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,3}|[IVX]{1,5})[.)、]\s")
"""A numbered paragraph begins a matter of its own."""
_OPENER = re.compile(
    r"(?:And |So |But )?(?i:this|these|they|it|that) (?:will |also )?(?:include|involve)s?\b|(?:这|其中)?包括"
)
"""A unit that introduces a list or goes on with one, as one that ends in a colon does; it takes the level of the sentence before."""
_TAG_QUESTION = re.compile(r"(?i), (?:you know|right|okay|ok|correct)\?\W*$")


class Context(NamedTuple):
    """What is said around the units of one section and lead-in: in the nearest heading that names an issue, and in the
    lead-in; ``said``: all that fires there."""

    heading: Side
    lead: Side
    said: tuple[Spoken | None, Spoken | None]


class Found(NamedTuple):
    """A unit with its text as read and what speaks for its codes. ``carry`` names the reason for looking back, "" for
    none; ``question``: it asks, or a questioner says it."""

    unit: Unit
    text: Text
    spoken: Spoken
    context: Context
    carry: str
    question: bool


def language_of(unit: Unit) -> str:
    """The language whose rules code the unit."""
    return "zh" if unit.language == "zh" else "en"


def find_evidence(units: Sequence[Unit], get_reader: Callable[[str], Reader], repeat: float) -> list[Found]:
    """Everything that fired in the units and around them; one scan a language, every context matched once.

    ``repeat``: what each further hit of an issue in a heading or lead-in counts of the one before.
    """
    heard: dict[str, Iterator[tuple[Text, Spoken, Context]]] = {}
    languages = list(map(language_of, units))
    for language in dict.fromkeys(languages):
        of_language = [unit for unit, spoken in zip(units, languages, strict=True) if spoken == language]
        heard[language] = _match_all(of_language, get_reader(language), repeat)
    result = []
    previous: Unit | None = None
    for unit, language, asked in zip(units, languages, find_questioners(units), strict=True):
        text, spoken, context = next(heard[language])
        carry = ""
        if previous is not None and previous.document_id == unit.document_id:
            carry = _carry_reason(unit, previous, cue=spoken.hits.cue)
        result.append(Found(unit, text, spoken, context, carry, asked or _is_question(unit.text)))
        previous = unit
    return result


def _match_all(units: Sequence[Unit], reader: Reader, repeat: float) -> Iterator[tuple[Text, Spoken, Context]]:
    """For each unit of one language its text, what fires in it, and what stands around it."""
    keys = {key: number for number, key in enumerate(dict.fromkeys([(unit.section, unit.lead) for unit in units]))}
    titles = dict.fromkeys(title for section, _ in keys for title in _titles(section))
    leads = list(dict.fromkeys(lead for _, lead in keys if lead))
    texts = [*[unit.text for unit in units], *leads]
    reading = reader.read_texts(titles, texts)
    around = [reading.list_rows((*_titles(section), *([lead] if lead else ()))) for section, lead in keys]
    numbers = [keys[unit.section, unit.lead] for unit in units]
    rows = reading.list_rows(texts)
    alone = len(keys)  # a lead-in is read without anything around it
    spoken = reader.match_texts(reading, rows, [*numbers, *[alone] * len(leads)], [*around, []])
    opened = dict(zip(leads, spoken[len(units) :], strict=True))
    headings = dict(zip(titles, reader.match_headings(reading, reading.list_rows(titles)), strict=True))
    contexts = []
    for section, lead in keys:
        said = _find_heading(section, headings), opened.get(lead)
        heading, opening = [sum_side(one and one.hits, repeat, without=PROCEDURAL) for one in said]
        contexts.append(Context(heading, opening, said))
    for row, number, one in zip(rows, numbers, spoken, strict=False):
        yield reading.texts[row], one, contexts[number]


def _find_heading(section: str, headings: Mapping[str, Spoken]) -> Spoken | None:
    """What fires in the nearest heading that names an issue."""
    return next((headings[title] for title in _titles(section) if headings[title].hits.issues), None)


@lru_cache(maxsize=4096)
def _titles(section: str) -> tuple[str, ...]:
    """Headings from the nearest outward."""
    return tuple(title for title in reversed(section.split(" > ")) if title.strip())


def is_fragment(found: Found) -> bool:
    """A list item without a main clause of its own: noun phrase, participle, or an order ("Share data"); it takes the
    level of its lead-in."""
    if found.unit.kind != "list_item":
        return False
    if language_of(found.unit) == "zh":
        return not any(_speaks_for_itself(clause) for clause in found.text.clauses)
    return not any(clause.place == "main" and clause.form not in ("base", "gerund") for clause in found.text.clauses)


def _speaks_for_itself(clause: Clause) -> bool:
    """A Chinese clause with its own subject or tense, where a bare verb (开展培训) leans on the lead-in."""
    return clause.form != "bare" or clause.subject in _ACTORS


def opens_list(text: str) -> bool:
    """Does the unit introduce a list?"""
    return text.rstrip().endswith((":", "：")) or _OPENER.match(text) is not None


def _is_question(text: str) -> bool:
    """Does it ask? A statement that only ends in a tag ("that works, right?") does not."""
    if "?" not in text and "？" not in text:
        return False
    return text.rstrip("\"'”’ ").endswith(("?", "？")) and not _TAG_QUESTION.search(text)


def _carry_reason(unit: Unit, previous: Unit, *, cue: bool) -> str:
    """Why the unit may take the codes of the one before: a continuation word, the paragraph, the section."""
    if _NUMBERED.match(unit.text):
        return ""
    if cue and previous.section == unit.section:
        return "cue"
    if previous.paragraph == unit.paragraph:
        return "paragraph"
    return "section" if previous.section == unit.section and unit.kind != "list_item" else ""
