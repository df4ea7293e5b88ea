"""A model on disk: one skops archive and the word vectors, checked against the hashes in its card.

No pickle: the archive holds plain numbers, texts and arrays, and anything else in it is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import ModelError
from pipeline.tag.classifier import Classifier, FitSettings
from pipeline.tag.features import FeatureSettings
from pipeline.tag.plainskops import UnknownTypeError, read_plain_skops
from pipeline.tag.pooled import PooledModel
from pipeline.tag.ridge import Ridge
from pipeline.tag.vectors import WordVectors

FORMAT = 1
MODEL_FILE = "classifier.skops"
VECTORS_FILE = "vectors.npz"
CARD_FILE = "card.json"
_RIDGES = ("topic_ridge", "action_ridge")
_POOLED = ("issue_pooled", "main_pooled", "industry_pooled")
_EPOCH = (2020, 1, 1, 0, 0, 0)


def to_model_bytes(classifier: Classifier) -> bytes:
    """The classifier as a skops archive; the same bytes for the same classifier."""
    import skops.io

    return _settle_archive(skops.io.dumps(_to_plain(classifier)))


def from_model_bytes(data: bytes, source: str = MODEL_FILE) -> Classifier:
    """The classifier of an archive; ModelError for unknown types, a wrong format or a damaged file."""
    try:
        return _from_plain(read_plain_skops(data), source)
    except UnknownTypeError as error:
        raise ModelError(f"{source}: holds a type parley does not know ({error}); train it anew") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ModelError(f"{source}: cannot be read as a parley model ({error}); train it anew") from error


def load_model(folder: Path) -> tuple[Classifier, WordVectors]:
    """The model of a folder, if its files are those that its card names; ModelError otherwise."""
    card = read_card(folder)
    files = card.get("files", {})
    classifier = from_model_bytes(_read_checked(folder, MODEL_FILE, files), f"{folder.name}/{MODEL_FILE}")
    try:
        return classifier, WordVectors.from_bytes(_read_checked(folder, VECTORS_FILE, files))
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder.name}/{VECTORS_FILE}: cannot be read ({error}); train the model anew") from error


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a model; ModelError where it is missing or no JSON."""
    path = folder / CARD_FILE
    try:
        card = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{folder.name}: no readable {CARD_FILE} ({error}); name another model in models/current"
        ) from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ModelError(f"{folder.name}: of another format than this parley reads; train it anew")
    return card


def _read_checked(folder: Path, name: str, files: dict[str, str]) -> bytes:
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(
            f"{folder.name}/{name}: cannot be read ({error.strerror}); restore it or train anew"
        ) from error
    if hashlib.sha256(data).hexdigest() != files.get(name):
        raise ModelError(f"{folder.name}/{name}: not the file its card describes; restore it or train anew")
    return data


def _to_plain(classifier: Classifier) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "format": FORMAT,
        "settings": json.dumps(asdict(classifier.settings)),
        "issues": list(classifier.issues),
        "industries": list(classifier.industries),
        "seen_issues": list(classifier.seen_issues),
        "seen_industries": list(classifier.seen_industries),
        "cuts": [float(cut) for cut in classifier.cuts],
        "trust_issues": classifier.trust_issues,
        "trust_industries": classifier.trust_industries,
        "topic_size": classifier.topic_size,
        "action_weights": classifier.action_weights,
        "action_weights_rules": classifier.action_weights_rules,
    }
    for name in _RIDGES:
        ridge: Ridge = getattr(classifier, name)
        plain[name] = {
            "grams": "\n".join(ridge.grams),
            "gram_weights": ridge.gram_weights.astype(np.float16),
            "word_weights": ridge.word_weights.astype(np.float16),
            "dense_weights": ridge.dense_weights,
            "mean": ridge.mean,
        }
    for name in _POOLED:
        pooled: PooledModel = getattr(classifier, name)
        plain[name] = {"full": pooled.full, "rules_only": pooled.rules_only}
    return plain


def _from_plain(plain: dict[str, Any], source: str) -> Classifier:
    if plain["format"] != FORMAT:
        raise ModelError(f"{source}: of another format than this parley reads; train it anew")
    settings = json.loads(plain["settings"])
    features = FeatureSettings(**settings.pop("features"))
    parts: dict[str, Any] = {name: _to_ridge(plain[name]) for name in _RIDGES}
    parts |= {name: PooledModel(**plain[name]) for name in _POOLED}
    second, third, industry = plain["cuts"]
    return Classifier(
        issues=tuple(plain["issues"]),
        industries=tuple(plain["industries"]),
        seen_issues=tuple(plain["seen_issues"]),
        seen_industries=tuple(plain["seen_industries"]),
        action_weights=plain["action_weights"],
        action_weights_rules=plain["action_weights_rules"],
        cuts=(second, third, industry),
        trust_issues=plain["trust_issues"],
        trust_industries=plain["trust_industries"],
        topic_size=plain["topic_size"],
        settings=FitSettings(**settings, features=features),
        **parts,
    )


def _to_ridge(plain: dict[str, Any]) -> Ridge:
    return Ridge(
        grams=tuple(plain["grams"].split("\n")) if plain["grams"] else (),
        gram_weights=plain["gram_weights"].astype(np.float32),
        word_weights=plain["word_weights"].astype(np.float32),
        dense_weights=plain["dense_weights"],
        mean=plain["mean"],
    )


def _settle_archive(data: bytes) -> bytes:
    """The archive with member names counted up and without clock times, which skops takes from memory and clock."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    schema = members.pop("schema.json").decode()
    numbers: dict[str, str] = {}

    def count(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], str(len(numbers) + 1))

    schema = re.sub(r'(?<="__id__": )\d+|\d+(?=\.npy")', count, schema)
    settled = {numbers[name.removesuffix(".npy")] + ".npy": content for name, content in members.items()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [("schema.json", schema.encode()), *sorted(settled.items())]:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()
