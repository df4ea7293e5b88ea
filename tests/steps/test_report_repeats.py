"""The same inputs give the same report, in another process, with other hashes of strings, on one core or two."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import lay_out_project

HOSTILE = (
    "---\ntitle: '</script><script>window.broken=1</script>{{7*7}} \u202egnp.exe'\ndate: '2022-12-05'\n"
    "source_url: 'javascript:alert(1)'\n---\n\n"
    "=cmd|' /C calc'!A0 is how we will begin the joint statement of the U.S.-EU Trade and Technology Council.\n\n"
    "We will launch <img src=x onerror=alert(1)> an early warning mechanism for semiconductor supply chains.\n"
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> list[Path]:
    """Two projects of the same files, one of them hostile by name and content, each reported in a process of its own."""
    roots = [tmp_path_factory.mktemp("report") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(make_report, roots, ("1", "4242"), [repository] * 2))


def make_report(root: Path, seed: str, repository: Path) -> Path:
    """Lay a small project out in ``root`` and report it in processes whose strings hash by ``seed``."""
    lay_out_project(root, repository)
    source = root / "=1+1 <b>{{x}}\u202emd.md"
    source.write_text(HOSTILE, "utf-8")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(repository)}
    for words in (["ingest", source.name, "--framework", "TTC", "--round", "3"], ["report", "--language", "en"]):
        call = [sys.executable, "-c", "from pipeline.cli import main; main()", "--root", str(root), *words]
        subprocess.run(call, cwd=root, env=environment, check=True, capture_output=True)
    return root / "corpus" / "built" / "report"


def test_same_bytes_from_two_processes(reports: list[Path]) -> None:
    """Page, tables, workbook, figures and summaries agree byte for byte."""
    first, second = (
        {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
        for folder in reports
    )  # fmt: skip
    assert len(first) > 25
    assert [name for name in first if second.get(name) != first[name]] == []
    assert set(first) == set(second)


def test_a_hostile_document_stays_text(reports: list[Path]) -> None:
    """Neither markup nor formula nor address of a document enters the files as anything but text."""
    html = (reports[0] / "report.html").read_text("utf-8")
    assert html.count("<script") == 2
    assert "<img" not in html
    assert "window.broken=1\\u003c/script\\u003e" in html
    assert '"url":"javascript' not in html
    documents = (reports[0] / "tables" / "documents.csv").read_text("utf-8-sig")
    assert "\n=" not in documents and ",=" not in documents
    assert "'=1+1" in documents
    for path in reports[0].glob("summary.*.md"):
        assert "<script" not in path.read_text("utf-8").replace("\\<script", "")
