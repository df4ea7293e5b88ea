"""`parley codebook check`: mistakes with file, line and remedy; codes, terms and frameworks added in the file alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_run import Run

Edit = Callable[[str, str], None]


@pytest.fixture
def edit(project: Path) -> Edit:
    """Replace the first place of a text in the project's codebook."""
    path = project / "corpus" / "codebook.yaml"

    def replace(old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{id: standards.zh, language: zh", "{id: standards.zh, language: cn", "'cn' is not en or zh"),
        ("{id: standards.general.zh", "{id: standards.zh", "the id is taken on line"),
        ("phrases: [标准, 认证]", "phrases: [(标准|认证]", "close every bracket"),
        ("phrases: [标准, 认证]", 'phrases: ["{tecnology} 标准"]', "no macro 'tecnology'"),
        ("phrases: [标准, 认证]", "phrases: [标准], with: [技术 .. 规范]", "plain phrases"),
        ("phrases: [标准, 认证]", "pattern: [{LOWERR: steel}], trigger: [标准]", "spaCy's Matcher refuses"),
        ("clause: {verb: [propose]}", "clause: {verb: [proposal]}", "clause verb knows no 'proposal'"),
        ("      propose: [提出", "      proposes: [提出", "did you mean 'propose'?"),
        ("      propose: [提出", "      propose: [签署, 提出", "'签署' stands under propose too"),
        ("floor: 0.45", "flor: 0.45", "did you mean 'floor'?"),
        ("floor: 0.45", "floor: low", "must be a number"),
        ("  macros:\n", "  macross:\n", "did you mean 'macros'?"),
        ('date: "2022-05-23"', 'date: "2022-13-23"', "is no date"),
        ("- {id: Los Angeles 2022,", "- {id: launch,", "'launch' stands twice"),
        ("  quantum:\n", "  digital.standards:\n", "'digital.standards' stands twice"),
        ("settings:\n", "colour: red\nsettings:\n", "unknown key 'colour'"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(run: Run, edit: Edit, old: str, new: str, message: str) -> None:
    """Every mistake names the file, the line and what to do, before any text is coded."""
    edit(old, new)
    status, _, err = run("codebook", "check")
    assert status == 1
    line = next(line for line in err.splitlines() if "codebook.yaml:" in line)
    assert line.split("codebook.yaml:")[1].split(":")[0].isdigit()
    assert message in line


def test_an_empty_file_is_a_mistake_too(run: Run, project: Path) -> None:
    """Nothing in the file is no crash."""
    (project / "corpus" / "codebook.yaml").write_text("", "utf-8")
    status, _, err = run("codebook", "check")
    assert status == 1
    assert "must be a mapping" in err


def test_a_term_added_in_the_file_is_found(run: Run, edit: Edit) -> None:
    """A new phrase codes the next text, in Chinese as in English."""
    text = "双方讨论了氦气供应问题。"
    before = _tag(run, text)["issues"][0]["code"]
    edit("phrases: [瓶颈, 储备,", "phrases: [氦气供应, 瓶颈, 储备,")
    assert run("codebook", "check")[0] == 0
    after = _tag(run, text)["issues"][0]
    assert before != "supply.disruption_response" == after["code"]


@pytest.mark.usefixtures("built")
def test_the_check_counts_what_an_edit_changes(run: Run, edit: Edit) -> None:
    """With documents in the store, gained and lost tags are listed by code."""
    edit("- {id: ind.quantum, language: en, phrases: [", "- {id: ind.quantum, language: en, phrases: [two sides, ")
    status, out, err = run("codebook", "check", "--format", "json")
    assert status == 0
    assert "change as follows" in err + out
    rows = {row["code"]: row for row in json.loads(out)}
    assert rows["quantum"]["gained"] > 0


def test_a_code_added_in_the_file_is_given(run: Run, edit: Edit) -> None:
    """A new issue needs a domain, names, a definition and a rule, and nothing in the program."""
    edit(
        "  fair.tax:\n",
        "  fair.sport:\n    domain: fair_economy\n    name: {en: Sport, zh: 体育}\n    definition: Sport.\n"
        "    rules:\n      - {id: sport.zh, language: zh, weight: 2.5, phrases: [足球联赛]}\n"
        "      - {id: sport.en, language: en, weight: 2.5, phrases: [football league]}\n  fair.tax:\n",
    )
    assert run("codebook", "check")[0] == 0
    assert _tag(run, "双方将举办足球联赛。")["issues"][0]["code"] == "fair.sport"
    assert _tag(run, "We will hold a football league.")["issues"][0]["code"] == "fair.sport"


def test_a_framework_added_in_the_file_is_recognised(run: Run, edit: Edit, tmp_path: Path) -> None:
    """A statement that names a framework known from the file alone is filed under it."""
    edit(
        "frameworks:\n",
        "frameworks:\n  DEPA:\n    name: {en: Digital Economy Partnership, zh: 数字经济伙伴关系}\n"
        "    aliases: [Digital Economy Partnership Agreement, 数字经济伙伴关系协定]\n    parties: [Chile, Singapore]\n"
        '    rounds:\n      - {id: "1", name: {en: First, zh: 第一次}, date: "2024-05-06"}\n'
        "    groups:\n      - {id: M1, name: {en: Module 1, zh: 模块一}, issues: [digital.trade]}\n",
    )
    assert run("codebook", "check")[0] == 0
    path = tmp_path / "depa.md"
    path.write_text(
        "# Joint statement of the Digital Economy Partnership Agreement\n\nMay 6, 2024\n\n"
        "The parties of the Digital Economy Partnership Agreement will accept electronic invoices.\n",
        "utf-8",
    )
    assert run("ingest", str(path))[0] == 0
    _, out, _ = run("status", "--format", "json")
    assert any(row["framework"] == "DEPA" and row["round"] == "1" for row in json.loads(out))


def _tag(run: Run, text: str) -> dict[str, list[dict[str, str]]]:
    status, out, _ = run("tag", "-", "--format", "jsonl", stdin=text.encode())
    assert status == 0
    return dict(json.loads(out.splitlines()[0]))
