"""What speaks for the codes of each unit: its own words, its headings, its lead-in, the unit before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.records import Unit
from pipeline.tag.decide import Evidence
from pipeline.tag.hits import Hits, Side, sort_hits, sum_side
from pipeline.tag.issues import PROCEDURAL
from pipeline.tag.levels import Clause
from pipeline.tag.match import Match
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


class Found(NamedTuple):
    """A unit with its text as read and what speaks for its codes."""

    unit: Unit
    text: Text
    evidence: Evidence


class _Context(NamedTuple):
    """What is said around the units of one section and lead-in."""

    heading: Side
    lead: Side


def language_of(unit: Unit) -> str:
    """The language whose rules code the unit."""
    return "zh" if unit.language == "zh" else "en"


def find_evidence(units: Sequence[Unit], get_reader: Callable[[str], Reader], repeat: float) -> list[Found]:
    """Everything that fired in the units and around them; one scan a language, every context matched once.

    ``repeat``: what each further hit of an issue in a heading or lead-in counts of the one before.
    """
    spoken: dict[str, Iterator[tuple[Text, tuple[Match, ...], _Context]]] = {}
    for language in dict.fromkeys(map(language_of, units)):
        of_language = [unit for unit in units if language_of(unit) == language]
        spoken[language] = _match_all(of_language, get_reader(language), repeat)
    result = []
    previous: Unit | None = None
    for unit, asked in zip(units, find_questioners(units), strict=True):
        text, own, context = next(spoken[language_of(unit)])
        if previous is not None and previous.document_id != unit.document_id:
            previous = None
        listed = unit.kind == "list_item"
        hits = sort_hits(own, len(text.plain.text))
        evidence = Evidence(
            own=own,
            hits=hits,
            heading=context.heading,
            lead=context.lead,
            carry=_carry_reason(unit, previous, hits),
            fragment=listed and _is_fragment(unit, text.clauses),
            listed=listed,
            question=asked or _is_question(unit.text),
            opens_list=unit.text.rstrip().endswith((":", "：")) or _OPENER.match(unit.text) is not None,
        )
        result.append(Found(unit, text, evidence))
        previous = unit
    return result


def _match_all(
    units: Sequence[Unit], reader: Reader, repeat: float
) -> Iterator[tuple[Text, tuple[Match, ...], _Context]]:
    """For each unit of one language its text, the rules that fire on it, and what stands around it."""
    keys = {key: number for number, key in enumerate(dict.fromkeys((unit.section, unit.lead) for unit in units))}
    titles = dict.fromkeys(title for section, _ in keys for title in _titles(section))
    leads = list(dict.fromkeys(lead for _, lead in keys if lead))
    reading = reader.read_texts(titles, (*[unit.text for unit in units], *leads))
    around = [reading.list_rows((*_titles(section), *([lead] if lead else ()))) for section, lead in keys]
    numbers = [keys[unit.section, unit.lead] for unit in units]
    rows = reading.list_rows([*[unit.text for unit in units], *leads])
    alone = len(keys)  # a lead-in is read without anything around it
    spoken = reader.match_texts(reading, rows, [*numbers, *[alone] * len(leads)], [*around, []])
    opened = dict(zip(leads, spoken[len(units) :], strict=True))
    headings = dict(zip(titles, reader.match_headings(reading, reading.list_rows(titles)), strict=True))
    contexts = [
        _Context(
            sum_side(_find_heading(section, headings), repeat, without=PROCEDURAL),
            sum_side(opened.get(lead, ()), repeat, without=PROCEDURAL),
        )
        for section, lead in keys
    ]
    for row, number, matches in zip(rows, numbers, spoken, strict=False):
        yield reading.texts[row], matches, contexts[number]


def _find_heading(section: str, headings: Mapping[str, tuple[Match, ...]]) -> tuple[Match, ...]:
    """What fires on the nearest heading that names an issue."""
    for title in _titles(section):
        if any(match.rule.purpose == "issue" for match in headings[title]):
            return headings[title]
    return ()


@lru_cache(maxsize=4096)
def _titles(section: str) -> tuple[str, ...]:
    """Headings from the nearest outward."""
    return tuple(title for title in reversed(section.split(" > ")) if title.strip())


def _is_fragment(unit: Unit, clauses: Sequence[Clause]) -> bool:
    """An item without a main clause of its own: noun phrase, participle, or an order ("Share data")."""
    if language_of(unit) == "zh":
        return not any(_speaks_for_itself(clause) for clause in clauses)
    return not any(clause.place == "main" and clause.form not in ("base", "gerund") for clause in clauses)


def _speaks_for_itself(clause: Clause) -> bool:
    """A Chinese clause with its own subject or tense, where a bare verb (开展培训) leans on the lead-in."""
    return clause.form != "bare" or clause.subject in _ACTORS


def _is_question(text: str) -> bool:
    """Does it ask? A statement that only ends in a tag ("that works, right?") does not."""
    return text.rstrip("\"'”’ ").endswith(("?", "？")) and not _TAG_QUESTION.search(text)


def _carry_reason(unit: Unit, previous: Unit | None, hits: Hits) -> str:
    """Why the unit may take the codes of the one before: a continuation word, the paragraph, the section."""
    if previous is None or _NUMBERED.match(unit.text):
        return ""
    if hits.cue and previous.section == unit.section:
        return "cue"
    if previous.paragraph == unit.paragraph:
        return "paragraph"
    return "section" if previous.section == unit.section and unit.kind != "list_item" else ""
