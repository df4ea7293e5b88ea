"""What a unit is about, as far as alignment needs it: words, names, kinds of initiative, and what pronouns stand for.

"The mechanism", "this roadmap" or a bare "it" speaks of an initiative that an earlier sentence named. Such a unit
takes over, at a discount, the words and names of that sentence, so that it can be recognised in the other round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.changes.names import Mentions, find_heads, find_mentions, resolve_acronyms, same_head
from pipeline.changes.places import find_places
from pipeline.changes.words import split_words
from pipeline.records import ACTION_LEVELS, CodedUnit

LOOK_BACK = 8
"""How many units of the same section are searched for what a pronoun or "the mechanism" stands for."""
TAKEN = 0.6
"""Weight of words and names taken over from the sentence that an anaphor refers to."""
LEAD = 0.5
"""Weight of the sentence that introduces a list item."""
NEAR = 0.2
"""Weight of the sentence before in the same paragraph, anaphor or not (context words only)."""

_OPENERS_EN = re.compile(
    r"^(?:in (?:this|that|these) (?:context|regard|respect|connection)|to (?:this|that|these) ends?|for (?:this|that) (?:purpose|reason)|"
    r"in (?:addition|conjunction|parallel|particular)|as (?:a|an) (?:first|next|intermediate)\b|going forward|moving forward|"
    r"(?:this|these|those|it|they|such|its|their)\b|the (?:groups?|work|approach|effort|event|meeting|goal|aim|objective)\b|"
    r"(?:first|next|further) (?:efforts|steps)|support includes)|\b(?:aforementioned|above-mentioned|said|the latter)\b",
    re.IGNORECASE,
)
_OPENERS_ZH = re.compile(r"^(?:该|此|这|上述|其|它|为此|在此基础上|同时|另外|此外|下一步)")
_DEFINITE_EN = re.compile(
    r"\b(?:the|this|these|that|such|our)\s+(?:joint |new |said |same |two |three )?(task force|working group|expert group|"
    r"early warning mechanism|work program(?:me)?|action plan|[a-z]+)\b(?!\s+(?:of|on|for|to)\b)",
    re.IGNORECASE,
)
_DEFINITE_ZH = re.compile(r"(?:该|这一|此|上述|这些|本)([\u4e00-\u9fff]{2,5})")


@dataclass(frozen=True, slots=True)
class Profile:
    """A unit made comparable. Values of the bags are weights: 1 for what the unit says itself.

    ``source``: position of the profile that an anaphor was resolved to, -1 for none.
    """

    unit: CodedUnit
    words: dict[str, float]
    pairs: dict[str, float]
    names: dict[str, float]
    context: dict[str, float]
    section: tuple[str, ...]
    heads: tuple[str, ...]
    mentions: Mentions
    places: frozenset[str] = frozenset()
    source: int = -1

    @property
    def level(self) -> int:
        """Position of the action level, 0 for none to 4 for deliver."""
        return ACTION_LEVELS.index(self.unit.tags.action.code_id)

    @property
    def section_key(self) -> tuple[str, str]:
        return (self.unit.unit.document_id, self.unit.unit.section)


_Spoken = tuple[tuple[str, str], tuple[str, ...]]
"""Document and section of a unit, and the kinds of initiative it speaks of."""


def make_profiles(
    units: Sequence[CodedUnit], acronyms: dict[str, tuple[str, ...]] | None = None
) -> tuple[Profile, ...]:
    """One profile a unit, in the given order, which must be that of the documents.

    ``acronyms``: expansions known from elsewhere (the other round); those spelled out here are found anyway.
    """
    known = {**resolve_acronyms(u.unit.text for u in units), **(acronyms or {})}
    profiles: list[Profile] = []
    for unit, source in zip(units, find_sources(units), strict=True):
        profiles.append(_make_profile(unit, known, profiles, source))
    return tuple(profiles)


def find_sources(units: Sequence[CodedUnit]) -> tuple[int, ...]:
    """Position of the unit that each one speaks on about, -1 for none: ``source`` of its profile, without the rest."""
    before: list[_Spoken] = []
    sources: list[int] = []
    for coded in units:
        unit = coded.unit
        sources.append(_find_source(coded, before))
        before.append(((unit.document_id, unit.section), find_heads(unit.text, unit.language)))
    return tuple(sources)


def _make_profile(
    coded: CodedUnit, acronyms: dict[str, tuple[str, ...]], before: Sequence[Profile], source: int
) -> Profile:
    unit = coded.unit
    mentions = find_mentions(unit.text, unit.language, acronyms)
    stems = _expand(split_words(unit.text, unit.language), unit.text, acronyms)
    words = dict.fromkeys(stems, 1.0)
    pairs = {f"{a} {b}": 1.0 for a, b in pairwise(stems)}
    names = {part: 1.0 for name in mentions.proper for part in name}
    heads = mentions.heads
    context = dict(words)
    if source >= 0:
        taken = before[source]
        _add(context, taken.context, TAKEN)
        _add(names, taken.names, TAKEN)
        heads = (*heads, *(h for h in taken.heads if h not in heads))
    if unit.lead:
        lead = find_mentions(unit.lead, unit.language, acronyms)
        _add(context, dict.fromkeys(split_words(unit.lead, unit.language), 1.0), LEAD)
        _add(names, {part: 1.0 for name in lead.proper for part in name}, LEAD)
    if before and _same_paragraph(before[-1].unit, coded):
        _add(context, before[-1].words, NEAR)
    section = tuple(split_words(unit.section, unit.language))
    places = find_places(unit.text) or (before[source].places if source >= 0 else frozenset())
    return Profile(coded, words, pairs, names, context, section, heads, mentions, places, source)


def _expand(stems: list[str], text: str, acronyms: dict[str, tuple[str, ...]]) -> list[str]:
    """The stems with those of the acronyms' expansions added, so that short and long form share words."""
    extra = [s for short, long in acronyms.items() if re.search(rf"\b{re.escape(short)}s?\b", text) for s in long]
    return [*stems, *(s for s in extra if s not in stems)]


def _find_source(coded: CodedUnit, before: Sequence[_Spoken]) -> int:
    """Position of the unit that this one speaks on about, -1 for none."""
    unit = coded.unit
    start = len(before)
    while start > 0 and len(before) - start < LOOK_BACK and before[start - 1][0] == (unit.document_id, unit.section):
        start -= 1
    if start == len(before):
        return -1
    definite = _DEFINITE_ZH if unit.language == "zh" else _DEFINITE_EN
    wanted = [same_head(m[1].lower()) for m in definite.finditer(unit.text)]
    for position in range(len(before) - 1, start - 1, -1):
        if any(h in wanted or any(w.endswith(h) for w in wanted) for h in before[position][1]):
            return position
    opener = _OPENERS_ZH if unit.language == "zh" else _OPENERS_EN
    return len(before) - 1 if opener.search(unit.text) else -1


def _same_paragraph(a: CodedUnit, b: CodedUnit) -> bool:
    return (a.unit.document_id, a.unit.paragraph) == (b.unit.document_id, b.unit.paragraph)


def _add(bag: dict[str, float], more: dict[str, float], weight: float) -> None:
    for key, value in more.items():
        bag[key] = max(bag.get(key, 0.0), weight * value)
