"""Build models/background.json.gz: what all government statements have in common.

    python benchmarks/background.py STATEMENTS_DIR [--out models/background.json.gz] [--profiles 400]

STATEMENTS_DIR holds one Markdown file a statement. Only counts are kept, no text: in how many
statements each word (at least 10) and each run of two or three words (at least 30) stands; and, for
a fixed sample of statements that name none of the codebook's frameworks, how many sentences carry
each issue, domain and industry, by the tagger in use. Build it again when the tagger changes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.codebook import Codebook
from pipeline.extract.markdown import extract_markdown
from pipeline.overlap import Selection, count_phrases, profile_selections, write_background
from pipeline.records import CodedUnit
from pipeline.segment.units import segment_blocks
from pipeline.steps.workspace import find_workspace
from pipeline.tag import Tagger, load_tagger

LEAST_UNITS = 15
"""A statement with fewer sentences has no profile to speak of."""
SEED = 20230531


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models/background.json.gz"))
    parser.add_argument("--profiles", type=int, default=400)
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.rglob("*") if path.suffix in (".md", ".txt"))
    texts = (strip_front_matter(path.read_text(encoding="utf-8")) for path in files)
    background = count_phrases(texts, floors=(10, 30, 30))
    workspace = find_workspace()
    tagger = load_tagger(workspace.codebook, workspace.model_dir)
    codebook = workspace.codebook
    selections = list(code_unrelated(files, codebook, tagger, arguments.profiles))
    background = replace(background, profiles=profile_selections(selections, codebook))
    write_background(background, arguments.out)
    size = arguments.out.stat().st_size
    print(
        f"{background.documents} statements, {len(background.counts)} phrases, {len(selections)} profiles, {size} bytes"
    )


def strip_front_matter(text: str) -> str:
    """The text below the leading block between --- lines."""
    if text.startswith("---\n"):
        _, _, rest = text[4:].partition("\n---\n")
        return rest or text
    return text


def code_unrelated(files: Sequence[Path], codebook: Codebook, tagger: Tagger, count: int) -> Iterator[Selection]:
    """Coded statements, drawn with a fixed seed, that name no framework of the codebook."""
    aliases = [alias.lower() for framework in codebook.frameworks for alias in (framework.name.en, *framework.aliases)]
    found = 0
    for path in random.Random(SEED).sample(list(files), len(files)):
        text = path.read_text(encoding="utf-8")
        if found == count or any(alias in text.lower() for alias in aliases):
            continue
        extraction = extract_markdown(text)
        units = segment_blocks(path.stem, extraction.text, extraction.blocks)
        if len(units) < LEAST_UNITS:
            continue
        found += 1
        tags = tagger.tag_units(units)
        coded = (CodedUnit(unit, tag, "", "", "", "", "official") for unit, tag in zip(units, tags, strict=True))
        yield Selection(f"unrelated-{found:03d}", tuple(coded))


if __name__ == "__main__":
    main()
