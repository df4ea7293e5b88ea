"""Fixtures of the report's tests: the invented corpus, and the browser where there is one."""

import shutil
from pathlib import Path

import pytest
from report_data import make_data

from pipeline.codebook import Codebook, load_codebook
from pipeline.report import ReportData

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(ROOT / "corpus" / "codebook.yaml")


@pytest.fixture(scope="session")
def data(codebook: Codebook) -> ReportData:
    """Three documents, six sentences, one of everything else; a title and a sentence are hostile."""
    return make_data(codebook)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; tests that need it are skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine; install it to drive the page")
    return found
