"""Verb forms without auxiliary: which of them are the verb of a clause, and in what form."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.tag.levels import Clause
from pipeline.tag.line import Line

_OPEN_LATER = re.compile(r"[^;:.SRTx]*?[MOKUHDBXdoFQ]")
_QUALIFYING = {"n": ("act", "keep"), "p": ("keep",)}
"""Kinds of verbs whose participle behind "and" tells what the noun is like, by the character of the noun."""
_NAMES_ALONE = re.compile("[u;,]*[eaj]*m+(?:(?:,c?|c)e?j?m+)*[aN]*")
"""Names and nothing else at the head of a sentence act, so that a past behind them is its verb; behind several of
them a base form is, too."""
_FINITE = ("Q", "B", "X", "H", "M", "K", "U", "D")
_GOVERNING = ("aim", "bind", "task")
"""Kinds of verbs that an infinitive mostly follows, so that a base form after "and" is another one."""
_TRANSITIVE = ("perform", "make", "aim")
"""Kinds of verbs whose past form right before a preposition is a participle ("initiatives announced at")."""
_THINGS = ("e", "m", "n", "u", "j")
"""What a past form takes as its object: an article, a name, a noun, a number, an adjective."""
_OBJECTS = ("e", "t", "T", "w", "y", "i", "m")
"""What follows a verb rather than a noun: an article, "to", "that", a pronoun, a name."""


class Left(NamedTuple):
    """What was read before a group: ``between``, the characters since the last one, from ``low`` on.

    ``seen``: this clause has its verb already; ``infinitive``: the last group was one. ``lenient``: no main clause was found, so that a word
    that may be a noun is a verb where it agrees with the noun before it ("challenges demand").
    """

    low: int
    between: str
    found: list[Clause]
    seen: bool
    infinitive: bool
    lenient: bool = False


def read_bare(line: Line, start: int, left: Left) -> str:
    """The form of a verb without auxiliary; "" where it is a noun, an infinitive or a participle."""
    chars = line.chars
    char, after = chars[start], chars[start + 1 : start + 2]
    if char == "J":
        return "gerund" if _is_front(chars, start) else ""
    if char in "pqE" and start and line.text[line.end(start - 1) : line.end(start - 1) + 1] == "'":
        return ""  # "the countries' pledge"
    before = ";" if _is_front(chars, start) else left.between.rstrip("aN")[-1:]
    if before in ("e", "r", "t", ""):
        return ""
    past = char in "EF"
    tense = "past" if past else "present"
    if before == "T" and char == "E" and chars[start - 1] == "a" and after in ("n", "p", "q"):
        return ""  # "that all concerned parties"
    if before in ("w", "W", "y", "R", "T", "i"):
        if before == "i" and (char in "pP" or (char in "qQ" and line.word(start - 1) in ("these", "those"))):
            return ""
        return tense
    if before == "," and not left.found and ("w" in chars[:start] or (left.lenient and past and after in _THINGS)):
        return tense
    in_gerund = _in_gerund(left)
    if in_gerund and before == "c" and char in "Pp":
        return ""  # "working to build and support"
    if before in ("c", ","):
        return _read_joined(line, start, before, after, left)
    if before == ";":
        if past:
            return "past" if after in ("e", "u") else ""
        return "base" if after not in _FINITE and (char in "PZ" or (char == "p" and after not in ("r", "c"))) else ""
    if left.seen:
        return ""
    last = len(chars[:start].rstrip("aN")) - 1
    acts = line.book.heads.get(line.word(last)) == "authors" or _opens_with_names(line, start)
    if past:
        named = chars[last] == "m"
        return "" if in_gerund and not (acts or named) else _read_past(line, start, acts, named, lenient=left.lenient)
    if left.lenient and _agrees(line, start, last):
        return tense
    if after == "t" and char == "p" and line.chars[last] == "n" and not acts and not line.word(last).endswith("s"):
        return ""
    return tense if acts or char == "Q" or after in _OBJECTS else ""


def _in_gerund(left: Left) -> bool:
    """Does a participle that opens the text govern this place?"""
    return bool(left.found) and left.found[-1].form == "gerund" and "," not in left.between and ";" not in left.between


def _opens_with_names(line: Line, start: int) -> bool:
    """Are names alone the subject: several, or one before a past with no other verb behind?"""
    char = line.chars[start]
    if char in "Qq" or not _NAMES_ALONE.fullmatch(line.chars, 0, start):
        return False
    return "c" in line.chars[:start] or (char in "EF" and not _OPEN_LATER.match(line.chars, start + 1))


def _agrees(line: Line, start: int, last: int) -> bool:
    """Do noun and verb agree in number, and does an object, an adverb or the end follow?"""
    char, noun, chars = line.chars[start], line.word(last), line.chars
    after = chars[start + 1 : start + 2]
    if after in ("t", "c", ",", "J") or (after in ("r", "", ";") and char in "pq" and not line.is_phrase(start)):
        return False
    joined = re.search(r"m+ce?m+$", chars[: last + 1]) is not None
    plural = joined or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
    return plural == (char in "Pp")


def _is_front(chars: str, start: int) -> bool:
    """Does nothing stand before ``start`` that belongs to the clause?"""
    return not chars[:start].strip("u,;aN")


def _read_past(line: Line, start: int, acts: bool, named: bool, *, lenient: bool) -> str:
    """A past after a noun, or a participle that belongs to it ("the list adopted by ministers is")."""
    if line.chars[start] == "F":
        return "past"
    after = line.chars[start + 1 : start + 2]
    if (after and line.word(start + 1) == "by") or (after == "n" and not acts and not (named and lenient)):
        return ""
    if after == "r" and not acts and not named and line.kind_at(start) in _TRANSITIVE:
        return ""
    return "past" if acts or named or not _OPEN_LATER.match(line.chars, start + 1) else ""


def _read_joined(line: Line, start: int, before: str, after: str, left: Left) -> str:
    """A bare form after "and" or a comma goes on with a group before it where the forms agree."""
    if not left.found:
        return "present" if left.lenient and before == "," and after in _OBJECTS and line.chars[start] in "PpQq" else ""
    char, form = line.chars[start], left.found[-1].form
    if char == "E" and after in ("n", "p") and line.kind_at(start) in _QUALIFYING[after]:
        return ""  # "armed groups", "continued support"
    if char == "Z" and before == "," and left.infinitive:
        return ""  # "to renew ties, set an agenda"
    if char in "EFZ" and (form in ("past", "perfect") or (char != "F" and form.endswith("passive"))):
        return form if before == "c" or after in ("e", "n", "m") else ""
    if char in "EF":
        return "past" if form in ("present", "copula") and before == "c" and after in ("e", "T", "t") else ""
    if left.infinitive or left.found[-1].verb in _GOVERNING or form.startswith(("future", "should", "can", "would")):
        kind = line.kind_at(start)
        allowed = ("view", "bind", "aim", "keep", "task") if before == "c" else ("view", "bind")
        if char not in "Qq" and (kind not in allowed or (char == "p" and after not in _OBJECTS)):
            return ""
    elif char in "pq" and (after not in (*_OBJECTS, "r") or (after and line.word(start + 1) == "of")):
        return ""
    if form == "base":
        return "base" if char in "Pp" else ""
    return "present" if not form.endswith("passive") or line.kind_at(start) in ("view", "aim", "bind") else ""
