"""The plug for a user's own embeddings, with a small stand-in."""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from modelkit import load, make_units, make_vectors

from pipeline.errors import UsageError
from pipeline.tag.classifier import fit_classifier
from pipeline.tag.combine import CombinedTagger
from pipeline.tag.embeddings import load_embedder
from pipeline.tag.features import Numbers, build_inputs
from pipeline.tag.rules import RuleTagger


def embed_letters(texts: Sequence[str]) -> Numbers:
    """A stand-in: counts of letters."""
    return np.array([[text.lower().count(letter) for letter in "aeioutsn"] for text in texts], dtype=np.float32)


def embed_badly(texts: Sequence[str]) -> Numbers:
    return np.zeros((1, 3), np.float32)


def test_callable_adds_features_that_the_model_uses() -> None:
    """Trained and used with the same embedder."""
    units, gold = make_units()
    rules, vectors, embedder = RuleTagger(load()), make_vectors(), load_embedder(embed_letters)
    tags, scores = rules.judge_units(units)
    inputs = build_inputs(units, scores, vectors, embedder=embedder)
    plain = build_inputs(units, scores, vectors)
    assert inputs.dense.shape[1] == plain.dense.shape[1] + 8
    groups = [unit.document_id for unit in units]
    classifier = fit_classifier(inputs, gold, tags, rules.codebook, vectors, groups=groups)
    tagger = CombinedTagger(rules, classifier, vectors, name="m", embedder=embedder)
    assert len(tagger.tag_units(units)) == len(units)


def test_function_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As package.module:function."""
    module = types.ModuleType("my_vectors")
    module.embed = embed_letters  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "my_vectors", module)
    assert load_embedder("my_vectors:embed")(["tax"]).shape == (1, 8)


@pytest.mark.parametrize(
    ("marker", "library"), [("modules.json", "sentence_transformers"), ("config.json", "model2vec")]
)
def test_local_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marker: str, library: str) -> None:
    """The library that fits the folder reads it, from the disk only."""
    (tmp_path / marker).write_text("{}")
    opened: list[str] = []

    class Model:
        def __init__(self, path: str, local_files_only: bool = False) -> None:
            opened.append(path)

        @classmethod
        def from_pretrained(cls, path: str) -> Model:
            return cls(path)

        def encode(self, texts: list[str]) -> Numbers:
            return embed_letters(texts)

    package = types.ModuleType(library)
    package.SentenceTransformer = package.StaticModel = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, library, package)
    assert load_embedder(str(tmp_path))(["tax", "pump"]).shape == (2, 8)
    assert opened == [str(tmp_path)]


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to install it."""
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(UsageError, match="pip install model2vec"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize("spec", ["nowhere", "no_such_module:embed", "json:no_such_function"])
def test_wrong_name(spec: str) -> None:
    """Neither folder nor function."""
    with pytest.raises(UsageError, match="embeddings"):
        load_embedder(spec)


def test_wrong_shape_is_told() -> None:
    """One row a text, or the user hears of it."""
    with pytest.raises(UsageError, match="one row"):
        load_embedder(embed_badly)(["a", "b"])
