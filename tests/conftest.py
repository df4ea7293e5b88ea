"""Shared fixtures: where real texts lie, and small invented documents."""

from __future__ import annotations

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
