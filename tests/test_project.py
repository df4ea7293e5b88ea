"""The Python API: the verbs of the commands, with data frames."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import pipeline
from pipeline.errors import UsageError
from tests.conftest import lay_out_project

STATEMENT = (
    "---\ntitle: 'U.S.-EU Joint Statement of the Trade and Technology Council'\ndate: '2022-12-05'\n---\n\n"
    "We will launch an early warning mechanism for semiconductor supply chains.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A project with the digests of three rounds and one statement to take in."""
    root = tmp_path_factory.mktemp("project")
    lay_out_project(root, repository)
    (root / "statement.md").write_text(STATEMENT, "utf-8")
    return root


def test_from_files_to_frames(folder: Path) -> None:
    """Ingest, update, and every list as a frame with the columns of the command."""
    project = pipeline.open_project(folder)
    taken = project.ingest(folder / "statement.md")
    assert taken.loc[0, "round"] == "3"
    assert project.update()
    assert len(project.status()) == 4
    units = project.units()
    assert {"document", "unit", "issue", "action", "text"} <= set(units.columns)
    assert set(project.tags()["dimension"]) == {"issue", "industry", "action"}
    assert project.search("early warning")["where"].iloc[0].endswith(":0")
    presence = project.overlap("TTC", "IPEF")
    assert presence["share"].between(0, 1).all()
    assert {"jaccard"} <= set(project.overlap(part="measures")["measure"])
    assert {"status", "signals"} <= set(project.changes("TTC", earlier="2", later="3").columns)
    assert {"round", "share"} <= set(project.drift("TTC").columns)
    assert set(project.claims()["verdict"]) <= {"supported", "contradicted", "not covered"}


def test_a_figure_is_drawn(folder: Path) -> None:
    """Figures of the report come as matplotlib figures."""
    project = pipeline.open_project(folder)
    project.update()
    assert project.draw("overlap_by_issue").axes


def test_unknown_names_are_refused_with_the_nearest(folder: Path) -> None:
    """The error names what was probably meant."""
    project = pipeline.open_project(folder)
    with pytest.raises(UsageError, match="did you mean 'presence'"):
        project.overlap(part="presense")
    with pytest.raises(UsageError, match="no corpus"):
        pipeline.open_project(folder / "corpus")


def test_the_notebook_runs(folder: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every cell of the notebook runs in order, on a copy of the project."""
    root = tmp_path / "copy"
    shutil.copytree(folder, root)
    monkeypatch.chdir(root)
    notebook = json.loads((repository / "docs" / "from-files-to-figures.ipynb").read_text("utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert not cell["outputs"], "outputs are not kept, they would hold sentences of statements"
            exec(compile("".join(cell["source"]), "notebook", "exec"), names)
    assert Path("figures/overlap_by_issue.svg").is_file()
