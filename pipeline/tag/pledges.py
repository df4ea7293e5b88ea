"""Pledges: which of them bind to an act, and which only to a broad end or a manner of working."""

from __future__ import annotations

import re

from pipeline.tag.sheet import Sheet

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
_END = re.compile(r"[^;,TRS\n]*?t[aN]*(?=[PpZn])")


def restates_act(sheet: Sheet, at: int, end: int) -> bool:
    """Does the verb at ``at`` restate a pledge to act ("reaffirm our commitment to open the port")?

    Not one that is shared, nor one to a thing, a broad end, or told with an -ing form.
    """
    if sheet.book.lemma_of.get(sheet.word(at)) not in sheet.book.restating:
        return False
    for place in range(end, end + _REACH):
        if sheet.chars[place] == "\n":
            break
        word = sheet.word(place)
        if word in _NOUNS:
            found = _TO_ACT.match(sheet.chars, place + 1)
            return found is not None and not (
                _is_broad(sheet, found.end(), vague=True) or _qualifies(sheet, found.end())
            )
        if word == "shared" or sheet.chars[place] in ";,TRSt":
            return False
    return False


def names_act(sheet: Sheet, end: int, *, manner: bool) -> bool | None:
    """Does "committed", ending at ``end``, bind to an act? None where the words behind it do not tell.

    ``manner``: "working together" says only how.
    """
    found = _TO_VERB.match(sheet.chars, end)
    if found is None:
        if sheet.chars[end] != "t":
            return None
        stop = sheet.find_stop(end + 1, _OBJECT)
        return True if any(sheet.word(at) in sheet.book.deeds for at in range(end + 1, stop)) else None
    verb = found.end()
    if manner and _lemma(sheet, verb) in _MANNER and sheet.word(verb + 1) in _CLOSELY:
        aim = _END.match(sheet.chars, verb + 1, verb + _FAR)
        return aim is not None and not _is_broad(sheet, aim.end(), vague=True)
    return False if _is_broad(sheet, verb) else None


def _is_broad(sheet: Sheet, at: int, *, vague: bool = False) -> bool:
    """A broad end, unless the words behind it tell by what act it is sought ("by building")."""
    lemma = _lemma(sheet, at)
    if lemma not in sheet.book.broad and not (vague and lemma in sheet.book.vague):
        return False
    behind = _MEANS.finditer(sheet.chars, at, sheet.chars.index("\n", at))
    means = next((found.end() for found in behind if sheet.word(found.start()) == "by"), -1)
    return means < 0 or _lemma(sheet, means) in sheet.book.broad


def _qualifies(sheet: Sheet, at: int) -> bool:
    return sheet.word(at) in _QUALITIES and sheet.chars[at + 1] == "n"


def _lemma(sheet: Sheet, at: int) -> str:
    word = sheet.word(at)
    return sheet.book.lemma_of.get(word, word)
