"""A model on disk: whole, checked, and free of anything that could run."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skops.io
from modelkit import load, make_units, make_vectors

from pipeline.errors import ModelError
from pipeline.steps.files import hash_bytes
from pipeline.tag import load_tagger
from pipeline.tag.classifier import Classifier, fit_classifier
from pipeline.tag.features import build_inputs
from pipeline.tag.modelfile import (
    CARD_FILE,
    FORMAT,
    MODEL_FILE,
    VECTORS_FILE,
    from_model_bytes,
    load_model,
    to_model_bytes,
)
from pipeline.tag.plainskops import read_plain_skops
from pipeline.tag.rules import RuleTagger


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    units, gold = make_units()
    codebook, vectors = load(), make_vectors()
    tags, scores = RuleTagger(codebook).judge_units(units)
    groups = [unit.document_id for unit in units]
    return fit_classifier(build_inputs(units, scores, vectors), gold, tags, codebook, vectors, groups=groups)


@pytest.fixture
def folder(tmp_path: Path, classifier: Classifier) -> Path:
    """A model as train writes it."""
    content = {MODEL_FILE: to_model_bytes(classifier), VECTORS_FILE: make_vectors().to_bytes()}
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    card = {"format": FORMAT, "name": "m-test", "files": {name: hash_bytes(data) for name, data in content.items()}}
    (tmp_path / CARD_FILE).write_text(json.dumps(card))
    return tmp_path


def test_same_model_same_bytes_and_same_answers(classifier: Classifier, folder: Path) -> None:
    """Written twice alike; read back it codes as before, up to rounding of the weights."""
    assert to_model_bytes(classifier) == to_model_bytes(classifier)
    back, vectors = load_model(folder)
    units, _ = make_units()
    tags, scores = RuleTagger(load()).judge_units(units)
    inputs = build_inputs(units, scores, vectors)
    one, two = (model.predict(inputs, tags, load()) for model in (classifier, back))
    assert np.allclose(one.issues, two.issues, atol=0.02)
    assert back.issues == classifier.issues
    assert back.settings == classifier.settings


def test_tagger_names_the_model(folder: Path) -> None:
    """The id of the tagger changes with the model."""
    codebook = load()
    assert load_tagger(codebook, folder).id.startswith(folder.name)
    assert load_tagger(codebook).id.startswith("rules-")


@pytest.mark.parametrize("name", [MODEL_FILE, VECTORS_FILE])
def test_changed_file_is_refused(folder: Path, name: str) -> None:
    """One byte is enough."""
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match="not the file its card describes"):
        load_model(folder)


@pytest.mark.parametrize("name", [MODEL_FILE, VECTORS_FILE, CARD_FILE])
def test_missing_file_is_refused(folder: Path, name: str) -> None:
    """The message names it and what to do."""
    (folder / name).unlink()
    with pytest.raises(ModelError, match=r"train|name another"):
        load_model(folder)


def test_own_reader_agrees_with_skops(classifier: Classifier) -> None:
    """What skops wrote is read as skops reads it."""
    data = to_model_bytes(classifier)
    ours, theirs = read_plain_skops(data), skops.io.loads(data, trusted=[])
    np.testing.assert_equal(ours, theirs)


def test_model_is_read_without_scikit_learn(folder: Path) -> None:
    """Importing it would cost every run three seconds."""
    script = "import sys; from pathlib import Path; from pipeline.tag.modelfile import load_model;"
    script += "load_model(Path(sys.argv[1])); sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script, str(folder)]).returncode == 0


class Trap:
    """Something that has no place in a model."""


def test_unknown_type_is_refused() -> None:
    """An archive with a foreign type is not opened, and the type is named."""
    with pytest.raises(ModelError, match="Trap"):
        from_model_bytes(skops.io.dumps({"format": FORMAT, "settings": Trap()}))


@pytest.mark.parametrize(
    "data", [b"", b"PK", pickle.dumps({"format": 1}), skops.io.dumps({"format": 1}), skops.io.dumps([1])]
)
def test_rubbish_is_refused(data: bytes) -> None:
    """Neither a pickle nor a half archive gets through."""
    with pytest.raises(ModelError):
        from_model_bytes(data)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"format": 99}'])
def test_card_of_another_make_is_refused(folder: Path, card: str) -> None:
    """No card, no model."""
    (folder / CARD_FILE).write_text(card)
    with pytest.raises(ModelError):
        load_model(folder)
