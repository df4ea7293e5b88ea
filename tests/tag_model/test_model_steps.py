"""Train, promote, review: the steps around the classifier, on a small made-up corpus."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from modelkit import CODEBOOK, make_units, make_vectors

from pipeline.errors import ModelError, PipelineError, UsageError
from pipeline.records import Document, Found, GoldUnit, Metadata, Tag, Unit, UnitTags
from pipeline.segment import unit_check
from pipeline.steps.evaluation import evaluate_agreement, judge_units, run_evaluation
from pipeline.steps.gold import read_annotations, write_annotations
from pipeline.steps.models import list_models, promote_model, read_held_out, train_model
from pipeline.steps.review import choose_units, export_review, import_review
from pipeline.steps.shares import correct_share_differences, correct_shares
from pipeline.steps.training import read_training_data
from pipeline.steps.workspace import Workspace


def make_workspace(root: Path) -> Workspace:
    """A store with six coded documents and one that nobody has coded, half of it Chinese."""
    workspace = Workspace(root)
    for folder in (workspace.annotations, workspace.models, workspace.built):
        folder.mkdir(parents=True)
    workspace.codebook_path.write_bytes(CODEBOOK.read_bytes())
    (workspace.models / "vectors.npz").write_bytes(make_vectors().to_bytes())
    units, gold = make_units()
    by_document: dict[str, list[int]] = {}
    for row, unit in enumerate(units):
        by_document.setdefault(unit.document_id, []).append(row)
    with workspace.open_store() as store:
        for number, (name, rows) in enumerate(by_document.items()):
            placed = place([units[row].text for row in rows], name)
            write(store, name, placed, f"{number % 3}")
            for coder in ("coder-a", "coder-b"):
                annotations = [annotate(u, gold[row], coder) for u, row in zip(placed, rows, strict=True) if gold[row]]
                write_annotations(workspace.annotations, name, coder, annotations)
        write(
            store,
            "fresh",
            place(
                ["税务机关将交换税收信息，“一起”。", "we will license dual use goods", "=1+1, said nobody"] * 8, "fresh"
            ),
            "9",
        )
    return workspace


def place(texts: list[str], name: str) -> list[Unit]:
    units, start = [], 0
    for n, text in enumerate(texts):
        language = "zh" if "税" in text else "en"
        units.append(Unit(name, n, start, start + len(text), text, "", n // 3, language))
        start += len(text) + 1
    return units


def write(store: Any, name: str, units: list[Unit], round_id: str) -> None:
    metadata = Metadata(**{key: Found("", "flag") for key in Metadata.__dataclass_fields__})
    metadata = replace(
        metadata, framework=Found("TTC", "flag"), round=Found(round_id, "flag"), date=Found("2022-01-01", "flag")
    )
    document = Document(
        name, name[:1] * 64 + name, "official", name, "", metadata, "\n".join(u.text for u in units), ()
    )
    tags = UnitTags((Tag("issue", "fair.tax", 0.6, "both"),), (), Tag("action", "none", 0.7, "both"))
    store.write_document(document, units, [tags] * len(units), extract_key="x", tag_key="x")


def annotate(unit: Unit, gold: Any, coder: str) -> GoldUnit:
    return GoldUnit(
        unit.document_id,
        "0" * 64,
        unit.start,
        unit.end,
        unit_check(unit.text),
        gold.issues,
        gold.industries,
        gold.action,
        coder,
        "2026-01-01",
    )


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Path]]:
    workspace = make_workspace(tmp_path_factory.mktemp("models"))
    yield workspace, train_model(workspace)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def test_card_tells_what_the_model_rests_on(trained: tuple[Workspace, Path]) -> None:
    """Data with hashes, figures with intervals, calibration, versions, for machines and for people."""
    _, folder = trained
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert [d["id"] for d in card["data"]["documents"]] == [f"doc-{n}" for n in range(6)]
    assert card["data"]["missing"] == []
    assert {"issue", "action"} <= set(card["calibration"])
    assert {"numpy", "skops"} <= set(card["versions"])
    score = next(s for s in card["scores"] if (s["dimension"], s["metric"], s["slice"]) == ("issue", "micro_f1", "all"))
    assert score["low"] <= score["value"] <= score["high"]
    assert (folder / "card.md").read_text("utf-8").startswith("# Model m-")


def test_training_twice_gives_the_same_files(trained: tuple[Workspace, Path]) -> None:
    """Same name, same bytes."""
    workspace, folder = trained
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert train_model(workspace) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_missing_documents_are_named(workspace: Workspace) -> None:
    """Training goes on with those that are there."""
    with workspace.open_store() as store:
        store.delete_document("doc-3")
    assert read_training_data(workspace).missing == ("doc-3",)


def test_no_texts_at_all_is_said_plainly(workspace: Workspace) -> None:
    """With what to do."""
    with workspace.open_store() as store:
        for number in range(6):
            store.delete_document(f"doc-{number}")
    with pytest.raises(PipelineError, match="parley fetch"):
        train_model(workspace)


def test_first_model_is_taken_and_named_in_current(trained: tuple[Workspace, Path]) -> None:
    """Nothing to compare it with."""
    workspace, folder = trained
    assert promote_model(workspace, folder.name) is None
    assert workspace.model_name == folder.name
    assert [row["in_use"] for row in list_models(workspace)] == [True]


def rival_of(workspace: Workspace, folder: Path, *, wrong: int = 0, data: str = "") -> str:
    """A copy of a model under another name, with worse held-out codes or other data."""
    rival = workspace.models / "m-rival"
    rival.mkdir(exist_ok=True)
    for path in folder.iterdir():
        (rival / path.name).write_bytes(path.read_bytes())
    rows = [json.loads(line) for line in (rival / "held-out.jsonl").read_text("utf-8").splitlines()]
    for row in rows[:wrong]:
        row["found"] = [["trade.rules"], [], "none"]
    (rival / "held-out.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    card = json.loads((rival / "card.json").read_text("utf-8"))
    card["name"] = "m-rival"
    card["data"]["sha256"] = data or card["data"]["sha256"]
    (rival / "card.json").write_text(json.dumps(card), "utf-8")
    return "m-rival"


def test_worse_or_incomparable_challenger_is_refused_and_force_needs_a_reason(trained: tuple[Workspace, Path]) -> None:
    """The model in use stays; a forced promotion leaves its reason in the card."""
    workspace, folder = trained
    promote_model(workspace, folder.name)
    worse = rival_of(workspace, folder, wrong=30)
    with pytest.raises(ModelError, match="micro-F1 falls"):
        promote_model(workspace, worse)
    other = rival_of(workspace, folder, data="0" * 64)
    with pytest.raises(ModelError, match="different data"):
        promote_model(workspace, other)
    assert workspace.model_name == folder.name
    promote_model(workspace, other, force_reason="new coding round")
    assert workspace.model_name == "m-rival"
    assert "new coding round" in (workspace.models / "m-rival" / "card.md").read_text("utf-8")
    promote_model(workspace, folder.name, force_reason="back again")


def test_unknown_model_names_those_there_are(trained: tuple[Workspace, Path]) -> None:
    """The remedy is in the message."""
    workspace, folder = trained
    with pytest.raises(UsageError, match=folder.name):
        promote_model(workspace, "m-none")


def test_evaluation_compares_all_taggers(trained: tuple[Workspace, Path]) -> None:
    """Five taggers on the same units; words beat the majority."""
    workspace, _ = trained
    evaluation = run_evaluation(workspace)
    figures = {(r.tagger, r.dimension, r.metric, r.slice): r.interval.value for r in evaluation.rows}
    assert {key[0] for key in figures} == {"majority", "tfidf", "rules", "classifier", "combined"}
    assert figures["combined", "issue", "micro_f1", "all"] > figures["majority", "issue", "micro_f1", "all"] + 0.3
    assert len({len(judged) for judged in evaluation.judged.values()}) == 1


def test_agreement_needs_no_texts(workspace: Workspace) -> None:
    """Two coders who agree on everything, with the store gone."""
    workspace.store_path.unlink()
    rows = {(r.dimension, r.metric, r.slice): r.interval.value for r in evaluate_agreement(workspace)}
    assert rows["issue", "alpha", "all"] == 1


def test_shares_are_corrected_by_held_out_gold(trained: tuple[Workspace, Path]) -> None:
    """Naive share beside the corrected one, which lies near the gold share of a quarter."""
    workspace, folder = trained
    promote_model(workspace, folder.name, force_reason="test")
    with workspace.open_store(read_only=True) as store:
        coded = store.read_coded_units()
    rows = {row.code_id: row.share for row in correct_shares(workspace, coded, selection="all")}
    share = rows["fair.tax"]
    assert share.gold_units == len(read_held_out(workspace, folder.name)) == 90
    assert share.corrected.low <= share.corrected.value <= share.corrected.high
    left, right = (
        [c for c in coded if c.unit.document_id in names] for names in (("doc-0", "doc-1"), ("doc-2", "doc-3"))
    )
    differences = correct_share_differences(workspace, left, right)
    assert differences["fair.tax"].low <= 0 <= differences["fair.tax"].high


def test_review_takes_only_what_nobody_has_coded(workspace: Workspace) -> None:
    """And a tenth of it at random."""
    items = choose_units(workspace, size=10)
    assert len(items) == 10
    coded_checks = {g.check for n in range(6) for g in read_annotations(workspace.annotations, f"doc-{n}", "coder-a")}
    assert not {item.check for item in items} & coded_checks
    assert sum(item.reason == "random" for item in items) == 1
    assert items == choose_units(workspace, size=10)


ANSWER = {"issues": ["fair.tax", "trade.rules"], "industries": ["services"], "action": "commit"}


def answer(format: str, data: bytes) -> bytes:
    """What a coder's tool gives back: every exported unit with the same answer."""
    text = data.decode("utf-8-sig")
    labels = [f"issue:{c}" for c in ANSWER["issues"]] + ["industry:services", "action:commit"]
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, rows[0].keys(), delimiter=";")
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "issues": "fair.tax, trade.rules", "industries": "services", "action": "commit"})
        return ("\ufeff" + buffer.getvalue()).encode("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    if format == "doccano":
        return "\n".join(json.dumps({**row, "label": labels}, ensure_ascii=False) for row in rows).encode()
    if format == "prodigy":
        return "\n".join(json.dumps({**row, "accept": labels, "answer": "accept"}) for row in rows).encode()
    choices = {"issues": ANSWER["issues"], "industries": ["services"], "action": ["commit"]}
    result = [{"from_name": name, "value": {"choices": given}} for name, given in choices.items()]
    return json.dumps([{**row, "annotations": [{"result": result}]} for row in rows], ensure_ascii=False).encode()


@pytest.mark.parametrize("format", ["doccano", "label-studio", "prodigy", "csv"])
def test_round_trip_through_every_tool(workspace: Workspace, tmp_path: Path, format: str) -> None:
    """Out, answered, and in again: codes in order, Chinese text untouched, other coders' files too."""
    path = tmp_path / "review"
    assert export_review(workspace, path, format=format, size=24) == 24
    assert "税务机关将交换税收信息，“一起”。" in path.read_bytes().decode("utf-8")
    others = read_annotations(workspace.annotations, "doc-0", "coder-a")
    path.write_bytes(answer(format, path.read_bytes()))
    summary = import_review(workspace, path, coder="anna", date="2026-12-01")
    stored = read_annotations(workspace.annotations, "fresh", "anna")
    assert (summary.new, summary.refused) == (len(stored), ())
    assert {(g.issues, g.industries, g.action) for g in stored} == {
        (("fair.tax", "trade.rules"), ("services",), "commit")
    }
    assert read_annotations(workspace.annotations, "doc-0", "coder-a") == others
    assert sorted(g.drawn for g in stored).count("random") == 2
    again = import_review(workspace, path, coder="anna", date="2026-12-02")
    assert (again.new, again.changed, again.same) == (0, 0, len(stored))


def test_units_chosen_for_review_are_learnt_from_but_not_judged_on(workspace: Workspace, tmp_path: Path) -> None:
    """Only units drawn at random may say how good the tagger is."""
    path = tmp_path / "review.csv"
    export_review(workspace, path, size=24)
    path.write_bytes(answer("csv", path.read_bytes()))
    import_review(workspace, path, coder="anna")
    data = read_training_data(workspace)
    judged = judge_units(
        data, [UnitTags((Tag("issue", "fair.tax", 1.0, "x"),), (), Tag("action", "none", 1.0, "x"))] * len(data.units)
    )
    assert sum(g is not None for g in data.gold if g is None or g.document_id == "fresh") == 24
    assert sum(u.document_id == "fresh" for u in judged) == 2


def test_changed_answer_is_shown(workspace: Workspace, tmp_path: Path) -> None:
    """What was and what is now."""
    path = tmp_path / "review.csv"
    export_review(workspace, path, size=5)
    path.write_bytes(answer("csv", path.read_bytes()))
    import_review(workspace, path, coder="anna")
    path.write_bytes(path.read_bytes().replace(b"fair.tax, trade.rules", b"fair.tax"))
    summary = import_review(workspace, path, coder="anna")
    assert summary.changed == 5
    assert "fair.tax trade.rules | services | commit -> fair.tax | services | commit" in summary.differences[0]


def test_open_and_wrong_answers(workspace: Workspace, tmp_path: Path) -> None:
    """An empty row is left open; an unknown code and a moved text are refused with a line, the rest is kept."""
    path = tmp_path / "review.csv"
    export_review(workspace, path, size=4)
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    rows[1] |= {"issues": "fair.taxes", "action": "none"}
    rows[2] |= {"issues": "fair.tax", "action": "none", "check": "0" * 16}
    rows[3] |= {"issues": "fair.tax", "action": "none"}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), "utf-8")
    summary = import_review(workspace, path, coder="anna")
    assert summary.new == 1
    assert len(summary.refused) == 2
    assert "did you mean 'fair.tax'" in summary.refused[0]
    assert "export anew" in summary.refused[1]


def test_formulas_are_disarmed_in_csv(workspace: Workspace, tmp_path: Path) -> None:
    """A sentence that begins with an equals sign is text in Excel."""
    path = tmp_path / "review.csv"
    export_review(workspace, path, size=24)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"'=1+1" in data


@pytest.mark.parametrize(("content", "message"), [("a,b\n1,2\n", "check"), ('{"a": ', "JSON"), ("[1", "JSON")])
def test_foreign_file(workspace: Workspace, tmp_path: Path, content: str, message: str) -> None:
    """Neither guessed at nor half read."""
    (tmp_path / "x").write_text(content, "utf-8")
    with pytest.raises(UsageError, match=message):
        import_review(workspace, tmp_path / "x", coder="anna")


@pytest.mark.parametrize("coder", ["", "a b", "../x", "安娜"])
def test_coder_names_are_file_names(workspace: Workspace, tmp_path: Path, coder: str) -> None:
    """Nothing that could leave the folder."""
    with pytest.raises(UsageError, match="coder"):
        import_review(workspace, tmp_path / "x", coder=coder)


def test_unknown_format_or_size(workspace: Workspace, tmp_path: Path) -> None:
    """Named with what there is."""
    with pytest.raises(UsageError, match="doccano"):
        export_review(workspace, tmp_path / "x", format="word")
    with pytest.raises(UsageError, match="at least 1"):
        export_review(workspace, tmp_path / "x", size=0)
