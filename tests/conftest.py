"""Shared fixtures: where real texts lie, and small invented documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def repository() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def official_dir() -> Path:
    """The folder of real statements; skips where it is not there."""
    folder = SHARED / "corpus" / "official"
    if not folder.is_dir():
        pytest.skip("the real statements (../shared/corpus/official) are not on this machine")
    return folder


def lay_out_project(root: Path, repository: Path) -> None:
    """A small project in ``root``: settings, no model, the digests of three rounds."""
    (root / "corpus" / "digests").mkdir(parents=True)
    (root / "models").mkdir()
    for name in ("codebook.yaml", "catalogue.csv", "claims.yaml", "paper-tables.yaml"):
        shutil.copy(repository / "corpus" / name, root / "corpus")
    for name in ("ttc-2.md", "ttc-5.md", "ipef-launch.md"):
        shutil.copy(repository / "corpus" / "digests" / name, root / "corpus" / "digests")
