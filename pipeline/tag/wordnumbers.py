"""What is known of each English word, in one number: its character, kind as a verb, kind as a subject, and signs."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.tag.letters import NumberTable
from pipeline.tag.verbs import WordBook

BREAK = "\n"
"""Stands around every text and, as a word of its own, around its words; no normalised text has one."""
_COMMON = ("s", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ncy", "ure", "ship", "ism", "age")
"""Endings of words that are no names though a sentence begins with them."""
RAISED = dict(zip("nEJaKPpQqFGZ", "023456789#%&", strict=True))
"""Marks of words with a capital whose character may be read otherwise for it; "1" is a noun that is no name."""
GENERIC = "act"
"""The kind of a verb that the word book does not list."""
KIND_AT, HEAD_AT = 8, 19
"""Bits of a number from which on the kinds of the word stand, as a verb and as the head of a subject."""
LONGER, JUDGES, PROMISES = 1 << 16, 1 << 17, 1 << 18
"""Signs in the number: entries of several words begin with it; it judges; it names what is promised or threatened."""


class WordNames(NamedTuple):
    """The kinds of words by the numbers that stand for them."""

    kinds: tuple[str, ...]
    heads: tuple[str, ...]


@lru_cache(maxsize=4)
def number_words(book: WordBook) -> tuple[NumberTable, WordNames]:
    """What is known of each word in one number, and the names of the kinds in it."""
    kinds = tuple(dict.fromkeys((GENERIC, *book.kinds.values())))
    heads = tuple(dict.fromkeys(("", *book.heads.values())))

    def number(word: str) -> int:
        low = word.lower()
        lemma = book.lemma_of.get(low, "")
        return (
            ord(_find_form(word, book))
            | kinds.index(book.kinds.get(lemma, GENERIC)) << KIND_AT
            | LONGER * (lemma in book.longer)
            | JUDGES * (low in book.judgements)
            | PROMISES * (low in book.prospects)
            | heads.index(book.heads.get(low, "")) << HEAD_AT
        )

    return NumberTable(number), WordNames(kinds, heads)


def _find_form(word: str, book: WordBook) -> str:
    """The character of a word with its capitals, or its mark where the words before have to settle it."""
    low = word.lower()
    char = book.form_of.get(low) or _guess_form(low, book)
    if not word[0].isupper():
        return char
    return "1" if char == "n" and low.endswith(_COMMON) and not word.isupper() else RAISED.get(char, char)


def _guess_form(word: str, book: WordBook) -> str:
    """The character of a word the book does not list, by its shape; "s" for the ending 's, which may be a verb."""
    if word == "'s":
        return "s"
    if word in (BREAK, '"'):
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
