"""The command line as a user meets it: output, exit status, one clear line for each mistake."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_run import Run

TEXT = (
    "---\ntitle: 'U.S.-EU Joint Statement of the Trade and Technology Council'\ndate: '2022-12-05'\n---\n\n"
    "We will launch an early warning mechanism for semiconductor supply chains.\n\n"
    "We intend to align export controls on dual-use items.\n\n"
    "The ministers thanked their hosts for a warm welcome.\n"
)


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "statement.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_ingest_then_search_then_explain(run: Run, statement: Path) -> None:
    """A new statement is found by its words, and its codes explain themselves."""
    status, out, _ = run("ingest", str(statement), "--format", "json")
    assert status == 0
    row = json.loads(out)[0]
    assert (row["framework"], row["round"], row["status"]) == ("TTC", "3", "stored")
    status, out, _ = run("search", "early warning", "--format", "jsonl")
    hits = [json.loads(line) for line in out.splitlines()]
    assert hits[0]["where"] == f"{row['document']}:0"
    status, out, _ = run("explain", hits[0]["where"], "--format", "json")
    explained = json.loads(out)[0]
    assert status == 0
    assert any(hit["code"] == "supply.disruption_response" for hit in explained["hits"])
    assert explained["decision"]


def test_tag_follows_the_contract(run: Run) -> None:
    """One object a unit, issues best first, offsets that fit, nothing stored."""
    status, out, _ = run("tag", "-", stdin=TEXT.encode())
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["unit"] for row in rows] == [0, 1, 2]
    for row in rows:
        assert list(row) == [
            "unit",
            "section",
            "page",
            "start",
            "end",
            "text",
            "language",
            "issues",
            "industries",
            "action",
        ]
        assert 1 <= len(row["issues"]) <= 3
        assert row["end"] - row["start"] == len(row["text"])
    assert rows[0]["action"]["code"] == "commit"
    assert rows[1]["issues"][0]["code"] == "security.export_controls"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("ingest", "nowhere.pdf"), 1, "check the path"),
        (("ingest", "x.md", "--framework", "TCT"), 2, "did you mean 'TTC'"),
        (("search", "x", "--framework", "IPFE"), 2, "IPEF"),
        (("search", "anything"), 2, "nothing is built yet"),
        (("changes", "--status", "strenghtened"), 2, "did you mean 'strengthened'"),
        (("changes", "--issue", "digital.standard"), 2, "did you mean 'digital.standards'"),
        (("claims", "--verdict", "suported"), 2, "did you mean 'supported'"),
        (("serch", "x"), 2, "Did you mean 'search'"),
        (("fetch", "ttc-3-joint-statment"), 2, "did you mean 'ttc-3-joint-statement'"),
        (("fetch", "--from", "nowhere"), 2, "no such folder"),
        (("report", "--language", "fr"), 2, "en, zh or both"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_mistakes_are_one_line_with_the_right_status(
    run: Run, words: tuple[str, ...], status: int, message: str
) -> None:
    """Wrong use is 2, a refused source 1; no traceback ever."""
    got, _, err = run(*words)
    assert got == status
    assert message in err
    assert "Traceback" not in err


def test_report_twice(run: Run, project: Path, statement: Path) -> None:
    """The first run writes the page, the second says that nothing changed, a new statement has it written anew."""
    status, out, err = run("report", "--language", "en")
    page = Path(out.strip())
    assert status == 0
    assert page.is_file()
    assert "4 digests" in err
    assert "documents: 4 new, read and coded" in err
    first = page.read_bytes()
    status, _, err = run("report", "--language", "en")
    assert "nothing changed" in err
    assert page.read_bytes() == first
    run("ingest", str(statement))
    status, _, err = run("report", "--language", "en")
    assert "is written" in err
    assert "1 official" in err
    assert b"early warning mechanism for semiconductor" in page.read_bytes()


@pytest.mark.usefixtures("built")
def test_overlap_changes_and_claims_answer(run: Run) -> None:
    """The three analyses give rows in the contract's form."""
    status, out, _ = run("overlap", "--left", "TTC", "--right", "IPEF", "--format", "json")
    result = json.loads(out)
    assert status == 0
    assert {"presence", "measures", "crosswalk"} <= set(result)
    status, out, _ = run("changes", "--framework", "TTC", "--from", "2", "--to", "5", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert {"status", "issues", "from", "to", "action_from", "action_to", "score"} <= set(rows[0])
    status, out, _ = run("claims", "--format", "json")
    verdicts = json.loads(out)
    assert len(verdicts) >= 60
    assert {row["verdict"] for row in verdicts} <= {"supported", "contradicted", "not covered"}


@pytest.mark.usefixtures("built")
def test_unknown_round_names_those_there_are(run: Run) -> None:
    """A round without documents is wrong use that lists the rounds."""
    status, _, err = run("changes", "--framework", "TTC", "--from", "2", "--to", "9")
    assert status == 2
    assert "no documents for round '9'; there are: 2, 5" in err


def test_csv_cells_are_harmless(run: Run, tmp_path: Path) -> None:
    """A sentence that looks like a formula is not one for a spreadsheet."""
    path = tmp_path / "evil.md"
    path.write_text('=HYPERLINK("http://example.org") is a formula that we will reject.\n', "utf-8")
    run("ingest", str(path))
    _, out, _ = run("search", "formula", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(out)))
    assert row["text"].startswith("'=")


def test_verify_finds_a_changed_original(run: Run, project: Path, statement: Path) -> None:
    """A flipped byte in an original is named."""
    run("ingest", str(statement))
    assert run("verify")[0] == 0
    original = next(p for p in (project / "corpus" / "sources").iterdir() if p.suffix == ".md")
    original.write_bytes(original.read_bytes().replace(b"launch", b"Launch"))
    status, _, err = run("verify")
    assert status == 1
    assert "was changed" in err


def test_codebook_check_names_file_and_line(run: Run, project: Path) -> None:
    """A mistake in the codebook is one line with its place."""
    path = project / "corpus" / "codebook.yaml"
    assert run("codebook", "check")[0] == 0
    path.write_text(path.read_text("utf-8").replace("domain: digital_economy", "domain: digital_econmy", 1), "utf-8")
    status, _, err = run("codebook", "check")
    assert status == 1
    assert "codebook.yaml:" in err
    assert "digital_economy" in err


@pytest.mark.usefixtures("built")
def test_status_shows_guesses_and_what_is_missing(run: Run, tmp_path: Path) -> None:
    """A document whose round is a guess is listed as such."""
    path = tmp_path / "vague.md"
    path.write_text("We will continue to share information on ports and shipping.\n", "utf-8")
    run("ingest", str(path))
    status, _, err = run("status")
    assert status == 0
    assert "guess:" in err
    assert "missing: TTC" in err


def test_fetch_from_a_folder(run: Run, official_dir: Path) -> None:
    """The 18 official texts are taken by their hash, the second time none."""
    status, _, err = run("fetch", "--from", str(official_dir))
    assert status == 0
    assert "18 stored" in err
    assert "0 stored, 18 stored already" in run("fetch", "--from", str(official_dir))[2]


@pytest.mark.parametrize(
    ("widths", "room", "limit"), [([5, 5], 20, 6), ([4, 40, 60], 64, 30), ([30, 30], 20, 10), ([50, 50], 4, 6)]
)
def test_narrow_columns_keep_their_width(widths: list[int], room: int, limit: int) -> None:
    """Only the widest columns of a table wrap, and none below six letters."""
    from pipeline.cli.output import fit_widths

    assert fit_widths(widths, room) == limit


def test_every_command_shows_an_example() -> None:
    """The help of each command has one that can be copied."""
    from typer.main import get_command

    import pipeline.cli.analyse
    import pipeline.cli.compare
    import pipeline.cli.documents
    import pipeline.cli.learn  # noqa: F401
    from pipeline.cli.main import app

    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        for part in getattr(command, "commands", {"": command}).values():
            assert "Example: parley" in (part.epilog or ""), name


@pytest.mark.usefixtures("built")
def test_two_rounds_are_written_side_by_side(run: Run, tmp_path: Path) -> None:
    """Markdown for notes, a table for Excel with Chinese headings; another ending is refused."""
    notes, table = tmp_path / "notes.md", tmp_path / "changes.csv"
    status, _, message = run("changes", "--framework", "TTC", "--from", "2", "--to", "5", "--reading", str(notes))
    assert status == 0, message
    assert "from round 2 to round 5" in notes.read_text("utf-8")
    arguments = ("changes", "--framework", "TTC", "--from", "2", "--to", "5", "--language", "zh", "--reading")
    assert run(*arguments, str(table))[0] == 0
    assert table.read_text("utf-8").startswith("\ufeffissue,status")
    assert run(*arguments, str(tmp_path / "notes.txt"))[0] == 2


@pytest.mark.usefixtures("built")
def test_changes_say_what_two_rounds_of_different_form_rest_on(run: Run, project: Path) -> None:
    """A statement is compared with a digest all the same, with a word of warning; two digests need none."""
    assert "rests on" not in run("changes", "--framework", "TTC", "--from", "2", "--to", "5")[2]
    text = "---\ntitle: U.S.-EU Joint Statement of the Trade and Technology Council\n---\n\nWe will open a dialogue on chips.\n"
    (project / "statement.md").write_text(text, "utf-8")
    options = ("--framework", "TTC", "--round", "5", "--kind", "joint statement", "--date", "2024-01-30")
    assert run("ingest", str(project / "statement.md"), *options)[0] == 0
    assert "round 2 rests on digest, round 5 on" in run("changes", "--framework", "TTC", "--from", "2", "--to", "5")[2]
