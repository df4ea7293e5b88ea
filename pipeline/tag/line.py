"""An English text as a line of characters, one a word, over which clauses can be found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline.tag.normalize import plain_text
from pipeline.tag.verbs import WordBook

_BRACKET = re.compile(r"\([^()\n]{1,40}\)")
_TOKEN = re.compile(r"([^\W_]\w*+(?:'[tT])?+|[,;:?!()\"\[\]—\n]|(?i:'(?:s|re|ve|ll|d|m)(?!\w)))")
_BREAK = "\n"
"""Stands between two texts and, as a word of its own, between their words; no normalised text has one."""
_COMMON = ("s", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ncy", "ure", "ship", "ism", "age")
"""Endings of words that are no names though a sentence begins with them."""
_RAISED = dict(zip("nEJaKPpQqFGZ", "023456789#%&", strict=True))
"""Marks of words with a capital whose character may be read otherwise for it; "1" is a noun that is no name."""
_COMPOUND = {**dict.fromkeys("EFGZJPpQqt", "n"), **dict.fromkeys("6789#%&", "~")}
"""Second parts of compounds are no verbs: "industry-led", "people-to-people"; those with a capital may be names."""
_SETTLED = str.maketrans({**{mark: char for char, mark in _RAISED.items()}, "0": "m", "1": "n", "~": "n", '"': ","})
_NAMES = re.compile(r"(?<=[^\n])[0-5]")
_NAMED_ON = re.compile(r'(?:(?<=[me])|(?<=[me]"))[6-9#%&~]+(?:"[6-9#%&~]+)*')
_THAT_FIRST = re.compile(r'(?:(?<=[\n;,c])|(?<=[;,c"]")|(?<=\n"))T')
_IS = re.compile(r'(?:(?<=[iTyS])|(?<=[iTyS]"))s')
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_PREFIXES = frozenset({"co", "re"})
_VERBS = "PpZJbdH"
_REACH = 6
"""Words after "is" among which a judgement is looked for."""
_NEXT = {"T": "that", "J": "ing", "": "end", "r": "with", ",": "end", ";": "end", "S": "how"}
_REMEMBERED = 50_000
"""Words whose character is kept."""
GENERIC = "act"
"""The kind of a verb that the word book does not list."""


class Line(NamedTuple):
    """``chars``: the character of each of ``words`` (see verbs.py), which are as in ``text`` but for their capitals
    and stand there at ``starts`` less ``base``."""

    text: str
    chars: str
    words: list[str]
    starts: list[int]
    base: int
    book: WordBook

    def word(self, at: int) -> str:
        """The word at ``at`` in small letters."""
        return self.words[at].lower()

    def start(self, at: int) -> int:
        """Where word ``at`` begins in the text."""
        return self.starts[at] - self.base

    def end(self, at: int) -> int:
        """Where word ``at`` ends in the text."""
        return self.starts[at] - self.base + len(self.words[at])

    def kind_at(self, at: int) -> str:
        """The kind of the verb at ``at``, by the longest entry that fits it and the words behind it."""
        lemma = self.book.lemma_of.get(self.word(at), "")
        for rest, kind in self.book.longer.get(lemma, ()):
            if self.text.startswith(rest, self.end(at) + 1):
                return kind
        return self.book.kinds.get(lemma, GENERIC)

    def is_phrase(self, at: int) -> bool:
        """Does the verb at ``at`` with the words behind it stand in the book ("call for")?"""
        lemma = self.book.lemma_of.get(self.word(at), "")
        return any(self.text.startswith(rest, self.end(at) + 1) for rest, _ in self.book.longer.get(lemma, ()))

    def find_follower(self, end: int) -> int:
        """Where the verb stands that follows as infinitive or -ing form, -1 for none."""
        at = self._skip(end, "aNt")
        return at if at < len(self.chars) and self.chars[at] in "PpZJbH" else -1

    def has_judgement(self, end: int) -> bool:
        """Does one of the next words judge ("is of great importance", "are essential")?"""
        return any(word.lower() in self.book.judgements for word in self.words[end : end + _REACH])

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


def read_lines(texts: Sequence[str], book: WordBook) -> list[Line]:
    """The lines of many texts, normalised but for their capitals and hyphens (see normalize.Plain)."""
    joined = _BREAK.join(("", *texts))
    if "(" in joined:
        joined = _BRACKET.sub(_blank_out, joined)
    parts = _TOKEN.split(joined)  # what lies between words, and words, in turn
    words = parts[1::2]
    starts = list(accumulate(map(len, parts)))[:-1:2]
    chars = list(map(_find_forms(book).__getitem__, words))
    for mark in _HYPHEN.finditer(joined):
        at = bisect_left(starts, mark.end())
        if at < len(starts) and starts[at] == mark.end() and words[at - 1].lower() not in _PREFIXES:
            chars[at] = _COMPOUND.get(chars[at], chars[at])
    lines = _settle("".join(chars)).split(_BREAK)[1:]
    result = []
    at = base = 1
    for text, line in zip(texts, lines, strict=True):
        end = at + len(line)
        result.append(Line(plain_text(text), line, words[at:end], starts[at:end], base, book))
        at, base = end + 1, base + len(text) + 1
    return result


def _settle(chars: str) -> str:
    """The characters of "that", 's and words with a capital, by what stands before them, quotation marks left out.

    A capital makes a name of a noun, participle or adverb that does not begin its text, and of a verb
    after a name or an article. 's is a verb after a pronoun.
    """
    chars = _IS.sub("B", _THAT_FIRST.sub("i", chars)).replace("s", "e")
    chars = _NAMED_ON.sub(lambda run: "".join(c if c == '"' else "m" for c in run[0]), _NAMES.sub("m", chars))
    return chars.translate(_SETTLED)


def _blank_out(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _Forms(dict[str, str]):
    """The character of every word with its capitals, or its mark where the words before have to settle it."""

    def __init__(self, book: WordBook) -> None:
        self._book = book

    def __missing__(self, word: str) -> str:
        low = word.lower()
        char = self._book.form_of.get(low) or _guess_form(low, self._book)
        if word[0].isupper():
            char = "1" if char == "n" and low.endswith(_COMMON) and not word.isupper() else _RAISED.get(char, char)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = char
        return char


@lru_cache(maxsize=4)
def _find_forms(book: WordBook) -> _Forms:
    return _Forms(book)


def _guess_form(word: str, book: WordBook) -> str:
    """The character of a word the book does not list, by its shape; "s" for the ending 's, which may be a verb."""
    if word == "'s":
        return "s"
    if word in (_BREAK, '"'):
        return word
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
