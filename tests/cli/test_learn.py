"""The commands of the learning loop: review out and in, models."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from cli_run import Run

pytestmark = pytest.mark.usefixtures("built")


def fill_in(path: Path, **answers: str) -> None:
    """Answer every row of an exported CSV alike."""
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0].keys())
    writer.writeheader()
    writer.writerows(row | answers for row in rows)
    path.write_text(buffer.getvalue(), "utf-8")


def test_review_goes_out_and_comes_back(run: Run, project: Path, tmp_path: Path) -> None:
    """Answers become a file of the coder's own; the second import finds them as before."""
    path = tmp_path / "review.csv"
    status, out, err = run("review", "export", str(path), "--size", "6")
    assert (status, out.strip()) == (0, str(path))
    assert "6 units" in err
    fill_in(path, issues="fair.tax", action="commit")
    status, out, err = run("review", "import", str(path), "--coder", "anna")
    assert status == 0
    assert "6 new" in err
    assert all((project / "corpus" / "annotations" / name).is_file() for name in out.split())
    assert "6 as before" in run("review", "import", str(path), "--coder", "anna")[2]


def test_a_wrong_answer_is_refused_and_the_status_says_so(run: Run, tmp_path: Path) -> None:
    """One line for each, with the nearest code."""
    path = tmp_path / "review.csv"
    run("review", "export", str(path), "--size", "2")
    fill_in(path, issues="fair.taxes", action="commit")
    status, _, err = run("review", "import", str(path), "--coder", "anna")
    assert status == 1
    assert "did you mean 'fair.tax'" in err


def test_unknown_tool_is_wrong_use(run: Run, tmp_path: Path) -> None:
    """With those there are."""
    status, _, err = run("review", "export", str(tmp_path / "x"), "--tool", "word")
    assert status == 2
    assert "label-studio" in err
