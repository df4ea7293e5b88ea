"""Verb forms without auxiliary: which of them are the verb of a clause, and in what form."""

from __future__ import annotations

import re

from pipeline.tag.levels import Clause
from pipeline.tag.sheet import Sheet

_OPEN_LATER = re.compile(r"[^;:.SRTx\n]*?[MOKUHDBXdoFQ]")
_QUALIFYING = {"n": ("act", "keep"), "p": ("keep",)}
"""Kinds of verbs whose participle behind "and" tells what the noun is like, by the character of the noun."""
_NAMES_ALONE = re.compile("[u;,]*[eaj]*m+(?:(?:,c?|c)e?j?m+)*[aN]*")
"""Names and nothing else at the head of a sentence act, so that a past behind them is its verb; behind several of
them a base form is, too."""
_JOINED_NAMES = re.compile("m+ce?m+$")
_NO_SUBJECT = ("e", "r", "t", "")
"""An article, a preposition, "to" or nothing right before a verb form: it is a noun or an infinitive."""
_SUBJECTS = ("w", "W", "y", "R", "T", "i")
"""A pronoun, "which" or "that" right before a verb form."""
_FINITE = ("Q", "B", "X", "H", "M", "K", "U", "D")
_GOVERNING = ("aim", "bind", "task")
"""Kinds of verbs that an infinitive mostly follows, so that a base form after "and" is another one."""
_TRANSITIVE = ("perform", "make", "aim")
"""Kinds of verbs whose past form right before a preposition is a participle ("initiatives announced at")."""
_THINGS = ("e", "m", "n", "u", "j")
"""What a past form takes as its object: an article, a name, a noun, a number, an adjective."""
_OBJECTS = ("e", "t", "T", "w", "y", "i", "m")
"""What follows a verb rather than a noun: an article, "to", "that", a pronoun, a name."""


class Left:
    """What was read of a line before a group: ``between``, the characters since the last one, from ``low`` on; the
    line begins at ``begin``, its text at ``base``.

    ``seen``: this clause has its verb already; ``infinitive``: the last group was one. ``lenient``: no main clause was
    found, so that a word that may be a noun is a verb where it agrees with the noun before it ("challenges demand").
    """

    __slots__ = ("base", "begin", "between", "found", "infinitive", "lenient", "low", "seen", "sheet")

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.begin_line(1)

    def begin_line(self, low: int, *, lenient: bool = False) -> None:
        """Nothing is read yet of the line that begins at ``low``."""
        self.begin = self.low = low
        self.base = self.sheet.starts[low - 1] + 1
        self.between, self.lenient = "", lenient
        self.found: list[Clause] = []
        self.seen = self.infinitive = False


def read_bare(left: Left, start: int) -> str:
    """The form of a verb without auxiliary; "" where it is a noun, an infinitive or a participle."""
    sheet = left.sheet
    chars = sheet.chars
    char, after = chars[start], chars[start + 1]
    front = start == left.begin or (chars[start - 1] in "u,;aN" and not chars[left.begin : start].strip("u,;aN"))
    if char == "J":
        return "gerund" if front else ""
    if char in "pqE" and start > left.begin and sheet.text[sheet.ends[start - 1]] == "'":
        return ""  # "the countries' pledge"
    before = ";" if front else left.between.rstrip("aN")[-1:]
    if before in _NO_SUBJECT:
        return ""
    past = char in "EF"
    tense = "past" if past else "present"
    if before == "T" and char == "E" and chars[start - 1] == "a" and after in ("n", "p", "q"):
        return ""  # "that all concerned parties"
    if before in _SUBJECTS:
        if before == "i" and (char in "pP" or (char in "qQ" and sheet.word(start - 1) in ("these", "those"))):
            return ""
        return tense
    if before == "," and not left.found:
        spoken = chars.find("w", left.begin, start) >= 0
        if spoken or (left.lenient and past and after in _THINGS):
            return tense
    in_gerund = _in_gerund(left)
    if in_gerund and before == "c" and char in "Pp":
        return ""  # "working to build and support"
    if before in ("c", ","):
        return _read_joined(left, start, before, after)
    if before == ";":
        if past:
            return "past" if after in ("e", "u") else ""
        return "base" if after not in _FINITE and (char in "PZ" or (char == "p" and after not in ("r", "c"))) else ""
    if left.seen:
        return ""
    last = start - 1
    while chars[last] in "aN":
        last -= 1
    acts = sheet.head_at(last) == "authors" or _opens_with_names(left, start)
    if past:
        named = chars[last] == "m"
        return "" if in_gerund and not (acts or named) else _read_past(left, start, acts, named)
    if left.lenient and _agrees(left, start, last):
        return tense
    if after == "t" and char == "p" and chars[last] == "n" and not acts and not sheet.word(last).endswith("s"):
        return ""
    return tense if acts or char == "Q" or after in _OBJECTS else ""


def _in_gerund(left: Left) -> bool:
    """Does a participle that opens the text govern this place?"""
    return bool(left.found) and left.found[-1].form == "gerund" and "," not in left.between and ";" not in left.between


def _opens_with_names(left: Left, start: int) -> bool:
    """Are names alone the subject: several, or one before a past with no other verb behind?"""
    chars, begin = left.sheet.chars, left.begin
    char = chars[start]
    if char in "Qq" or not _NAMES_ALONE.fullmatch(chars, begin, start):
        return False
    return chars.find("c", begin, start) >= 0 or (char in "EF" and not _OPEN_LATER.match(chars, start + 1))


def _agrees(left: Left, start: int, last: int) -> bool:
    """Do noun and verb agree in number, and does an object, an adverb or the end follow?"""
    sheet = left.sheet
    char, after, noun = sheet.chars[start], sheet.chars[start + 1], sheet.word(last)
    if after in ("t", "c", ",", "J") or (after in ("r", "\n", ";") and char in "pq" and not sheet.is_phrase(start)):
        return False
    joined = _JOINED_NAMES.search(sheet.chars, left.begin, last + 1) is not None
    plural = joined or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
    return plural == (char in "Pp")


def _read_past(left: Left, start: int, acts: bool, named: bool) -> str:
    """A past after a noun, or a participle that belongs to it ("the list adopted by ministers is")."""
    sheet = left.sheet
    if sheet.chars[start] == "F":
        return "past"
    after = sheet.chars[start + 1]
    if sheet.word(start + 1) == "by" or (after == "n" and not acts and not (named and left.lenient)):
        return ""
    if after == "r" and not acts and not named and sheet.kind_at(start) in _TRANSITIVE:
        return ""
    return "past" if acts or named or not _OPEN_LATER.match(sheet.chars, start + 1) else ""


def _read_joined(left: Left, start: int, before: str, after: str) -> str:
    """A bare form after "and" or a comma goes on with a group before it where the forms agree."""
    sheet = left.sheet
    char = sheet.chars[start]
    if not left.found:
        return "present" if left.lenient and before == "," and after in _OBJECTS and char in "PpQq" else ""
    form = left.found[-1].form
    if char == "E" and after in ("n", "p") and sheet.kind_at(start) in _QUALIFYING[after]:
        return ""  # "armed groups", "continued support"
    if char == "Z" and before == "," and left.infinitive:
        return ""  # "to renew ties, set an agenda"
    if char in "EFZ" and (form in ("past", "perfect") or (char != "F" and form.endswith("passive"))):
        return form if before == "c" or after in ("e", "n", "m") else ""
    if char in "EF":
        return "past" if form in ("present", "copula") and before == "c" and after in ("e", "T", "t") else ""
    if left.infinitive or left.found[-1].verb in _GOVERNING or form.startswith(("future", "should", "can", "would")):
        kind = sheet.kind_at(start)
        allowed = ("view", "bind", "aim", "keep", "task") if before == "c" else ("view", "bind")
        if char not in "Qq" and (kind not in allowed or (char == "p" and after not in _OBJECTS)):
            return ""
    elif char in "pq" and (after not in (*_OBJECTS, "r") or sheet.word(start + 1) == "of"):
        return ""
    if form == "base":
        return "base" if char in "Pp" else ""
    return "present" if not form.endswith("passive") or sheet.kind_at(start) in ("view", "aim", "bind") else ""
