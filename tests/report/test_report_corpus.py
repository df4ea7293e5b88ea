"""Exports that other tools read."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import UsageError
from pipeline.report import ReportData, export_corpus
from pipeline.report.conllu import split_tokens


@pytest.fixture(scope="module")
def folder(data: ReportData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    export_corpus(data, out)
    return out


def test_tables_agree_in_all_forms(data: ReportData, folder: Path) -> None:
    """CSV, JSONL, Parquet and Excel have the same number of sentences."""
    import pyarrow.parquet
    from openpyxl import load_workbook

    with (folder / "csv" / "units.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == len(data.units)
    rows = [json.loads(line) for line in (folder / "jsonl" / "units.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == [u.unit.text for u in data.units]
    assert pyarrow.parquet.read_table(folder / "parquet" / "units.parquet").num_rows == len(rows)
    assert load_workbook(folder / "corpus.xlsx")["units"].max_row == len(rows) + 1


def test_quanteda_columns_come_first(folder: Path) -> None:
    """doc_id and text lead, and a formula-like sentence is harmless."""
    text = (folder / "quanteda_corpus.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:2] == ["doc_id", "text"] and len({row[0] for row in rows}) == len(rows)
    assert any(row[1].startswith("'=SUM") for row in rows)


def test_refi_project_is_whole(data: ReportData, folder: Path) -> None:
    """Every selection lies in its text, every coding and source points to something that exists."""
    with zipfile.ZipFile(folder / "corpus.qdpx") as archive:
        project = etree.fromstring(archive.read("project.qde"))
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.startswith("sources/")}
    name = "{urn:QDA-XML:project:1.0}"
    guids = {element.get("guid") for element in project.iter() if element.get("guid")}
    assert [etree.QName(child).localname for child in project] == ["Users", "CodeBook", "Variables", "Sources"]
    assert all(ref.get("targetGUID") in guids for ref in project.iter(name + "CodeRef", name + "VariableRef"))
    said = []
    for source in project.iter(name + "TextSource"):
        text = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        said += [
            text[int(s.get("startPosition")) : int(s.get("endPosition"))]
            for s in source.iter(name + "PlainTextSelection")
        ]
    assert said == [u.unit.text for u in data.units]


REFI_CHILDREN = {
    "Project": ["Users", "CodeBook", "Variables", "Sources"],
    "Users": ["User"],
    "CodeBook": ["Codes"],
    "Codes": ["Code"],
    "Code": ["Description", "Code"],
    "Variables": ["Variable"],
    "Sources": ["TextSource"],
    "TextSource": ["Description", "PlainTextSelection", "VariableValue"],
    "PlainTextSelection": ["Coding"],
    "Coding": ["CodeRef"],
    "VariableValue": ["VariableRef", "TextValue"],
}
"""Elements of the REFI-QDA standard that we write, each with its children in the order of its schema's sequence."""
REFI_NEEDS = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "Variable": {"guid", "name", "typeOfVariable"},
    "TextSource": {"guid", "plainTextPath"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "VariableRef": {"targetGUID"},
}


def test_refi_project_keeps_to_the_schema(folder: Path) -> None:
    """Children come in the order of the schema, needed attributes are there, ids and colours have its patterns."""
    with zipfile.ZipFile(folder / "corpus.qdpx") as archive:
        project = etree.fromstring(archive.read("project.qde"))
    for element in project.iter():
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        order = REFI_CHILDREN.get(name, [])
        assert set(children) <= set(order), name
        assert children == sorted(children, key=order.index), name
        assert REFI_NEEDS.get(name, set()) <= set(element.attrib), name
        for attribute in ("guid", "targetGUID", "creatingUser", "creatingUserGUID"):
            if attribute in element.attrib:
                assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", element.get(attribute))
        if element.get("color"):
            assert re.fullmatch(r"#[0-9A-F]{6}", element.get("color"))


def test_conllu_text_follows_from_its_tokens(folder: Path) -> None:
    """Forms, put together by their SpaceAfter, give the text of the sentence, as the format demands."""
    for block in (folder / "tokens.conllu").read_text("utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        text = next(line for line in lines if line.startswith("# text = ")).removeprefix("# text = ")
        tokens = [line.split("\t") for line in lines if not line.startswith("#")]
        joined = "".join(token[1] + ("" if token[9] == "SpaceAfter=No" else " ") for token in tokens)
        assert joined.rstrip() == text


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("It's e-invoicing, now.", "en", ["It's", "e-invoicing", ",", "now", "."]),
        ("芯片短缺。", "zh", ["芯片", "短缺", "。"]),
        ("", "en", []),
    ],
)
def test_tokens(text: str, language: str, tokens: list[str]) -> None:
    """Tokens cover the text without white space."""
    assert [text[start:end] for start, end in split_tokens(text, language)] == tokens


def test_conllu_lines_are_well_formed(folder: Path) -> None:
    """Every token line has ten columns and counts from one."""
    blocks = (folder / "tokens.conllu").read_text("utf-8").strip().split("\n\n")
    for block in blocks:
        lines = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        assert all(len(line) == 10 for line in lines) and [int(line[0]) for line in lines] == list(
            range(1, len(lines) + 1)
        )


def test_exports_repeat(data: ReportData, folder: Path, tmp_path: Path) -> None:
    """The same bytes again."""
    for path in export_corpus(data, tmp_path):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path.name


def test_unknown_format_is_refused(data: ReportData, tmp_path: Path) -> None:
    """The message names the formats there are."""
    with pytest.raises(UsageError, match="parquet"):
        export_corpus(data, tmp_path, formats=("sas",))
