"""The paper's tables from the official texts and the coders' annotations."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from pipeline.codebook import Codebook
from pipeline.extract.markdown import extract_markdown
from pipeline.overlap import OverlapSettings, Selection, load_paper_cells, score_overlap
from pipeline.records import CodedUnit, OverlapResult, Tag, UnitTags
from pipeline.segment.units import segment_blocks
from pipeline.steps.results import load_rule
from pipeline.steps.workspace import Workspace
from pipeline.tag import load_tagger

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not (CORPUS / "official.csv").exists(), reason="the official texts are not beside the repository (../shared/corpus)"
)


def code_document(row: dict[str, str]) -> list[CodedUnit]:
    """The units of an official text with the adjudicated codes, matched by the hash of their words."""
    gold = {}
    path = ROOT / "corpus" / "annotations" / f"{row['id']}.adjudicated.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold[entry["check"]] = entry
    extraction = extract_markdown((CORPUS / "official" / f"{row['id']}.md").read_text(encoding="utf-8"))
    coded = []
    for unit in segment_blocks(row["id"], extraction.text, extraction.blocks):
        check = hashlib.sha256(" ".join(unit.text.split()).encode()).hexdigest()[:16]
        if check not in gold:
            continue
        codes = gold[check]
        tags = UnitTags(
            tuple(Tag("issue", code_id, 1.0, "coder") for code_id in codes["issues"]),
            tuple(Tag("industry", code_id, 1.0, "coder") for code_id in codes["industries"]),
            Tag("action", codes["action"], 1.0, "coder"),
        )
        coded.append(CodedUnit(unit, tags, row["framework"], row["round"], row["kind"], row["date"], "official"))
    return coded


@pytest.fixture(scope="module")
def result(codebook: Codebook) -> OverlapResult:
    with (CORPUS / "official.csv").open(encoding="utf-8") as file:
        units = [unit for row in csv.DictReader(file) for unit in code_document(row)]
    assert len(units) > 1200
    sides = (Selection(name, tuple(u for u in units if u.framework == name)) for name in ("TTC", "IPEF"))
    settings = OverlapSettings(replicates=200, permutations=200, time_replicates=100)
    cells = load_paper_cells(ROOT / "corpus" / "paper-tables.yaml")
    return score_overlap(*sides, codebook, settings=settings, paper=cells)


@pytest.fixture(scope="module")
def tagged(codebook: Codebook) -> OverlapResult:
    """The same texts as the tagger in use codes them, by the presence rule that goes with it."""
    workspace = Workspace(ROOT)
    tagger = load_tagger(codebook, workspace.model_dir)
    coded = []
    with (CORPUS / "official.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            extraction = extract_markdown((CORPUS / "official" / f"{row['id']}.md").read_text(encoding="utf-8"))
            units = segment_blocks(row["id"], extraction.text, extraction.blocks)
            facts = (row["framework"], row["round"], row["kind"], row["date"], "official")
            coded += [CodedUnit(u, t, *facts) for u, t in zip(units, tagger.tag_units(units), strict=True)]  # type: ignore[arg-type]
    sides = (Selection(name, tuple(u for u in coded if u.framework == name)) for name in ("TTC", "IPEF"))
    rule = load_rule(workspace, {c.unit.document_id for c in coded})
    settings = OverlapSettings(rule=rule, replicates=100, permutations=100, time_replicates=100)
    cells = load_paper_cells(ROOT / "corpus" / "paper-tables.yaml")
    return score_overlap(*sides, codebook, settings=settings, paper=cells)


def test_the_tagger_finds_the_same_pattern(tagged: OverlapResult) -> None:
    """Without a coder: table 1 in all rows, 16 items of tables 2 to 4, the industries of TTC."""
    rows = [row for row in tagged.crosswalk if row.agrees is not None]
    assert [row.agrees for row in rows if row.table == "1"] == [True] * 8
    assert sum(bool(row.agrees) for row in rows if row.table in "234") >= 16
    claimed = [row for row in rows if row.table == "figure 1" and row.paper_relation in ("both", "left only")]
    assert [row.row for row in claimed if row.relation not in ("both", "left only")] == []


def test_table_1_agrees_in_all_rows(result: OverlapResult) -> None:
    """Eight rows, the paper's pattern in each."""
    rows = [row for row in result.crosswalk if row.table == "1" and row.agrees is not None]
    assert [row.agrees for row in rows] == [True] * 8


def test_tables_2_to_4_agree_in_most_items(result: OverlapResult) -> None:
    """At least 13 of 24 items, and every other one says why it differs."""
    rows = [row for row in result.crosswalk if row.table in "234"]
    assert sum(bool(row.agrees) for row in rows) >= 13
    assert all(row.difference and row.difference_zh for row in rows if not row.agrees)


def test_figure_1_is_recalled(result: OverlapResult) -> None:
    """All nine industries of TTC; of IPEF all whose name stands in a text at hand."""
    present = {(row.selection, row.code_id) for row in result.presence if row.dimension == "industry" and row.present}
    rows = [row for row in result.crosswalk if row.table == "figure 1" and row.paper_relation]
    ttc = [row.row for row in rows if row.paper_relation in ("both", "left only")]
    ipef = [row.row for row in rows if row.paper_relation in ("both", "right only")]
    assert all(("TTC", code_id) in present for code_id in ttc)
    assert [code_id for code_id in ipef if ("IPEF", code_id) not in present] == ["electric_vehicles", "electronics"]


def test_frameworks_differ_and_yet_share(result: OverlapResult) -> None:
    """Clearly below the permutation null, clearly above nothing."""
    row = next(m for m in result.measures if (m.measure, m.dimension) == ("bray_curtis", "issue"))
    assert row.p_value is not None
    assert row.p_value < 0.05
    assert row.null_mean is not None
    assert 0.2 < row.interval.low < row.interval.high < row.null_mean
