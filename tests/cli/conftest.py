"""A project to run commands in."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest
from cli_run import Run


@pytest.fixture
def project(tmp_path: Path, repository: Path) -> Path:
    """A project with the real codebook and the digests of four rounds."""
    root = tmp_path / "project"
    (root / "corpus" / "digests").mkdir(parents=True)
    (root / "models").mkdir()
    for name in ("codebook.yaml", "catalogue.csv", "claims.yaml", "paper-tables.yaml"):
        shutil.copy(repository / "corpus" / name, root / "corpus")
    for name in ("ttc-2.md", "ttc-5.md", "ipef-launch.md", "ipef-busan-2023.md"):
        shutil.copy(repository / "corpus" / "digests" / name, root / "corpus" / "digests")
    return root


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run parley with these words; returns exit status, stdout and stderr."""

    def run_command(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
        from pipeline.cli import main

        monkeypatch.setattr(sys, "argv", ["parley", "--root", str(project), *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1 if end.code else 0
        found = capsys.readouterr()
        return status, found.out, found.err

    return run_command


@pytest.fixture
def built(project: Path) -> None:
    """The project's store brought up to date, without the cost of a report."""
    from pipeline.steps.sync import sync_corpus
    from pipeline.steps.workspace import Workspace

    sync_corpus(Workspace(project))
