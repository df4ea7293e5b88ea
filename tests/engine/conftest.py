"""A project without a model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.engine import EngineSettings
from pipeline.steps.workspace import Workspace


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Workspace:
    root = tmp_path_factory.mktemp("project")
    (root / "corpus" / "digests").mkdir(parents=True)
    (root / "models").mkdir()
    shutil.copy(repository / "corpus" / "codebook.yaml", root / "corpus")
    (root / "corpus" / "catalogue.csv").write_text(
        (repository / "corpus" / "catalogue.csv").read_text("utf-8"), "utf-8"
    )
    return Workspace(root)


@pytest.fixture(scope="session")
def settings(workspace: Workspace) -> EngineSettings:
    return EngineSettings(str(workspace.codebook_path), timeout=20.0)
