"""Initiatives followed over all rounds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pipeline.changes.settings import AlignSettings
from pipeline.changes.track import select_commitments, track_changes
from pipeline.codebook import Codebook
from pipeline.records import CodedUnit, Evidence, Thread, ThreadStep


def build_threads(
    rounds: Sequence[tuple[str, Sequence[CodedUnit]]],
    *,
    framework: str,
    codebook: Codebook,
    settings: AlignSettings | None = None,
    background: Mapping[str, int] | None = None,
) -> tuple[Thread, ...]:
    """Threads over rounds in date order; every commitment stands in exactly one thread."""
    group: dict[tuple[str, int], int] = {}
    members: list[list[tuple[int, CodedUnit, str]]] = []
    for at, (_, units) in enumerate(rounds):
        found: dict[Evidence, tuple[str, Evidence | None]] = {}
        if at:
            changes = track_changes(
                rounds[at - 1][1],
                units,
                framework=framework,
                round_from=rounds[at - 1][0],
                round_to=rounds[at][0],
                codebook=codebook,
                settings=settings,
                background=background,
            )
            found = {c.to: (c.status, c.links[0].evidence if c.links else None) for c in changes if c.to}
        for unit in select_commitments(units):
            point = Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)
            status, source = found.get(point, ("new", None))
            home = group.get((source.document_id, source.n)) if source else None
            if home is None:
                home = len(members)
                members.append([])
            members[home].append((at, unit, status))
            group[(point.document_id, point.n)] = home
    return tuple(_make_thread(framework, rounds, steps) for steps in members)


def search_threads(
    threads: Sequence[Thread], query: str = "", *, issue: str = "", industry: str = "", partner: str = ""
) -> tuple[Thread, ...]:
    """Threads whose name or sentences hold the query (any case) and that carry the given codes."""
    wanted = [w for w in (query.casefold(), partner.casefold()) if w]
    return tuple(
        t
        for t in threads
        if (not issue or issue in t.issues)
        and (not industry or industry in t.industries)
        and all(w in " ".join([t.name, *(s.text for s in t.steps)]).casefold() for w in wanted)
    )


def name_initiative(units: Sequence[CodedUnit]) -> str:
    """A short name for what the units have in common: the name of an initiative that most of them use.

    Names with a head ("Early Warning Mechanism") go before others, names said by several units before those said
    once, shorter before longer; where no name is found, the first words of the first unit.
    """
    from pipeline.changes.names import find_heads, find_mentions, resolve_acronyms

    acronyms = resolve_acronyms(u.unit.text for u in units)
    votes: dict[tuple[str, ...], list[str]] = {}
    for unit in units:
        mentions = find_mentions(unit.unit.text, unit.unit.language, acronyms)
        for bag, spelled in zip(mentions.names, mentions.spelled, strict=True):
            if bag in mentions.proper and len(bag) > 1:
                votes.setdefault(bag, []).append(spelled)
    parties = ("unit", "stat", "european", "union", "eu", "u.s", "council", "president")
    named = [b for b in votes if sum(part in parties for part in b) * 2 < len(b)]
    if named:
        language = units[0].unit.language
        best = min(
            named, key=lambda b: (not find_heads(votes[b][0], language), -len(votes[b]), abs(len(b) - 4), votes[b][0])
        )
        return _shorten(votes[best][0])
    section = units[0].unit.section.split(" > ")[-1].strip()
    return _shorten(section or units[0].unit.text)


def _shorten(text: str) -> str:
    words = text.split()
    short = " ".join(words[:12]) + (" ..." if len(words) > 12 else "")
    return short if len(short) <= 90 else short[:89] + "…"


def _make_thread(
    framework: str, rounds: Sequence[tuple[str, Sequence[CodedUnit]]], steps: list[tuple[int, CodedUnit, str]]
) -> Thread:
    rows = tuple(
        ThreadStep(
            rounds[at][0],
            u.date,
            Evidence(u.unit.document_id, u.unit.n, u.unit.start, u.unit.end),
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
    name = name_initiative([u for _, u, _ in steps])
    return Thread(hashlib.sha256(key.encode()).hexdigest()[:10], framework, name, issues, industries, rows)
