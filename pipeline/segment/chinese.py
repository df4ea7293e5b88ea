"""Chinese sentence boundaries: 。！？ and ……, also inside quotation marks; never ；."""

from __future__ import annotations

import re
from itertools import pairwise

_END = re.compile(
    r"(?:[。！？!?]++|…++)[”’」』）》】〕)\]]*+(?!\s*[，、；：,;])"
    r"|(?<=[a-z]{2})\.(?=\s+[\u3400-\u9fff])"
)
"""What follows a comma goes on; a full stop ends a Latin sentence before a Chinese one."""


def split_chinese(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences in ``text``, white space around them left out."""
    ends = [*(match.end() for match in _END.finditer(text)), len(text)]
    spans = []
    for start, end in pairwise([0, *ends]):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            spans.append((start, end))
    return spans
