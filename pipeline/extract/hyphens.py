"""A hyphen at a line's end: did it cut a word, or does it belong to a compound?

The document's own words speak first, then a list of English words and compounds. The list
(data/words.txt.gz) holds the words of some 6,400 public statements of the White House that occur in
three or more of them, and compounds that are written with a hyphen at least as often as without.
Those on the TTC and IPEF were left out, so that what is measured on them is measured on unseen text.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

_WORD = re.compile(r"[A-Za-zÀ-ÿ.’'-]+")
_LEFT = re.compile(r"[A-Za-zÀ-ÿ.’'-]+\Z")
_RIGHT = re.compile(r"[A-Za-zÀ-ÿ’'-]+")
_LINKS = frozenset(["and", "or", "to"])
"""As in "short- and long-term": the first half of a compound stands alone."""
_SUFFIXES = frozenset(
    [
        "able",
        "age",
        "al",
        "ance",
        "ant",
        "ate",
        "ation",
        "ed",
        "ence",
        "ent",
        "er",
        "ers",
        "es",
        "est",
        "ful",
        "ial",
        "ian",
        "ible",
        "ic",
        "ies",
        "ing",
        "ion",
        "ions",
        "ise",
        "ism",
        "ist",
        "ists",
        "ity",
        "ive",
        "ize",
        "ized",
        "less",
        "ly",
        "ment",
        "ments",
        "ness",
        "or",
        "ous",
        "sion",
        "tic",
        "tion",
        "tions",
        "tive",
        "ty",
        "ward",
        "wise",
    ]
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a document writes: ``counts`` of its words inside the lines, in lower case.

    ``cuts_words``: whether its line ends cut words at all; where they do not, each hyphen there is the author's.
    """

    counts: Mapping[str, int]
    cuts_words: bool = True


def read_vocabulary(lines: Sequence[str], hyphens: str = "-") -> Vocabulary:
    """The vocabulary of printed lines that end with one of ``hyphens`` where a word goes on in the next."""
    counts: Counter[str] = Counter()
    for line in lines:
        # The first and the last word of a line may be a part of one.
        counts.update(word.lower().strip(".") for word in _WORD.findall(line)[1:-1])
    words, cut = _read_words(), False
    for line, following in pairwise(lines):
        if line.endswith(tuple(hyphens)) and (parts := _find_parts(line[:-1], following)):
            left, right = (part.lower() for part in parts)
            halves = left in words and right in words and right not in _SUFFIXES
            cut = cut or (not halves and (left + right in words or counts[left + right] > 0))
    return Vocabulary(counts, cut)


def join_cut_word(text: str, following: str, vocabulary: Vocabulary) -> str:
    """``text``, which ends with a hyphen, as it stands before ``following``: with the hyphen or without it."""
    parts = _find_parts(text[:-1], following)
    if not parts:
        return text[:-1] + "-"
    left, right = parts
    if right in _LINKS and f"{left}{right}".lower() not in _read_words():
        return text[:-1] + "- "
    return text[:-1] + ("-" if _is_compound(left, right, vocabulary) else "")


def _find_parts(text: str, following: str) -> tuple[str, str] | None:
    left, right = _LEFT.search(text), _RIGHT.match(following)
    return (left[0], right[0]) if left and right else None


def _is_compound(left: str, right: str, vocabulary: Vocabulary) -> bool:
    compound, whole = f"{left}-{right}".lower(), f"{left}{right}".lower()
    known, whole_known = vocabulary.counts.get(compound, 0), vocabulary.counts.get(whole, 0)
    if known or whole_known:
        return known > whole_known
    if right[0].isupper() or "." in left or len(left) == 1 or not vocabulary.cuts_words:
        return True
    words = _read_words()
    # Of first-of-its-kind only the parts beside the hyphen are asked for.
    before, after = left.lower().rpartition("-")[2], right.lower().partition("-")[0]
    if f"{before}-{after}" in words:
        return True
    if whole in words or after in _SUFFIXES or after not in words:
        return False
    return f"{before}-" in words or (before in words and (len(before) > 2 or before != left or after != right))


@lru_cache(maxsize=1)
def _read_words() -> frozenset[str]:
    """Words, compounds with their hyphen, and what often begins a compound with a hyphen at its end."""
    packed = files("pipeline.extract").joinpath("data/words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split("\n"))
