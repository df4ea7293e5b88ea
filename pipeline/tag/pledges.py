"""Pledges: which of them bind to an act, and which only to a broad end or a manner of working."""

from __future__ import annotations

import re

from pipeline.tag.line import Line

_NOUNS = frozenset({"commitment", "commitments"})
_MANNER = frozenset({"work", "cooperate", "collaborate"})
_CLOSELY = frozenset({"together", "closely"})
_REACH = 5
"""Words behind a verb among which the pledge that it restates is looked for."""
_FAR = 12
"""Words behind "working together" among which the end it serves is looked for."""
_OBJECT = 4
"""Words behind "committed to" among which a noun of action is looked for."""
_TO_ACT = re.compile(r"(?:re?m+)?t[aN]*(?=[PpZ])")
_TO_VERB = re.compile(r"t[aN]*(?=[PpZJ])")
_MEANS = re.compile("r[aN]*(?=J)")
_QUALITIES = frozenset({"open", "free", "clean", "complete", "secure", "clear", "lower"})
"""Base forms that before a noun mostly tell what it is like ("open trade")."""
_END = re.compile(r"[^;,TRS]*?t[aN]*(?=[PpZn])")


def restates_act(line: Line, at: int, end: int) -> bool:
    """Does the verb at ``at`` restate a pledge to act ("reaffirm our commitment to open the port")?

    Not one that is shared, nor one to a thing, a broad end, or told with an -ing form.
    """
    if line.book.lemma_of.get(line.word(at)) not in line.book.restating:
        return False
    for place in range(end, min(end + _REACH, len(line.chars))):
        word = line.word(place)
        if word in _NOUNS:
            found = _TO_ACT.match(line.chars, place + 1)
            return found is not None and not (_is_broad(line, found.end(), vague=True) or _qualifies(line, found.end()))
        if word == "shared" or line.chars[place] in ";,TRSt":
            return False
    return False


def names_act(line: Line, end: int, *, manner: bool) -> bool | None:
    """Does "committed", ending at ``end``, bind to an act? None where the words behind it do not tell.

    ``manner``: "working together" says only how.
    """
    found = _TO_VERB.match(line.chars, end)
    if found is None:
        if line.chars[end : end + 1] != "t":
            return None
        near = range(end + 1, min(end + 1 + _OBJECT, len(line.chars)))
        return True if any(line.word(at) in line.book.deeds for at in near) else None
    verb = found.end()
    if manner and _lemma(line, verb) in _MANNER and verb + 1 < len(line.chars) and line.word(verb + 1) in _CLOSELY:
        aim = _END.match(line.chars, verb + 1, verb + _FAR)
        return aim is not None and not _is_broad(line, aim.end(), vague=True)
    return False if _is_broad(line, verb) else None


def _is_broad(line: Line, at: int, *, vague: bool = False) -> bool:
    """A broad end, unless the words behind it tell by what act it is sought ("by building")."""
    lemma = _lemma(line, at)
    if lemma not in line.book.broad and not (vague and lemma in line.book.vague):
        return False
    means = next((found.end() for found in _MEANS.finditer(line.chars, at) if line.word(found.start()) == "by"), -1)
    return means < 0 or _lemma(line, means) in line.book.broad


def _qualifies(line: Line, at: int) -> bool:
    return line.word(at) in _QUALITIES and line.chars[at + 1 : at + 2] == "n"


def _lemma(line: Line, at: int) -> str:
    word = line.word(at)
    return line.book.lemma_of.get(word, word)
