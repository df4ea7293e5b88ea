"""Who acts in a clause and how the clause depends on others, from the words left of its verb group."""

from __future__ import annotations

import re

from pipeline.tag.levels import Clause
from pipeline.tag.sheet import Sheet

PRONOUNS = {"w": "we", "W": "speaker", "y": "they", "i": "it"}
_NOUNS = frozenset("nmpqPQZJ")
_NOUNLIKE = _NOUNS | {"E", "u"}
_CUTS = frozenset(";TRSx")
_PARTING = frozenset("cr,")
_CONTACT = re.compile("[^,;]*[nmpqJi][wWy][aN]*")
"""Before the verb of a relative clause without "that": "the promises we made"."""
_NAME = re.compile(r"(?<![^,;\n])m+$")
"""Before an apposition: "Acme Capital, a private fund, is building"."""
_NEAR = 7
"""Words between a pronoun and its verb that only tell when or how."""
_TELLING = ("view", "opine", "bind", "aim", "talk", "judge", "state", "back")
"""Kinds of verbs whose "that" tells something; after others it belongs to a noun."""


def find_subject(sheet: Sheet, low: int, high: int, between: str, after_verb: bool) -> str:
    """The kind of the subject between ``low`` and the verb group at ``high``, where the characters ``between`` stand.

    ``after_verb``: another group stands before, so that its object may lie in between.
    """
    if between and (char := PRONOUNS.get(between[-1])):
        return char
    chars = sheet.chars
    cut = -1 if _CUTS.isdisjoint(between) else low + max(map(between.rfind, ";TRSx"))
    if cut >= low and chars[cut] == "R" and chars[cut + 1 : high].strip("aN,") == "":
        return "which"
    low = max(low, cut + 1)
    while high > low and chars[high - 1] in "aN,":
        high -= 1
    if high <= low:
        return "none" if cut < low - 1 or cut < 0 or chars[cut] != "T" else "which"
    if char := PRONOUNS.get(chars[high - 1]):
        return char
    near = max(chars.rfind("w", low, high), chars.rfind("W", low, high))
    if near >= 0 and high - near <= _NEAR and _PARTING.isdisjoint(chars[near:high]):
        return PRONOUNS[chars[near]]
    if after_verb and (joint := chars.rfind("c", low, high)) >= 0 and _has_noun(chars[joint + 1 : high]):
        low = joint + 1
    while (part := chars.rfind(",", low, high)) >= 0:
        inner = chars[part + 1 : high]
        named = chars[high : high + 1] == "," and inner[:1] == "e" and _NAME.search(chars, low, part) is not None
        if _has_noun(inner) and inner.lstrip("aN")[0] not in "rEGJ" and not named:
            low = part + 1
            break
        high = part
    return _classify_head(sheet, low, high)


def _has_noun(chars: str) -> bool:
    return not _NOUNLIKE.isdisjoint(chars)


def _classify_head(sheet: Sheet, low: int, high: int) -> str:
    """By the head noun: the last noun before the first preposition, or the last of all."""
    chars = sheet.chars
    stop = chars.find("r", low + 1, high) if chars[low] != "r" else high
    stop = stop if stop >= 0 else high
    for at in range(stop - 1, low - 1, -1):
        if chars[at] in _NOUNS:
            kind = sheet.head_at(at)
            if kind == "laws" and chars[at] == "m":
                return "name"
            return kind or ("name" if chars[at] == "m" else "thing")
    return "thing"


def find_place(sheet: Sheet, low: int, between: str, previous: Clause | None, infinitive: bool) -> str:
    """Main clause, clause with "that", relative clause, or aside ("as", "if", "so that")."""
    if (fresh := between.rfind(";") + 1) > 0:
        low, between = low + fresh, between[fresh:]
    cut = -1 if _CUTS.isdisjoint(between) else max(map(between.rfind, "TRSx"))
    if cut < 0:
        return "relative" if previous and _CONTACT.fullmatch(between) else "main"
    char = between[cut]
    if char in "Sx":
        if "," not in between[cut + 1 :]:
            return "aside"
        return find_place(sheet, low, between[:cut], previous, infinitive)
    if char == "R":
        return "relative"
    if between[cut - 1 : cut] == "a" and sheet.word(low + cut - 1) == "so":
        return "aside"
    bare = between[cut + 1 :].strip("aN,") == ""
    if bare or infinitive:
        return "relative"
    if previous is None:
        return "main"
    if previous.place in ("relative", "aside"):
        return previous.place
    return "that" if previous.verb.removeprefix("keep_") in _TELLING and previous.form != "have" else "relative"
