"""Where everything lies: one folder with corpus/ and models/, and the versions of code and codebook."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.codebook import Codebook

_PACKAGE = Path(__file__).resolve().parent.parent
_EXTRACT_CODE = ("extract", "segment", "records.py")
_TAG_CODE = ("tag", "records.py")


@dataclass(frozen=True)
class Workspace:
    """The folders of one parley project. ``root`` holds corpus/ and models/."""

    root: Path

    @property
    def corpus(self) -> Path:
        return self.root / "corpus"

    @property
    def digests(self) -> Path:
        return self.corpus / "digests"

    @property
    def annotations(self) -> Path:
        return self.corpus / "annotations"

    @property
    def catalogue(self) -> Path:
        return self.corpus / "catalogue.csv"

    @property
    def codebook_path(self) -> Path:
        return self.corpus / "codebook.yaml"

    @property
    def claims(self) -> Path:
        return self.corpus / "claims.yaml"

    @property
    def paper_tables(self) -> Path:
        return self.corpus / "paper-tables.yaml"

    @property
    def background(self) -> Path:
        return self.models / "background.json.gz"

    @property
    def sources(self) -> Path:
        return self.corpus / "sources"

    @property
    def built(self) -> Path:
        return self.corpus / "built"

    @property
    def store_path(self) -> Path:
        return self.built / "parley.sqlite"

    @property
    def report(self) -> Path:
        return self.built / "report"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @cached_property
    def codebook(self) -> Codebook:
        from pipeline.codebook import load_codebook

        return load_codebook(self.codebook_path)

    @cached_property
    def codebook_sha256(self) -> str:
        """Of the file's bytes, without parsing it: freshness checks must be cheap."""
        try:
            return hashlib.sha256(self.codebook_path.read_bytes()).hexdigest()
        except OSError:
            return self.codebook.sha256

    @cached_property
    def extract_version(self) -> str:
        return hash_code(_EXTRACT_CODE)

    @cached_property
    def tag_version(self) -> str:
        """Changes with the tagger's code, the codebook and the model in use."""
        return self._to_tag_version(self.model_name, self.model_sha256)

    @cached_property
    def rules_version(self) -> str:
        """The tag version of the rules alone, whatever model is in use."""
        return self._to_tag_version("", "")

    def _to_tag_version(self, name: str, sha256: str) -> str:
        parts = f"{hash_code(_TAG_CODE)}:{self.codebook_sha256}:{name}:{sha256}"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]

    @cached_property
    def code_version(self) -> str:
        return hash_code((".",))

    @property
    def model_name(self) -> str:
        """Name of the model in use (the content of models/current), "" for rules alone."""
        try:
            return (self.models / "current").read_text("utf-8").strip()
        except OSError:
            return ""

    @property
    def model_dir(self) -> Path | None:
        name = self.model_name
        return self.models / name if name and (self.models / name).is_dir() else None

    @property
    def model_sha256(self) -> str:
        """Of the model's card, which itself pins the model's bytes."""
        folder = self.model_dir
        card = folder / "card.json" if folder else None
        return hashlib.sha256(card.read_bytes()).hexdigest() if card and card.is_file() else ""

    def open_store(self, *, read_only: bool = False) -> Store:
        return Store(self.store_path, read_only=read_only and self.store_path.exists())


def find_workspace(root: Path | None = None) -> Workspace:
    """The workspace at ``root``, else $PARLEY_ROOT, else the nearest folder upwards that has corpus/codebook.yaml.

    Raises UsageError where there is none.
    """
    named = root or (Path(os.environ["PARLEY_ROOT"]) if os.environ.get("PARLEY_ROOT") else None)
    if named is not None:
        if not (named / "corpus" / "codebook.yaml").is_file():
            raise UsageError(f"{named}: no corpus/codebook.yaml in it; give the project's folder with --root")
        return Workspace(named.resolve())
    here = Path.cwd()
    for folder in (here, *here.parents, _PACKAGE.parent):
        if (folder / "corpus" / "codebook.yaml").is_file():
            return Workspace(folder)
    raise UsageError(f"{here}: no parley project here; change into its folder or give it with --root")


def hash_code(names: tuple[str, ...]) -> str:
    """First 16 hex digits of the SHA-256 over the package's source files under ``names``."""
    digest = hashlib.sha256()
    for name in names:
        place = _PACKAGE / name
        files = [place] if place.is_file() else sorted(place.rglob("*.py"))
        for file in files:
            digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
