"""Which words changed between two sentences."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from pipeline.records import WordMark

WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+(?:[-'’.][^\W_\u4e00-\u9fff]+)*|[^\w\s]")


def mark_words(a: str, b: str) -> tuple[tuple[WordMark, ...], tuple[WordMark, ...]]:
    """Word-level marks of two sentences, one tuple for each; together they cover all words of each."""
    left, right = list(WORD.finditer(a)), list(WORD.finditer(b))
    matcher = SequenceMatcher(None, [m[0].casefold() for m in left], [m[0].casefold() for m in right], autojunk=False)
    marks: tuple[list[WordMark], list[WordMark]] = ([], [])
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        label = "same" if kind == "equal" else "changed"
        for side, words, low, high in ((0, left, i1, i2), (1, right, j1, j2)):
            if high > low:
                marks[side].append(WordMark(label, words[low].start(), words[high - 1].end()))  # type: ignore[arg-type]
    return tuple(marks[0]), tuple(marks[1])
