"""A small made-up corpus with gold, for the tests of the classifier."""

from __future__ import annotations

from pathlib import Path

from pipeline.codebook import Codebook, load_codebook
from pipeline.records import Unit
from pipeline.tag.classifier import GoldCodes
from pipeline.tag.vectors import WordVectors, learn_vectors

CODEBOOK = Path(__file__).parents[2] / "corpus" / "codebook.yaml"

TOPICS = {
    "fair.tax": ("we will exchange tax records between offices", "tax offices share records and close gaps"),
    "climate.clean_technology": (
        "we will build hydrogen plants and test heat pumps",
        "new pumps and hydrogen plants save fuel",
    ),
    "security.export_controls": (
        "we will license dual use goods with care",
        "licence offices check dual use goods and parts",
    ),
    "other.procedural": ("the ministers thank the hosts and meet again", "the hosts thank the ministers for the talks"),
}


def load() -> Codebook:
    return load_codebook(CODEBOOK)


def make_units(documents: int = 6, repeat: int = 4) -> tuple[list[Unit], list[GoldCodes | None]]:
    """Documents that talk of every topic; the last unit of each has no gold."""
    units: list[Unit] = []
    gold: list[GoldCodes | None] = []
    for number in range(documents):
        n = 0
        for turn in range(repeat):
            for code_id, sentences in TOPICS.items():
                text = sentences[(turn + number) % 2] + (" soon" if turn % 2 else " today")
                action = "commit" if text.startswith("we will") else "none"
                units.append(Unit(f"doc-{number}", n, 0, len(text), text, "", turn, "en"))
                gold.append(GoldCodes((code_id,), (), action))
                n += 1
        gold[-1] = None
    return units, gold


def make_vectors(size: int = 8) -> WordVectors:
    sentences = [
        f"so {text} {word}" for pair in TOPICS.values() for text in pair for word in ("soon", "today", "now") * 3
    ]
    return learn_vectors(sentences, size=size, least=2)
