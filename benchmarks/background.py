"""Build models/background.json.gz: in how many government statements each word and short phrase stands.

    python benchmarks/background.py STATEMENTS_DIR [--out models/background.json.gz] [--profiles CODED.jsonl]

STATEMENTS_DIR holds one Markdown or text file a statement. Only counts are kept, of words in at
least 10 statements and of runs of two or three words in at least 30; no text. Profiles of unrelated
statements come from coded ones (the output of `parley tag --format jsonl`, one object a sentence
with "document" added) and are the same counts by issue, domain and industry.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from pipeline.codebook import load_codebook
from pipeline.overlap import count_phrases, write_background

LEAST_UNITS = 15
"""A statement with fewer sentences has no profile to speak of."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models/background.json.gz"))
    parser.add_argument("--profiles", type=Path)
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.rglob("*") if path.suffix in (".md", ".txt"))
    background = count_phrases(
        (strip_front_matter(path.read_text(encoding="utf-8")) for path in files), floors=(10, 30, 30)
    )
    if arguments.profiles:
        background = replace(background, profiles=read_profiles(arguments.profiles))
    write_background(background, arguments.out)
    print(f"{background.documents} statements, {len(background.counts)} phrases, {arguments.out.stat().st_size} bytes")


def strip_front_matter(text: str) -> str:
    """The text below the leading block between --- lines."""
    if text.startswith("---\n"):
        _, _, rest = text[4:].partition("\n---\n")
        return rest or text
    return text


def read_profiles(path: Path) -> tuple[tuple[str, int, dict[str, dict[str, int]]], ...]:
    """Counts by statement from coded sentences."""
    codebook = load_codebook(Path("corpus/codebook.yaml"))
    found: dict[str, tuple[list[int], dict[str, dict[str, int]]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        size, by = found.setdefault(row["document"], ([0], {"issue": {}, "domain": {}, "industry": {}}))
        size[0] += 1
        issues = {tag["code"] for tag in row["issues"]}
        codes = {
            "issue": issues,
            "domain": {codebook.domain_of(issue) for issue in issues},
            "industry": {tag["code"] for tag in row["industries"]},
        }
        for dimension, names in codes.items():
            for name in names:
                by[dimension][name] = by[dimension].get(name, 0) + 1
    return tuple(
        (name, size[0], {dimension: dict(sorted(counts.items())) for dimension, counts in by.items()})
        for name, (size, by) in sorted(found.items())
        if size[0] >= LEAST_UNITS
    )


if __name__ == "__main__":
    main()
