"""Word vectors: what may be a word, what is alike, and the way to disk and back."""

from __future__ import annotations

import numpy as np
import pytest
from modelkit import make_vectors

from pipeline.tag.forms import split_texts
from pipeline.tag.vectors import WordVectors, learn_vectors, to_stem


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("Policies", "policy"),
        ("cooperating", "cooperat"),
        ("minerals", "mineral"),
        ("gas", "gas"),
        ("AI", "ai"),
        ("SMEs", "smes"),
        ("March", ""),
        ("2023", ""),
        ("G7x", ""),
    ],
)
def test_stems(word: str, stem: str) -> None:
    """Plural and tense forms meet; dates and numbers are no words."""
    assert to_stem(word) == stem


def test_names_never_enter_the_vocabulary() -> None:
    """A word that stands in capitals within sentences is a name, however frequent."""
    lines = [
        "today Freedonia and its minister Groucho met the board",
        "so Freedonia and Groucho sold grain to the board",
    ] * 20
    vectors = learn_vectors(lines, size=4, least=2)
    assert "board" in vectors.index
    assert not {"freedonia", "groucho"} & set(vectors.index)
    found = vectors.find_words(split_texts(["Groucho met the board of Freedonia in March 2023"]))
    assert list(found) == [["met", "the", "board"]]


def test_words_of_one_context_are_alike() -> None:
    """Hydrogen is nearer to pumps than to tax."""
    vectors = make_vectors()
    one, near, far = (vectors.matrix[vectors.index[word]] for word in ("hydrogen", "pump", "tax"))
    assert one @ near > one @ far


def test_bytes_are_the_same_each_time_and_read_back() -> None:
    """Learning twice gives the same file, and the file the same words."""
    first, second = make_vectors().to_bytes(), make_vectors().to_bytes()
    assert first == second
    back = WordVectors.from_bytes(first)
    assert back.words == make_vectors().words
    assert np.allclose(np.linalg.norm(back.matrix, axis=1), 1, atol=1e-3)
