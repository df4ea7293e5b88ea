"""The report folder: what is written, that it repeats, that hostile text stays text, that empty is said."""

import json
import re
from pathlib import Path

import pytest
from docx import Document as open_docx

from pipeline.codebook import Codebook
from pipeline.report import ReportData, render_report, write_summary
from pipeline.report.figures import find_cjk_font
from pipeline.report.payload import build_payload, safe_address, to_script_json


@pytest.fixture(scope="module")
def folder(data: ReportData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    render_report(data, out)
    return out


def test_everything_is_written(folder: Path) -> None:
    """Page, tables, workbook, figures in three forms, summaries in two."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "tables.xlsx", "tables/domains.csv", "figures/industries.en.svg", "figures/industries.en.png",
            "figures/reliability.zh.csv", "summary.en.md", "summary.zh.docx"} <= names  # fmt: skip
    assert ("figures/threads.zh.png" in names) == bool(find_cjk_font())


def test_same_inputs_same_bytes(data: ReportData, folder: Path, tmp_path: Path) -> None:
    """A second run writes the same bytes."""
    for path in render_report(data, tmp_path):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path.name


def test_source_text_cannot_leave_its_script(folder: Path) -> None:
    """No tag, handler or template of a source stands in the markup."""
    html = (folder / "report.html").read_text("utf-8")
    assert html.count("<script") == 2 and html.count("</script>") == 2
    assert "<img src=x" not in html and "onerror=alert" not in html.replace("\\u003cimg src=x onerror=alert", "")
    assert "{{7*7}}" in html


def test_policy_names_the_hashes(folder: Path) -> None:
    """The policy allows nothing but the page's own script and style."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', (folder / "report.html").read_text("utf-8"))
    assert (
        policy and "default-src 'none'" in policy[1] and "unsafe" not in policy[1] and policy[1].count("sha256-") == 2
    )


def test_no_address_of_a_source_runs(data: ReportData) -> None:
    """Only http and https addresses become links."""
    assert [doc["url"] for doc in build_payload(data)["docs"]] == [
        "https://example.org/ttc-1",
        "",
        "https://example.org/ipef-1",
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://", " JaVaScRiPt:x", "http://[x"]
)
def test_unsafe_addresses(url: str) -> None:
    """Anything but a plain web address is dropped."""
    assert safe_address(url) == ""


def test_payload_survives_odd_text() -> None:
    """Markup ends, line separators and lone surrogates go through JSON unharmed."""
    text = to_script_json({"a": "</script>\u2028&<!--\ud800"})
    assert "<" not in text and "\u2028" not in text
    assert json.loads(text)["a"].startswith("</script>\u2028&<!--")


def test_evidence_becomes_positions(data: ReportData) -> None:
    """A number opens exactly its sentences."""
    rows = {(row["sel"], row["code"]): row for row in build_payload(data)["presence"]}
    row = rows["TTC", "supply.disruption_response"]
    assert row["count"] == 2 and [data.units[i].unit.document_id for i in row["ev"]] == ["ttc-1", "ttc-2"]


def test_empty_report_says_so(codebook: Codebook, tmp_path: Path) -> None:
    """A report without anything is written, and its summary names what is absent."""
    render_report(ReportData(codebook=codebook, left="TTC", right="IPEF"), tmp_path)
    assert "no data" in (tmp_path / "summary.en.md").read_text("utf-8")
    assert "没有数据" in (tmp_path / "summary.zh.md").read_text("utf-8")


def test_summary_carries_numbers_and_pointers(data: ReportData, tmp_path: Path) -> None:
    """Findings have intervals and point to the page; Word says the same as Markdown."""
    write_summary(data, tmp_path)
    text = (tmp_path / "summary.en.md").read_text("utf-8")
    assert "0.25 (0.10–0.40)" in text and "report.html#lang=en&at=domains" in text and "1 new, 1 strengthened" in text
    word = "\n".join(p.text for p in open_docx(str(tmp_path / "summary.en.docx")).paragraphs)
    assert "0.25 (0.10–0.40)" in word


def test_figures_have_words_and_no_style(folder: Path) -> None:
    """The page's figures carry an alternative text and no style attribute, which the policy forbids."""
    payload = json.loads((folder / "report.html").read_text("utf-8").split('id="data">')[1].split("</script>")[0])
    assert {one["name"] for one in payload["figures"]} >= {
        "overlap_by_issue",
        "issue_by_document",
        "industries",
        "threads",
        "reliability",
    }
    for one in payload["figures"]:
        assert "style=" not in one["svg"] and one["alt"] and one["rows"] and "<svg" in one["svg"]
