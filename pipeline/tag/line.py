"""An English text as a line of characters, one a word, over which clauses can be found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.letters import NumberTable
from pipeline.tag.normalize import Plain
from pipeline.tag.tokens import find_tokens
from pipeline.tag.verbs import WordBook

_BRACKET = re.compile(r"\([^()\n]{1,40}\)")
_BREAK = "\n"
"""Stands between two texts and, as a word of its own, between their words; no normalised text has one."""
_COMMON = ("s", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ncy", "ure", "ship", "ism", "age")
"""Endings of words that are no names though a sentence begins with them."""
_RAISED = dict(zip("nEJaKPpQqFGZ", "023456789#%&", strict=True))
"""Marks of words with a capital whose character may be read otherwise for it; "1" is a noun that is no name."""
_COMPOUND = {ord(char): ord(put) for chars, put in (("EFGZJPpQqt", "n"), ("6789#%&", "~")) for char in chars}
"""Second parts of compounds are no verbs: "industry-led", "people-to-people"; those with a capital may be names."""
_SETTLED = str.maketrans({**{mark: char for char, mark in _RAISED.items()}, "0": "m", "1": "n", "~": "n", '"': ","})
# each begins with what it looks for, so that the search skips to it, and looks back from there
_NAMES = re.compile(r"[0-5](?<=[^\n].)(?<!\nu3)")
_NAMED_ON = re.compile(r'[6-9#%&~](?:(?<=[me].)|(?<=[me]".))[6-9#%&~]*(?:"[6-9#%&~]+)*')
_THAT_FIRST = re.compile(r'T(?:(?<=[\n;,c]T)|(?<=[;,c"]"T)|(?<=\n"T))')
_IS = re.compile(r's(?:(?<=[iTyS]s)|(?<=[iTyS]"s))')
_HYPHEN = re.compile(r"-(?<=[\w.]-)(?=\w)")
_PREFIXES = frozenset({"co", "re"})
_VERBS = "PpZJbdH"
_REACH = 6
"""Words after "is" among which a judgement is looked for."""
_NEXT = {"T": "that", "J": "ing", "": "end", "r": "with", ",": "end", ";": "end", "S": "how"}
GENERIC = "act"
"""The kind of a verb that the word book does not list."""


class Line(NamedTuple):
    """``chars``: a character for each word of ``text`` (see verbs.py); they stand at ``starts`` to ``ends``, both more
    by ``base``."""

    text: str
    chars: str
    starts: Sequence[int]
    ends: Sequence[int]
    base: int
    book: WordBook

    def word(self, at: int) -> str:
        """The word at ``at`` in small letters."""
        return self.text[self.starts[at] - self.base : self.ends[at] - self.base]

    def start(self, at: int) -> int:
        """Where word ``at`` begins in the text."""
        return self.starts[at] - self.base

    def end(self, at: int) -> int:
        """Where word ``at`` ends in the text."""
        return self.ends[at] - self.base

    def kind_at(self, at: int) -> str:
        """The kind of the verb at ``at``, by the longest entry that fits it and the words behind it."""
        book = self.book
        lemma = book.lemma_of.get(self.word(at))
        if lemma is None:
            return GENERIC
        if lemma in book.longer:
            behind = self.end(at) + 1
            for rest, kind in book.longer[lemma]:
                if self.text.startswith(rest, behind):
                    return kind
        return book.kinds.get(lemma, GENERIC)

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
        return self._finds(end, self.book.judgements)

    def has_prospect(self, end: int) -> bool:
        """Do the next words name what something promises or threatens ("brings opportunities")?"""
        return self._finds(end, self.book.prospects)

    def _finds(self, end: int, sought: frozenset[str]) -> bool:
        text, base, till = self.text, self.base, end + _REACH
        near = zip(self.chars[end:till], self.starts[end:till], self.ends[end:till], strict=True)
        words = [text[start - base : stop - base] for char, start, stop in near if char != "m"]
        return not sought.isdisjoint(words)

    def name_next(self, end: int) -> str:
        """What follows a verb group, as rules name it."""
        chars = self.chars
        at = self._skip(end, "a") if chars[end : end + 1] == "a" else end
        char = chars[at : at + 1]
        if char == "t":
            after = chars[at + 1 : at + 2]
            return "to" if after and after in _VERBS + "a" else "to_thing"
        return _NEXT.get(char, "thing")

    def _skip(self, at: int, chars: str) -> int:
        while at < len(self.chars) and self.chars[at] in chars:
            at += 1
        return at


def read_lines(texts: Sequence[Plain], book: WordBook) -> list[Line]:
    """The lines of many English texts."""
    joined = _BREAK.join(("", *[text.cased for text in texts]))
    if "(" in joined:
        joined = _BRACKET.sub(_blank_out, joined)
    starts, ends, hashes = find_tokens(joined)
    chars = _find_table(book).look_up(joined, starts, ends, hashes).astype(np.uint8)
    for at in _find_compounds(joined, starts, ends):
        chars[at] = _COMPOUND.get(chars[at], chars[at])
    lines = _settle(chars.tobytes().decode("ascii")).split(_BREAK)[1:]
    begins, stops = starts.data, ends.data  # a list would make a number of every word
    result = []
    at = base = 1
    for text, line in zip(texts, lines, strict=True):
        end = at + len(line)
        result.append(Line(text.text, line, begins[at:end], stops[at:end], base, book))
        at, base = end + 1, base + len(text.text) + 1
    return result


def _find_compounds(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[int]:
    """Words that a hyphen joins to the word before; not those behind "co-" and "re-"."""
    hyphens = np.array([mark.end() for mark in _HYPHEN.finditer(text)], dtype=np.int64)
    places = np.searchsorted(starts, hyphens)
    places = places[starts[np.minimum(places, len(starts) - 1)] == hyphens] if hyphens.size else places
    before = zip(places.tolist(), starts[places - 1].tolist(), ends[places - 1].tolist(), strict=True)
    return [at for at, start, end in before if text[start:end].lower() not in _PREFIXES]


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


@lru_cache(maxsize=4)
def _find_table(book: WordBook) -> NumberTable:
    return NumberTable(lambda word: ord(_find_form(word, book)))


def _find_form(word: str, book: WordBook) -> str:
    """The character of a word with its capitals, or its mark where the words before have to settle it."""
    low = word.lower()
    char = book.form_of.get(low) or _guess_form(low, book)
    if not word[0].isupper():
        return char
    return "1" if char == "n" and low.endswith(_COMMON) and not word.isupper() else _RAISED.get(char, char)


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
