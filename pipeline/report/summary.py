"""One page of Markdown and Word in each language, made of the findings."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from pipeline.report.cells import clean_xml_text, fix_archive
from pipeline.report.data import ReportData
from pipeline.report.findings import Finding, build_findings
from pipeline.report.words import check_languages, format_date, say

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def write_summaries(data: ReportData, out_dir: Path, *, languages: Sequence[str]) -> list[Path]:
    """Write summary.LANGUAGE.md and summary.LANGUAGE.docx for each language."""
    written = []
    out_dir.mkdir(parents=True, exist_ok=True)
    for language in check_languages(tuple(languages)):
        findings = build_findings(data, language)
        title = say("sum_title", language, data.left, data.right)
        stamp = say("sum_stamp", language, format_date(data.stamp, language)) if data.stamp else ""
        markdown = out_dir / f"summary.{language}.md"
        markdown.write_text(to_markdown(title, findings, stamp, language), encoding="utf-8", newline="\n")
        word = out_dir / f"summary.{language}.docx"
        word.write_bytes(to_docx(title, findings, stamp, language))
        written += [markdown, word]
    return written


def to_markdown(title: str, findings: Sequence[Finding], stamp: str, language: str) -> str:
    """Headings by section, one bullet a finding; text of sources cannot become markup."""
    lines = [f"# {_escape(title)}", ""]
    for section, group in groupby(findings, key=lambda finding: finding.section):
        lines += [f"## {say(section, language)}", ""]
        lines += [f"- {_escape(finding.text)} ({_link(finding, language)})" for finding in group]
        lines.append("")
    return "\n".join([*lines, _escape(stamp), ""]) if stamp else "\n".join(lines)


def to_docx(title: str, findings: Sequence[Finding], stamp: str, language: str) -> bytes:
    """The same as a Word file without a clock; Chinese in a Chinese font of the reader's machine."""
    from docx import Document as new_document
    from docx.shared import Cm, Pt

    document = new_document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.6)
    _set_fonts(document, language, Pt)
    document.core_properties.title = clean_xml_text(title)
    document.core_properties.author = "parley"
    document.add_heading(clean_xml_text(title), level=1)
    for name, group in groupby(findings, key=lambda finding: finding.section):
        document.add_heading(say(name, language), level=2)
        for finding in group:
            paragraph = document.add_paragraph(clean_xml_text(finding.text) + " ", style="List Bullet")
            pointer = paragraph.add_run(
                f"[report.html · {say(_section_word(finding), language)} · tables/{finding.table}.csv]"
            )
            pointer.font.size = Pt(7.5)
            paragraph.paragraph_format.space_after = Pt(1)
    if stamp:
        document.add_paragraph(clean_xml_text(stamp))
    buffer = io.BytesIO()
    document.save(buffer)
    return fix_archive(buffer.getvalue())


_SECTIONS = {"ov_overlap": "domains", "ov_apart": "domains", "ov_new": "register", "ov_basis": "documents"}


def _page_section(finding: Finding) -> str:
    if finding.table in ("issues", "industries"):
        return finding.table
    return _SECTIONS.get(finding.section, finding.section.removeprefix("nav_"))


def _section_word(finding: Finding) -> str:
    return f"nav_{_page_section(finding)}"


def _link(finding: Finding, language: str) -> str:
    section = _page_section(finding)
    page = f"[{say(_section_word(finding), language)}](report.html#lang={language}&at={section})"
    return f"{page}, [{finding.table}.csv](tables/{finding.table}.csv)"


def _escape(text: str) -> str:
    flat = " ".join(text.split())
    return _MARKUP.sub(r"\\\1", flat)


def _set_fonts(document: object, language: str, points: object) -> None:
    from docx.oxml.ns import qn

    for name, size in (("Normal", 9.5), ("Heading 1", 15), ("Heading 2", 11)):
        style = document.styles[name]  # type: ignore[attr-defined]
        style.font.name, style.font.size = "Calibri", points(size)  # type: ignore[operator]
        if language == "zh":
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft YaHei")
