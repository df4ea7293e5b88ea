"""A name for an initiative, such as a person would give it, from the sentences on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from pipeline.changes.background import share_of_word
from pipeline.changes.names import HEADS_EN, find_heads, find_mentions, resolve_acronyms
from pipeline.changes.places import find_places
from pipeline.changes.words import split_words, stem
from pipeline.records import CodedUnit

LONGEST = 70
"""Characters of a name; longer ones are cut at a word."""
_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|our|their|its|this|these|such|new|first|joint new|U\.S\.|EU|U\.S\.-EU|EU-U\.S\.|and|of|to|in|for|on|with|under|"
    r"by|from|as|will|also|through|at)\s+|该|这一|此)+",
    re.IGNORECASE,
)
_INNER = re.compile(r"^.*\b(?:of|in|on|for|under|through|to) (?:an?|the|our|its) (?=[A-Z])")
_FUNCTION = re.compile(
    r"^.*\b(?:an?|the|our|their|its|this|these|to|and|of|as|in|on|for|by|with|that|including|such|other|some|any|will|we)\s+(?=\S)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\d{4}|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_TRAILING = re.compile(r"[\s,;:.–-]+(?:and|of|for|on|the|to|in|a|with)?$")
_NUMBERING = re.compile(r"^(?:(?:[A-Z]|[IVX]+|\d+)[.)]\s+|(?:section|annex|part)\s+\w+[.:]?\s*)+", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:[^,]{0,60},\s+)?(?:we|both (?:sides|countries|leaders)|(?:the )?(?:two|four)?\s?(?:sides|parties|leaders|partners|ministers|presidents)|"
    r"the united states and (?:the )?[\w ]{2,30}?|[\w. ]{2,40}?)\s+(?:also |further |jointly |have |has |are |is |both )*"
    r"(?:intend|plan|aim|seek|will|expect|resolve|commit|agree|decid|work|continu|look|reaffirm|welcom|support|pledge|launch|establish|announc)\w*"
    r"(?:\s+(?:to|forward to|on|closely|together|jointly|that|working|their commitment to))*\s+",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    stem(part)
    for word in (
        *(head for head in HEADS_EN if head != "early warning"),
        *[
            "joint",
            "new",
            "common",
            "first",
            "second",
            "working",
            "task",
            "expert",
            "meeting",
            "ministerial",
            "side",
            "party",
            "member",
            "unit",
            "united",
            "states",
            "european",
        ],
        *[
            "union",
            "commission",
            "trade",
            "technology",
            "government",
            "department",
            "agency",
            "president",
            "leader",
            "minister",
            "cooperation",
            "work",
        ],
        *[
            "roadmap",
            "memorandum",
            "understanding",
            "high",
            "level",
            "bilateral",
            "trilateral",
            "introduction",
            "outcome",
            "outcomes",
            "conclusion",
        ],
        *[
            "announcement",
            "next",
            "future",
            "continued",
            "strong",
            "shared",
            "global",
            "international",
            "key",
            "section",
            "policy",
            "develop",
            "help",
        ],
        *[
            "enhanced",
            "advanced",
            "strengthened",
            "deliver",
            "achieve",
            "implement",
            "well",
            "strong",
            "concrete",
            "ambitious",
            "specific",
            "other",
        ],
    )
    for part in word.split()
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    spelled: str
    bag: frozenset[str]
    has_head: bool


def name_initiative(units: Sequence[CodedUnit]) -> str:
    """A short name for what the units have in common.

    First names that say what it is ("early warning mechanism"), those that most of the units use; then the heading they
    stand under; then the first sentence without its opening ("The two sides intend to ...").
    """
    language = units[0].unit.language
    acronyms = resolve_acronyms(u.unit.text for u in units)
    words = [frozenset(split_words(u.unit.text, u.unit.language)) for u in units]
    found = {c.spelled: c for u in units for c in _find_candidates(u, acronyms)}
    if found:
        best = max(sorted(found.values(), key=lambda c: c.spelled), key=lambda c: _rate(c, words, language))
        if _rate(best, words, language) > 0:
            return _shorten(best.spelled)
    headings = [_clean_heading(u.unit.section) for u in reversed(units)]
    told = next((h for h in headings if h and frozenset(split_words(h, language)) - _VAGUE), "")
    return _shorten(told or _cut_opening(units[0].unit.text))


def is_full_name(name: str, language: str) -> bool:
    """Whether it names one body, programme or text, so that two threads with it are one: spelled with capitals, with a head."""
    capitals = sum(word[:1].isupper() for word in name.split())
    return bool(find_heads(name, language)) and (language == "zh" or capitals >= 3)


def _find_candidates(unit: CodedUnit, acronyms: dict[str, tuple[str, ...]]) -> list[_Candidate]:
    language = unit.unit.language
    found = []
    for spelled in find_mentions(unit.unit.text, language, acronyms).spelled:
        name = _trim(spelled)
        bag = frozenset(split_words(name, language))
        if not bag or len(name.split()) > 9 or not bag - _VAGUE:
            continue
        has_head = bool(find_heads(name, language))
        if has_head or (len(bag) > 1 and name[:1].isupper() and not find_places(name) and not _DATED.search(name)):
            found.append(_Candidate(name[:1].upper() + name[1:], bag, has_head))
    return found


def _trim(spelled: str) -> str:
    """A name without quotes, articles and what only leads up to it ("the work on a", "an advancement of the")."""
    name = _INNER.sub("", spelled.strip("“”\"'‘’ "))
    if name.split() and not name.split()[-1][:1].isupper():
        name = _FUNCTION.sub("", name)
    return _TRAILING.sub("", _ARTICLES.sub("", name))


def _rate(candidate: _Candidate, words: Sequence[frozenset[str]], language: str) -> float:
    """How many of the sentences use the name, times how telling its words are; 0 where one of several uses it."""
    uses = sum(len(candidate.bag & w) / len(candidate.bag) >= 0.75 for w in words) / len(words)
    if len(words) > 1 and uses < min(0.34, 1.5 / len(words)):
        return 0.0
    told = candidate.bag - _VAGUE
    telling = sum(-log(share_of_word(word, language)) for word in told) / (len(told) + 1)
    return uses * telling * (1.5 if candidate.has_head else 1.0) + len(candidate.bag) / 100


def _clean_heading(section: str) -> str:
    heading = _NUMBERING.sub("", section.split(" > ")[-1].strip())
    return heading if len(heading.split()) <= 10 else ""


def _cut_opening(text: str) -> str:
    rest = _OPENING.sub("", _NUMBERING.sub("", " ".join(text.split())), count=1)
    first = re.split(r"[,;:(（，；：。]", rest)[0].strip(" .")
    rest = first if len(first) > 15 else rest or text
    return rest[:1].upper() + rest[1:]


def _shorten(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"
