"""Verb forms without auxiliary: which of them are the verb of a clause, and in what form."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.tag.levels import Clause
from pipeline.tag.line import Line

_OPEN_LATER = re.compile(r"[^;:.SRTx]*?[MOKUHDBXdoFQ]")
_OBJECTS = ("e", "t", "T", "w", "y", "i", "m")
"""What follows a verb rather than a noun: an article, "to", "that", a pronoun, a name."""


class Left(NamedTuple):
    """What was read before a group: ``between``, the characters since the last one, from ``low`` on.

    ``seen``: this clause has its verb already; ``infinitive``: the last group was one.
    """

    low: int
    between: str
    found: list[Clause]
    seen: bool
    infinitive: bool


def read_bare(line: Line, start: int, left: Left) -> str:
    """The form of a verb without auxiliary; "" where it is a noun, an infinitive or a participle."""
    chars = line.chars
    char, after = chars[start], chars[start + 1 : start + 2]
    if char == "J":
        return "gerund" if _is_front(chars, start) else ""
    before = left.between.rstrip("aN")[-1:] or (";" if _is_front(chars, start) else "")
    if before in ("e", "r", "t", ""):
        return ""
    past = char in "EF"
    tense = "past" if past else "present"
    if before in ("w", "W", "y", "R", "T", "i"):
        return "" if before == "i" and char in "pP" else tense
    if before == "," and not left.found and "w" in chars[:start]:
        return tense
    if before in ("c", ","):
        return _read_joined(line, start, before, after, left)
    if before == ";":
        if past:
            return "past" if after in ("e", "u") else ""
        return "base" if char in "PZ" or (char == "p" and after not in ("r", "c")) else ""
    if left.seen:
        return ""
    last = len(chars[:start].rstrip("aN")) - 1
    acts = line.book.heads.get(line.words[last]) == "authors"
    if past:
        return _read_past(line, start, acts, chars[last] == "m")
    return tense if acts or char == "Q" or after in _OBJECTS else ""


def _is_front(chars: str, start: int) -> bool:
    """Does nothing stand before ``start`` that belongs to the clause?"""
    return not chars[:start].strip("u,;aN")


def _read_past(line: Line, start: int, acts: bool, named: bool) -> str:
    """A past after a noun, or a participle that belongs to it ("the list adopted by ministers is")."""
    if line.chars[start] == "F":
        return "past"
    after = line.chars[start + 1 : start + 2]
    if line.words[start + 1 : start + 2] == ["by"] or (after == "n" and not acts):
        return ""
    return "past" if acts or named or not _OPEN_LATER.match(line.chars, start + 1) else ""


def _read_joined(line: Line, start: int, before: str, after: str, left: Left) -> str:
    """A bare form after "and" or a comma goes on with a group before it where the forms agree."""
    if not left.found:
        return ""
    char, form = line.chars[start], left.found[-1].form
    if char in "EFZ" and (form in ("past", "perfect") or (char != "F" and form.endswith("passive"))):
        return form if before == "c" or after in ("e", "n", "m") else ""
    if char in "EF":
        return "past" if form in ("present", "copula") and before == "c" and after in ("e", "T", "t") else ""
    if left.infinitive or form.startswith(("future", "should", "can", "would")):
        kind = line.book.kinds.get(line.book.lemma_of.get(line.words[start], ""), "")
        allowed = ("view", "bind", "aim", "keep") if before == "c" else ("view", "bind")
        if char not in "Qq" and (kind not in allowed or (char == "p" and after not in _OBJECTS)):
            return ""
    elif char in "pq" and after not in ("e", "t", "T", "w", "i", "m", "r"):
        return ""
    if form == "base":
        return "base" if char in "Pp" else ""
    return "present" if not form.endswith("passive") else ""
