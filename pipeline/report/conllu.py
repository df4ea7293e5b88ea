"""Tokens of the coded sentences in the columns of CoNLL-U: only form and spacing are filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.records import CodedUnit

_TOKEN = re.compile(r"\w+(?:[.'’&-]\w+)*|[^\w\s]")


def to_conllu(units: Iterable[CodedUnit]) -> str:
    """One block a sentence; document, codes and text in comments. English by a pattern, Chinese by jieba."""
    return "".join(line + "\n" for coded in units for line in _iter_lines(coded))


def split_tokens(text: str, language: str) -> list[tuple[int, int]]:
    """Half-open ranges of the tokens, white space left out."""
    if language != "zh":
        return [match.span() for match in _TOKEN.finditer(text)]
    import jieba

    return [(start, end) for word, start, end in jieba.tokenize(text, HMM=False) if not word.isspace()]


def _iter_lines(coded: CodedUnit) -> Iterator[str]:
    unit = coded.unit
    yield f"# sent_id = {unit.document_id}:{unit.n}"
    yield f"# text = {' '.join(unit.text.split())}"
    yield f"# framework = {coded.framework}"
    yield f"# round = {coded.round}"
    yield f"# issues = {' '.join(tag.code_id for tag in coded.tags.issues)}"
    yield f"# industries = {' '.join(tag.code_id for tag in coded.tags.industries)}"
    yield f"# action = {coded.tags.action.code_id}"
    spans = split_tokens(unit.text, unit.language)
    for number, (start, end) in enumerate(spans, start=1):
        glued = number < len(spans) and spans[number][0] == end
        yield "\t".join([str(number), unit.text[start:end], *["_"] * 7, "SpaceAfter=No" if glued else "_"])
    yield ""
