"""Read the plain part of the skops format: numbers, texts, lists, dicts with text keys, arrays of numbers.

skops itself imports all of scikit-learn before it opens a file, three seconds of every run. What it writes
of plain values is a small JSON tree beside .npy members; any other type is refused here unopened, so a
model can no more run something than with skops.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import numpy as np

_TYPES = {"JsonNode": "builtins.str", "ListNode": "builtins.list", "DictNode": "builtins.dict"}
_TYPES |= {"NdArrayNode": "numpy.ndarray", "TypeNode": "builtins.str"}


class UnknownTypeError(ValueError):
    """The archive holds a type that is none of the plain ones; the message names it."""


def read_plain_skops(data: bytes) -> Any:
    """The value of an archive. Raises UnknownTypeError, or ValueError, KeyError or BadZipFile for a damaged one."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return _build(json.loads(archive.read("schema.json")), archive)


def _build(node: dict[str, Any], archive: zipfile.ZipFile) -> Any:
    loader = node["__loader__"]
    name = f"{node['__module__']}.{node['__class__']}"
    if _TYPES.get(loader) != name or node.get("type", "numpy") != "numpy":
        raise UnknownTypeError(name)
    if loader == "JsonNode":
        return json.loads(node["content"])
    if loader == "ListNode":
        return [_build(item, archive) for item in node["content"]]
    if loader == "DictNode":
        _build(node["key_types"], archive)
        return {key: _build(value, archive) for key, value in node["content"].items()}
    if loader == "TypeNode":
        return str
    return np.load(BytesIO(archive.read(node["file"])), allow_pickle=False)
