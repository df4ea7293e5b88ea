"""Is one text the same statement as another, in another form or edition (EU or US spelling, HTML or PDF)?

Min-wise hashing of word shingles (Broder 1997, "On the resemblance and containment of documents"):
the share of equal positions of two signatures estimates the Jaccard resemblance of the shingle sets.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.records import Extraction

if TYPE_CHECKING:
    import numpy as np

PERMUTATIONS = 128
SHINGLE_WORDS = 4
_BAND = 16
"""Bytes of a band: four minima."""
SAME_STATEMENT = 0.5
"""Resemblance from which two texts are editions of one statement.

Editions of one statement that differ in spelling, order of the parties and form lie above 0.7, different
statements of one framework below 0.1 (docs/extraction.md); 0.5 is the middle.
"""
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]")
_REMEMBERED = 50_000
_SPELLING = (
    (re.compile(r"is(ation|ing|ed|es|e)\b"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|able|al|hood)?\b"), r"or\1"),
    (re.compile(r"mme(s)?\b"), r"m\1"),
    (re.compile(r"tre(s)?\b"), r"ter\1"),
    (re.compile(r"ence\b"), "ense"),
    (re.compile(r"ll(ing|ed|er)\b"), r"l\1"),
)

_SPELT_TWO_WAYS = re.compile("is(?:ation|ing|e)|our|mme|tre|ence|ll(?:ing|e[dr])")
"""Letters without which none of the patterns of _SPELLING fits."""


def fingerprint_text(text: str) -> bytes:
    """A signature of PERMUTATIONS 32-bit minima, 512 bytes; b"" for a text under eight words.

    British and American spelling, case, punctuation and layout leave it unchanged.
    """
    return fingerprint_words(text.split())


def fingerprint_words(runs: Sequence[str]) -> bytes:
    """The same from what stands between white space in the text."""
    import numpy as np

    words = _hash_words(runs)
    if len(words) < 2 * SHINGLE_WORDS:
        return b""
    values = _hash_shingles(words)
    factors, offsets = _permutations()
    minima = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for begin in range(0, len(values), 256):
        mixed = np.multiply.outer(values[begin : begin + 256], factors)
        mixed += offsets
        np.minimum(minima, mixed.min(axis=0), out=minima)
    return (minima >> np.uint64(32)).astype(np.uint32).tobytes()


def compare_fingerprints(left: bytes, right: bytes) -> float:
    """Estimated resemblance in [0, 1]; standard error about 0.04. 0 where one is empty."""
    if not left or not right or len(left) != len(right):
        return 0.0
    import numpy as np

    return float(np.mean(np.frombuffer(left, np.uint32) == np.frombuffer(right, np.uint32)))


def are_editions(left: str, right: str, *, threshold: float = SAME_STATEMENT) -> bool:
    """Whether two texts are the same statement; compare stored fingerprints instead for many."""
    return compare_fingerprints(fingerprint_text(left), fingerprint_text(right)) >= threshold


def find_edition_groups(fingerprints: Mapping[str, bytes], *, threshold: float = SAME_STATEMENT) -> list[list[str]]:
    """Groups of two and more ids whose texts are editions of one statement, ids and groups sorted.

    Candidates share one of 32 bands of four minima (s-curve: at resemblance 0.5, 87 % share a band;
    at 0.7, 99.98 %), so that thousands of documents take under a second.
    """
    keys = sorted(key for key, value in fingerprints.items() if value)
    parent = {key: key for key in keys}

    def find(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for band in range(0, max((len(fingerprints[key]) for key in keys), default=0), _BAND):
        met: dict[bytes, str] = {}  # of one band at a time: together they take 10 KB a document
        for key in keys:
            piece = fingerprints[key][band : band + _BAND]
            first = met.setdefault(piece, key) if piece else key
            if first == key:
                continue
            a, b = find(first), find(key)
            if a != b and compare_fingerprints(fingerprints[first], fingerprints[key]) >= threshold:
                parent[max(a, b)] = min(a, b)
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(find(key), []).append(key)
    return sorted(group for group in groups.values() if len(group) > 1)


def choose_better(extractions: Iterable[tuple[str, Extraction]]) -> str:
    """The id of the extraction to trust among editions: fewest warnings, most structure, longest, first id."""
    return min(
        extractions,
        key=lambda pair: (
            len(pair[1].warnings),
            not any(block.kind == "heading" for block in pair[1].blocks),
            -len(pair[1].text),
            pair[0],
        ),
    )[0]


def _hash_words(runs: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The check sum of each word in American spelling; a Han character is a word."""
    import numpy as np

    return np.frombuffer(b"".join(map(_sums.__getitem__, runs)), dtype="<u4").astype(np.uint64)


class _Sums(dict[str, bytes]):
    """Check sums of the words in a text without white space, end to end; each is looked at once."""

    def __missing__(self, run: str) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        spelt = run.lower().replace("’", "").replace("'", "")
        if _SPELT_TWO_WAYS.search(spelt):
            for pattern, replacement in _SPELLING:
                spelt = pattern.sub(replacement, spelt)
        self[run] = found = b"".join(zlib.crc32(word.encode()).to_bytes(4, "little") for word in _WORD.findall(spelt))
        return found


def _hash_shingles(hashed: np.ndarray[Any, np.dtype[np.uint64]]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The shingles as 64-bit numbers: a polynomial over the words' check sums."""
    import numpy as np

    count = len(hashed) - SHINGLE_WORDS + 1
    values = np.zeros(count, dtype=np.uint64)
    for shift in range(SHINGLE_WORDS):
        values = values * np.uint64(0x9E3779B97F4A7C15) + hashed[shift : shift + count]
    return values ^ (values >> np.uint64(29))


def _permutations() -> tuple[np.ndarray[Any, np.dtype[np.uint64]], np.ndarray[Any, np.dtype[np.uint64]]]:
    """Multiply-shift hashing over 64 bits (Dietzfelbinger et al. 1997), odd factors, fixed seed."""
    global _tables
    if _tables is None:
        import numpy as np

        generator = np.random.Generator(np.random.PCG64(20_210_615))
        factors = generator.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
        offsets = generator.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
        _tables = (factors, offsets)
    return _tables


_sums = _Sums()
_tables: tuple[np.ndarray[Any, np.dtype[np.uint64]], np.ndarray[Any, np.dtype[np.uint64]]] | None = None
