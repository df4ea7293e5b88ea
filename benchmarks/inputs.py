"""What the benchmarks run on: the scale corpus where it lies beside the repository, else the digests."""

from __future__ import annotations

import re
import tarfile
from functools import cache
from pathlib import Path

from pipeline.codebook import Codebook, load_codebook
from pipeline.extract import extract_bytes
from pipeline.records import Extraction, Unit
from pipeline.segment import segment_blocks

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "benchmarks" / "out"
SCALE = ROOT.parent / "shared" / "corpus" / "scale" / "statements.tar.xz"
PAPER = ROOT.parent / "shared" / "corpus" / "paper"
EVERY = 10
"""Part of the corpus in comparisons that are not about growth: every tenth statement."""


@cache
def load_codes() -> Codebook:
    return load_codebook(ROOT / "corpus" / "codebook.yaml")


@cache
def read_sources(every: int = EVERY) -> tuple[tuple[str, bytes], ...]:
    """(name, bytes) of every n-th statement."""
    if not SCALE.exists():
        return tuple((path.name, path.read_bytes()) for path in sorted((ROOT / "corpus" / "digests").glob("*.md")))
    with tarfile.open(SCALE) as archive:
        members = [member for member in archive if member.isfile()]
        chosen = members[::every]
        return tuple((Path(m.name).name, archive.extractfile(m).read()) for m in chosen)  # type: ignore[union-attr]


@cache
def read_extractions(every: int = EVERY) -> tuple[tuple[str, Extraction], ...]:
    return tuple((name, extract_bytes(data, name=name)) for name, data in read_sources(every))


@cache
def read_texts(every: int = EVERY) -> tuple[str, ...]:
    return tuple(extraction.text for _, extraction in read_extractions(every))


@cache
def read_units(every: int = EVERY) -> tuple[tuple[Unit, ...], ...]:
    return tuple(segment_blocks(name, e.text, e.blocks) for name, e in read_extractions(every))


@cache
def read_phrases() -> tuple[str, ...]:
    """The literal phrases that the English rules search for."""
    from pipeline.tag.compile import compile_rules

    return tuple(literal.text for literal in compile_rules(load_codes(), "en").lexicon.literals)


@cache
def read_chinese(megabytes: float = 5.0) -> tuple[str, ...]:
    """Chinese texts, made longer by putting their lines in other orders; UTF-8 size as asked."""
    import random

    lines: list[str] = []
    for path in sorted(PAPER.glob("*.*")) if PAPER.exists() else ():
        lines += extract_bytes(path.read_bytes(), name=path.name).text.splitlines()
    for path in (*sorted((ROOT / "corpus").glob("*.yaml")), *sorted((ROOT / "corpus" / "digests").glob("*.md"))):
        lines += path.read_text("utf-8").splitlines()
    han = [line for line in lines if len(re.findall(r"[\u4e00-\u9fff]", line)) * 2 > len(line) > 10]
    order = random.Random(7)
    size, result = 0.0, []
    while size < megabytes * 1e6:
        lines = order.sample(han, min(40, len(han)))
        result.append("\n\n".join(lines))
        size += len(result[-1].encode())
    return tuple(result)
