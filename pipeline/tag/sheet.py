"""English texts as lines of characters, one a word, laid end to end on a sheet, over which clauses can be found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.normalize import Plain
from pipeline.tag.tokens import find_tokens
from pipeline.tag.verbs import WordBook
from pipeline.tag.wordnumbers import BREAK, HEAD_AT, JUDGES, KIND_AT, LONGER, PROMISES, RAISED, WordNames, number_words

_BRACKET = re.compile(r"\([^()\n]{1,40}\)")
_COMPOUND = {ord(char): ord(put) for chars, put in (("EFGZJPpQqt", "n"), ("6789#%&", "~")) for char in chars}
"""Second parts of compounds are no verbs: "industry-led", "people-to-people"; those with a capital may be names."""
_SETTLED = str.maketrans({**{mark: char for char, mark in RAISED.items()}, "0": "m", "1": "n", "~": "n", '"': ","})
_NAMED = str.maketrans(dict.fromkeys("6789#%&~", "m"))
# each begins with what it looks for, so that the search skips to it, and looks back from there
_NAMED_ON = re.compile(r'[6-9#%&~](?:(?<=[me].)|(?<=[me]".))[6-9#%&~]*(?:"[6-9#%&~]+)*')
_THAT_FIRST = re.compile(r'T(?:(?<=[\n;,c]T)|(?<=[;,c"]"T)|(?<=\n"T))')
_IS = re.compile(r's(?:(?<=[iTyS]s)|(?<=[iTyS]"s))')
_HYPHEN = re.compile(r"-(?<=[\w.]-)(?=\w)")
_PREFIXES = frozenset({"co", "re"})
_REACH = 6
"""Words after "is" among which a judgement is looked for."""
_NEXT = ("thing", "to", "to_thing", "that", "ing", "with", "how", "end")
"""What may follow a verb group, as rules name it."""
_NEXT_OF = np.zeros(128, dtype=np.uint8)
for _char, _name in {"T": "that", "J": "ing", "r": "with", "S": "how", ",": "end", ";": "end", BREAK: "end"}.items():
    _NEXT_OF[ord(_char)] = _NEXT.index(_name)
_TO, _TO_THING = _NEXT.index("to"), _NEXT.index("to_thing")
_VERBAL = np.zeros(128, dtype=bool)
_VERBAL[[ord(char) for char in "PpZJbdHa"]] = True


class Sheet(NamedTuple):
    """``chars``: a character for each word (see verbs.py), a line break before, between and after the lines; the words
    stand in ``text``, in small letters, at ``starts`` to ``ends``. ``breaks``: where the line breaks
    stand, between which is a text each.

    A byte for each word: ``kinds`` and ``heads``, its kind as a verb and as the head of a subject, by number;
    ``longer``: 1 where the book has entries of several words that begin with it; ``judges`` and ``promises``: 1 where
    it does; ``nexts``: what follows a group that ends before it.
    """

    text: str
    chars: str
    starts: Sequence[int]
    ends: Sequence[int]
    breaks: list[int]
    kinds: bytes
    heads: bytes
    longer: bytes
    judges: bytes
    promises: bytes
    nexts: bytes
    book: WordBook
    names: WordNames

    def word(self, at: int) -> str:
        """The word at ``at`` in small letters."""
        return self.text[self.starts[at] : self.ends[at]]

    def kind_at(self, at: int) -> str:
        """The kind of the verb at ``at``, by the longest entry that fits it and the words behind it."""
        if self.longer[at]:
            behind = self.ends[at] + 1
            for rest, kind in self.book.longer[self.book.lemma_of[self.word(at)]]:
                if self.text.startswith(rest, behind):
                    return kind
        return self.names.kinds[self.kinds[at]]

    def head_at(self, at: int) -> str:
        """The kind of subject of which the word is the head, "" for none of those that the book lists."""
        return self.names.heads[self.heads[at]]

    def is_phrase(self, at: int) -> bool:
        """Does the verb at ``at`` with the words behind it stand in the book ("call for")?"""
        lemma = self.book.lemma_of.get(self.word(at), "")
        return any(self.text.startswith(rest, self.ends[at] + 1) for rest, _ in self.book.longer.get(lemma, ()))

    def find_follower(self, end: int) -> int:
        """Where the verb stands that follows as infinitive or -ing form, -1 for none."""
        at = end
        while self.chars[at] in "aNt":
            at += 1
        return at if self.chars[at] in "PpZJbH" else -1

    def has_judgement(self, end: int) -> bool:
        """Does one of the next words judge ("is of great importance", "are essential")?"""
        return 1 in self.judges[end : self.find_stop(end, _REACH)]

    def has_prospect(self, end: int) -> bool:
        """Do the next words name what something promises or threatens ("brings opportunities")?"""
        return 1 in self.promises[end : self.find_stop(end, _REACH)]

    def find_stop(self, at: int, words: int) -> int:
        """The place so many words behind ``at``, or where the line ends before."""
        stop = self.chars.find(BREAK, at, at + words)
        return stop if stop >= 0 else at + words

    def name_next(self, end: int) -> str:
        """What follows a verb group, as rules name it."""
        return _NEXT[self.nexts[end]]


def read_sheet(texts: Sequence[Plain], book: WordBook) -> Sheet:
    """The lines of many English texts."""
    joined = BREAK.join(("", *[text.cased for text in texts], ""))
    if "(" in joined:
        joined = _BRACKET.sub(_blank_out, joined)
    starts, ends, hashes = find_tokens(joined)
    table, names = number_words(book)
    numbers = table.look_up(joined, starts, ends, hashes)
    raw = (numbers & 127).astype(np.uint8)
    for at in _find_compounds(joined, starts, ends):
        raw[at] = _COMPOUND.get(raw[at], raw[at])
    raw[_find_names(raw)] = ord("m")
    chars = _settle(raw.tobytes().decode("ascii"))
    final = np.frombuffer(chars.encode("ascii"), dtype=np.uint8)
    plain = final != ord("m")  # a name neither judges nor promises
    return Sheet(
        text=BREAK.join(("", *[text.text for text in texts], "")),
        chars=chars,
        starts=starts.data,  # a list would make a number of every word
        ends=ends.data,
        breaks=np.flatnonzero(final == ord(BREAK)).tolist(),
        kinds=(numbers >> KIND_AT & 255).astype(np.uint8).tobytes(),
        heads=(numbers >> HEAD_AT).astype(np.uint8).tobytes(),
        longer=(numbers & LONGER > 0).tobytes(),
        judges=((numbers & JUDGES > 0) & plain).tobytes(),
        promises=((numbers & PROMISES > 0) & plain).tobytes(),
        nexts=_find_nexts(final).tobytes(),
        book=book,
        names=names,
    )


def _find_nexts(chars: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """For each word what follows a group that ends before it; adverbs are passed over."""
    found = _NEXT_OF[chars]
    to = np.flatnonzero(chars == ord("t"))
    found[to] = np.where(_VERBAL[chars[to + 1]], _TO, _TO_THING)
    other = np.flatnonzero(chars != ord("a"))
    passed = np.flatnonzero(chars == ord("a"))
    found[passed] = found[other[np.searchsorted(other, passed)]]
    return found


def _find_compounds(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[int]:
    """Words that a hyphen joins to the word before; not those behind "co-" and "re-"."""
    hyphens = np.array([mark.end() for mark in _HYPHEN.finditer(text)], dtype=np.int64)
    places = np.searchsorted(starts, hyphens)
    places = places[starts[np.minimum(places, len(starts) - 1)] == hyphens] if hyphens.size else places
    before = zip(places.tolist(), starts[places - 1].tolist(), ends[places - 1].tolist(), strict=True)
    return [at for at, start, end in before if text[start:end].lower() not in _PREFIXES]


def _find_names(chars: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where a capital makes a name: of a noun, participle or adverb that does not begin its text, be it behind a
    number."""
    first = chars == ord(BREAK)
    found = (chars >= ord("0")) & (chars <= ord("5"))
    found[1:] &= ~first[:-1]
    found[2:] &= ~(first[:-2] & (chars[1:-1] == ord("u")) & (chars[2:] == ord(RAISED["J"])))
    return found


def _settle(chars: str) -> str:
    """The characters of "that", 's and verbs with a capital, by what stands before them, quotation marks left out.

    A capital makes a name of a verb after a name or an article. 's is a verb after a pronoun.
    """
    chars = _IS.sub("B", _THAT_FIRST.sub("i", chars)).replace("s", "e")
    return _NAMED_ON.sub(_name_run, chars).translate(_SETTLED)


def _name_run(run: re.Match[str]) -> str:
    return run[0].translate(_NAMED)


def _blank_out(match: re.Match[str]) -> str:
    return " " * len(match[0])
