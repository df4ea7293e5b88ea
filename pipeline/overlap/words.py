"""Words of a sentence in either language, and the runs of words that two sentences share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’\-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
RUN_WORDS = 5
"""Least length of a reused run in words; of Chinese, RUN_CHARACTERS characters."""
RUN_CHARACTERS = 10


def split_words(text: str) -> tuple[str, ...]:
    """Lower-case words; each Chinese character is a word of its own. Width and accents are folded to NFKC."""
    return tuple(token.lower() for token in _TOKEN.findall(unicodedata.normalize("NFKC", text)))


def is_chinese(words: Sequence[str]) -> bool:
    """Whether most of the words are Chinese characters."""
    return 2 * sum(bool(_HAN.match(word)) for word in words) > len(words)


def list_grams(words: Sequence[str]) -> list[str]:
    """What content is compared by: words and pairs of words; in Chinese, runs of two and three characters."""
    han = [bool(_HAN.match(word)) for word in words]
    if not any(han):
        return [*words, *map(" ".join, pairwise(words))]
    grams = [word for word, is_han in zip(words, han, strict=True) if not is_han]
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            run = han[start : start + size]
            if all(run) or (size == 2 and not any(run)):
                grams.append(" ".join(words[start : start + size]))
    return grams


def longest_run(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """Longest run of words in both, as a half-open range of ``left``; (0, 0) where there is none."""
    best = (0, 0)
    previous = [0] * (len(right) + 1)
    for position, word in enumerate(left, 1):
        row = [0] * (len(right) + 1)
        for column, other in enumerate(right, 1):
            if word == other:
                row[column] = previous[column - 1] + 1
                if row[column] > best[1] - best[0]:
                    best = (position - row[column], position)
        previous = row
    return best


def join_words(words: Sequence[str]) -> str:
    """A run as readable text: no spaces between Chinese characters."""
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", " ".join(words))


def run_length_needed(words: Sequence[str]) -> int:
    """Words that a shared run needs to count as reuse."""
    return RUN_CHARACTERS if words and _HAN.match(words[0]) else RUN_WORDS
