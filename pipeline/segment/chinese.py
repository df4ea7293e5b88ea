"""Chinese sentence boundaries: 。！？ and ……, also inside quotation marks; never ；."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。！？!?…]*(?:[。！？!?]+|…+)[”’」』）》】〕)\]]*|[^。！？!?…]+\Z")


def split_chinese(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences in ``text``, white space around them left out."""
    spans = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            spans.append((start, end))
    return spans
