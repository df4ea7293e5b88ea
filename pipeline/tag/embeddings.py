"""A user's own sentence embeddings as further features: a local folder or a Python function; nothing is downloaded."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.errors import UsageError
from pipeline.tag.features import Embedder, Numbers


def load_embedder(spec: str | Embedder) -> Embedder:
    """An embedder from a callable, from "package.module:function", or from a local model folder.

    A folder is read by model2vec or sentence-transformers, whichever is installed and fits (a folder
    with modules.json is the latter's). Raises UsageError, with the remedy, for anything else.
    """
    if callable(spec):
        return _checked(spec, getattr(spec, "__name__", "embedder"))
    folder = Path(spec)
    if folder.is_dir():
        return _checked(_load_folder(folder), spec)
    module, _, name = spec.partition(":")
    if not name:
        raise UsageError(f"embeddings '{spec}': neither a folder nor package.module:function; give one of them")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"embeddings '{spec}': cannot be imported ({error}); check the name and the Python path"
        ) from error
    return _checked(found, spec)


def _load_folder(folder: Path) -> Embedder:
    library = "sentence_transformers" if (folder / "modules.json").exists() else "model2vec"
    try:
        package = importlib.import_module(library)
    except ImportError as error:
        raise UsageError(f"embeddings '{folder}': needs {library}; install it with pip install {library}") from error
    if library == "model2vec":
        model = package.StaticModel.from_pretrained(str(folder))
    else:
        model = package.SentenceTransformer(str(folder), local_files_only=True)

    def embed(texts: Sequence[str]) -> Numbers:
        return np.asarray(model.encode(list(texts)), dtype=np.float32)

    return embed


def _checked(embedder: Embedder, name: str) -> Embedder:
    def embed(texts: Sequence[str]) -> Numbers:
        rows = np.asarray(embedder(list(texts)), dtype=np.float32)
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise UsageError(
                f"embeddings '{name}': must give one row of finite numbers for each text; got {rows.shape}"
            )
        return rows

    return embed
