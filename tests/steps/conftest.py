"""A small project of its own for each test: the real codebook, two invented digests, no model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.steps.workspace import Workspace

STATEMENT = """---
title: "U.S.-EU Joint Statement of the Trade and Technology Council"
date: '2022-12-05'
---

**A. Supply chains**

The United States and the European Union will set up an early warning mechanism for semiconductor shortages.
We welcome the progress of our experts.

-   Launching a dialogue on critical minerals.
-   Publishing a guide to export controls on dual-use items.
"""

DIGEST = """---
id: digest-{stem}
framework: {framework}
round: "{round}"
kind: digest
date: {date}
place: Somewhere
language: en
title: "{framework} round {round}: digest"
sources: []
---
# A digest

## Supply chains

The partners will monitor supply chains of critical minerals and share information on shortages.
They intend to agree on technical standards for artificial intelligence.
They condemn bribery and will exchange tax information.
"""


def write_digest(root: Path, framework: str, round_id: str, date: str) -> None:
    stem = f"{framework}-{round_id}".lower().replace(" ", "-")
    text = DIGEST.format(stem=stem, framework=framework, round=round_id, date=date)
    (root / "corpus" / "digests" / f"{stem}.md").write_text(text, "utf-8")


@pytest.fixture
def workspace(tmp_path: Path, repository: Path) -> Workspace:
    """A project with the real codebook and one digest of each framework."""
    root = tmp_path / "project"
    (root / "corpus" / "digests").mkdir(parents=True)
    (root / "models").mkdir()
    shutil.copy(repository / "corpus" / "codebook.yaml", root / "corpus")
    shutil.copy(repository / "corpus" / "catalogue.csv", root / "corpus")
    write_digest(root, "TTC", "3", "2022-12-05")
    write_digest(root, "IPEF", "launch", "2022-05-23")
    return Workspace(root)


@pytest.fixture
def statement_text() -> str:
    """A small invented statement in Markdown."""
    return STATEMENT
