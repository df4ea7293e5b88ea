"""Initiatives followed over all rounds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from pipeline.changes.naming import is_full_name, name_initiative
from pipeline.changes.places import find_places
from pipeline.changes.settings import AlignSettings
from pipeline.changes.track import select_commitments, track_changes
from pipeline.records import Change, CodedUnit, Evidence, Thread, ThreadStep

Found = dict[Evidence, tuple[str, Evidence]]
Step = tuple[int, CodedUnit, str]
"""Position of the round, the unit, its status."""


class Tracker(Protocol):
    """What tells the changes between two rounds: ``track_changes``, or one that keeps what it told before."""

    def __call__(
        self,
        earlier: Sequence[CodedUnit],
        later: Sequence[CodedUnit],
        *,
        framework: str,
        round_from: str,
        round_to: str,
    ) -> tuple[Change, ...]: ...


def build_threads(
    rounds: Sequence[tuple[str, Sequence[CodedUnit]]],
    *,
    framework: str,
    settings: AlignSettings | None = None,
    background: Mapping[str, int] | None = None,
    track: Tracker | None = None,
) -> tuple[Thread, ...]:
    """Threads over rounds in date order; every commitment stands in exactly one thread.

    A commitment without an antecedent in the round before is also compared with the last sentences of each thread
    that ended earlier, so that an initiative that skips a round is still one thread. One that speaks on about a sentence
    before it ("the mechanism will ...") joins that sentence's thread.
    ``track``: takes the place of ``track_changes`` with these settings.
    """
    tell = track or partial(track_changes, settings=settings, background=background)

    def link(earlier: Sequence[CodedUnit], later: Sequence[CodedUnit], names: tuple[str, str]) -> Found:
        changes = tell(earlier, later, framework=framework, round_from=names[0], round_to=names[1])
        return {c.to: (c.status, c.links[0].evidence) for c in changes if c.to and c.links}

    home: dict[tuple[str, int], int] = {}
    members: list[list[Step]] = []
    for at, (name, units) in enumerate(rounds):
        found = link(rounds[at - 1][1], units, (rounds[at - 1][0], name)) if at else {}
        ended = _list_ended(members, at - 1)
        found = {**(link(ended, units, ("earlier", name)) if ended else {}), **found}
        spoken_of = _find_spoken_of(units)
        for unit in select_commitments(units):
            point = _point(unit)
            status, source = found.get(point, ("new", spoken_of.get(point)))
            thread = home.get((source.document_id, source.n)) if source else None
            if thread is None:
                thread = len(members)
                members.append([])
            members[thread].append((at, unit, status))
            home[(point.document_id, point.n)] = thread
    return tuple(_make_thread(framework, rounds, steps, name) for name, steps in _join_by_name(members))


def _join_by_name(members: Sequence[list[Step]]) -> list[tuple[str, list[Step]]]:
    """(name, steps) of each thread; those on one body or programme by its full name ("Talent for Growth Task Force") are one."""
    joined: list[tuple[str, list[Step]]] = []
    places: dict[str, int] = {}
    for steps in members:
        name = name_initiative([unit for _, unit, _ in steps])
        at = places.get(name)
        if at is None:
            if is_full_name(name, steps[0][1].unit.language):
                places[name] = len(joined)
            joined.append((name, steps))
        else:
            joined[at] = (name, sorted([*joined[at][1], *steps], key=lambda step: (step[0], *_place(step[1]))))
    return joined


def search_threads(
    threads: Sequence[Thread], query: str = "", *, issue: str = "", industry: str = "", partner: str = ""
) -> tuple[Thread, ...]:
    """Threads that meet all conditions. ``query``: stands in the name or a sentence, whole or word by word (any case).

    ``partner``: a country, found in either language and as an adjective too; ``issue``, ``industry``: codes.
    """
    wanted = find_places(partner)

    def holds(thread: Thread) -> bool:
        texts = [thread.name, *(s.text for s in thread.steps)]
        return (
            (not issue or issue in thread.issues)
            and (not industry or industry in thread.industries)
            and any(_has_words(text.casefold(), query.casefold()) for text in texts)
            and (not partner or any(wanted & find_places(t) or partner.casefold() in t.casefold() for t in texts))
        )

    return tuple(t for t in threads if holds(t))


def _has_words(text: str, query: str) -> bool:
    return query in text or all(word in text for word in query.split())


def _make_thread(
    framework: str, rounds: Sequence[tuple[str, Sequence[CodedUnit]]], steps: Sequence[Step], name: str
) -> Thread:
    rows = tuple(
        ThreadStep(
            rounds[at][0],
            u.date,
            _point(u),
            u.unit.text,
            u.tags.action.code_id,
            status,
        )
        for at, u, status in steps
    )
    first = rows[0].evidence
    key = f"{framework}:{first.document_id}:{first.start}"
    issues = tuple(dict.fromkeys(t.code_id for _, u, _ in steps for t in u.tags.issues))
    industries = tuple(dict.fromkeys(t.code_id for _, u, _ in steps for t in u.tags.industries))
    return Thread(hashlib.sha256(key.encode()).hexdigest()[:10], framework, name, issues, industries, rows)


def _list_ended(members: Sequence[list[Step]], before: int) -> list[CodedUnit]:
    """What each thread that ended before a round said last, all its sentences of that round, in the order of the texts."""
    last = [(steps[-1][0], steps) for steps in members if steps[-1][0] < before]
    found = [(at, unit) for end, steps in last for at, unit, _ in steps if at == end]
    return [unit for _, unit in sorted(found, key=lambda pair: (pair[0], *_place(pair[1])))]


def _find_spoken_of(units: Sequence[CodedUnit]) -> dict[Evidence, Evidence]:
    """Unit -> the unit of the same round that its "it" or "the mechanism" stands for, where there is one."""
    from pipeline.changes.profile import find_sources

    return {
        _point(unit): _point(units[source])
        for unit, source in zip(units, find_sources(units), strict=True)
        if source >= 0
    }


def _point(unit: CodedUnit) -> Evidence:
    return Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)


def _place(unit: CodedUnit) -> tuple[str, int]:
    return unit.unit.document_id, unit.unit.n
