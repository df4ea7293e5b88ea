"""An English text as a line of characters, one a word, over which clauses can be found."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline.tag.verbs import WordBook

_BRACKET = re.compile(r"\([^()]{1,40}\)")
_TOKEN = re.compile(r"('(?:s|re|ve|ll|d|m)(?!\w)|[^\W_]\w*(?:'t)?|[,;:?!()\"\[\]—])")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_UNSETTLED = re.compile("[Ts]")
_COMMON = ("s", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ncy", "ure", "ship", "ism", "age")
"""Endings of words that are no names though a sentence begins with them."""
_OPEN = frozenset("nEJaPpQqFGZKTs")
"""Characters of words that may be read otherwise by their capital or by the word before."""
_COMPOUND = "EFGZJPpQqt"
_PREFIXES = frozenset({"co", "re"})
_VERBS = "PpZJbdH"
_REACH = 6
"""Words after "is" among which a judgement is looked for."""
_NEXT = {"T": "that", "J": "ing", "": "end", "r": "with", ",": "end", ";": "end", "S": "how"}
_REMEMBERED = 50_000
"""Words outside the book whose character is kept."""
GENERIC = "act"
"""The kind of a verb that the word book does not list."""


class Line(NamedTuple):
    """``chars``: the character of each of ``words`` (see verbs.py); ``starts``: where they stand in ``text``."""

    text: str
    chars: str
    words: list[str]
    starts: list[int]
    book: WordBook

    def end(self, at: int) -> int:
        """Where word ``at`` ends in the text."""
        return self.starts[at] + len(self.words[at])

    def kind_at(self, at: int) -> str:
        """The kind of the verb at ``at``, by the longest entry that fits it and the words behind it."""
        lemma = self.book.lemma_of.get(self.words[at], "")
        for rest, kind in self.book.longer.get(lemma, ()):
            if self.text.startswith(rest, self.end(at) + 1):
                return kind
        return self.book.kinds.get(lemma, GENERIC)

    def is_phrase(self, at: int) -> bool:
        """Does the verb at ``at`` with the words behind it stand in the book ("call for")?"""
        lemma = self.book.lemma_of.get(self.words[at], "")
        return any(self.text.startswith(rest, self.end(at) + 1) for rest, _ in self.book.longer.get(lemma, ()))

    def find_follower(self, end: int) -> int:
        """Where the verb stands that follows as infinitive or -ing form, -1 for none."""
        at = self._skip(end, "aNt")
        return at if at < len(self.chars) and self.chars[at] in "PpZJbH" else -1

    def has_judgement(self, end: int) -> bool:
        """Does one of the next words judge ("is of great importance", "are essential")?"""
        return any(word in self.book.judgements for word in self.words[end : end + _REACH])

    def name_next(self, end: int) -> str:
        """What follows a verb group, as rules name it."""
        at = self._skip(end, "a")
        if self.chars[at : at + 1] == "t":
            after = self.chars[at + 1 : at + 2]
            return "to" if after and after in _VERBS + "a" else "to_thing"
        return _NEXT.get(self.chars[at : at + 1], "thing")

    def _skip(self, at: int, chars: str) -> int:
        while at < len(self.chars) and self.chars[at] in chars:
            at += 1
        return at


def read_line(text: str, original: str, book: WordBook) -> Line:
    """``text`` is normalised, ``original`` has the same length and its capitals."""
    bare = text
    if "(" in text:
        bare = _BRACKET.sub(_blank_out, text)
    parts = _TOKEN.split(bare)  # what lies between words, and words, in turn
    words = parts[1::2]
    starts = list(accumulate(map(len, parts)))[:-1:2]
    chars = list(map(_find_forms(book).__getitem__, words))
    initials = "".join(map(original.__getitem__, starts))
    capitals = {at for match in _CAPITAL.finditer(initials) if initials[at := match.start()].isupper()}
    unsettled = {match.start() for match in _UNSETTLED.finditer("".join(chars))}
    for at in sorted(capitals | unsettled):
        if (char := chars[at]) in _OPEN:
            quoted = at > 1 and words[at - 1] == '"'
            chars[at] = _settle(char, chars[at - 1 - quoted] if at else "")
    if "-" in original:
        for at in _find_compounds(original, starts, words, chars):
            chars[at] = "n"
    if chars and chars[0] == "n" and 0 in capitals and not words[0].endswith(_COMMON):
        chars[0] = "m"
    return Line(text, "".join(chars), words, starts, book)


def _find_compounds(original: str, starts: list[int], words: list[str], chars: list[str]) -> list[int]:
    """Second parts of compounds that look like verbs: "industry-led", "people-to-people"; not "co-chaired"."""
    places = ((bisect_left(starts, mark.end()), mark.end()) for mark in _HYPHEN.finditer(original))
    return [
        at
        for at, start in places
        if 0 < at < len(starts) and starts[at] == start and chars[at] in _COMPOUND and words[at - 1] not in _PREFIXES
    ]


def _settle(char: str, last: str) -> str:
    """The character of "that", 's, or a word with a capital, after ``last``."""
    if char == "T":
        return "i" if not last or last in ";,c" else char
    if char == "s":
        return "B" if last and last in "iTyS" else "e"
    return "m" if last and (char in "nEJaK" or last in "me") else char


def _blank_out(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _Forms(dict[str, str]):
    """The character of every word, worked out once for a word that the book does not list."""

    def __init__(self, book: WordBook) -> None:
        super().__init__(book.form_of)
        self._book = book
        self._most = len(self) + _REMEMBERED

    def __missing__(self, word: str) -> str:
        form = _guess_form(word, self._book)
        if len(self) < self._most:
            self[word] = form
        return form


@lru_cache(maxsize=4)
def _find_forms(book: WordBook) -> _Forms:
    return _Forms(book)


def _guess_form(word: str, book: WordBook) -> str:
    """The character of a word the book does not list, by its shape; "s" for the ending 's, which may be a verb."""
    if word == "'s":
        return "s"
    if not word[0].isalnum():
        return ";" if word in ";:?!—" else ","
    if word in book.adjectives:
        return "j"
    if word[0].isdigit():
        return "u"
    if word.endswith("ly") and len(word) > 4:
        return "a"
    if word.endswith("ed") and len(word) > 4 and not word.startswith("un"):
        return "E"
    return "J" if word.endswith("ing") and len(word) > 5 else "n"
