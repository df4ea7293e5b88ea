"""Train, evaluate and promote classifiers: everything that reads or writes models/."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError, UsageError
from pipeline.records import UnitTags
from pipeline.steps.evaluation import Evaluation, evaluate_agreement, evaluate_taggers, run_evaluation, to_evaluation
from pipeline.steps.files import hash_bytes, write_atomic, write_text
from pipeline.steps.gold import CHOSEN
from pipeline.steps.training import (
    VECTORS_FILE,
    Prepared,
    Progress,
    TrainingData,
    hold_out,
    prepare_training,
    read_training_data,
)
from pipeline.steps.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.evaluate import Judged
    from pipeline.evaluate.paired import Comparison

HELD_OUT_FILE = "held-out.jsonl"


def train_model(workspace: Workspace, *, embedder: str = "", progress: Progress | None = None) -> Path:
    """Fit on all annotated documents of the store and write models/NAME with its card; returns that folder.

    ``embedder``: a local folder or module:function with embeddings of the user's own, see docs/classifier.md.

    NAME is made from the model's bytes: the same data, code and libraries give the same folder.
    Raises PipelineError where not one annotated document is in the store.
    """
    from pipeline.steps.cards import to_card
    from pipeline.tag.classifier import FitSettings, fit_classifier
    from pipeline.tag.modelfile import MODEL_FILE, to_model_bytes

    settings = FitSettings(embedder=embedder)
    data = read_training_data(workspace)
    prepared = prepare_training(workspace, data, settings)
    found = hold_out(workspace, prepared, settings, taggers=["combined"], progress=progress)
    evaluation = to_evaluation(workspace, prepared, found, left_out="document")
    classifier = fit_classifier(
        prepared.inputs,
        prepared.gold,
        prepared.rule_tags,
        workspace.codebook,
        prepared.vectors,
        groups=list(data.rounds),
        settings=settings,
    )
    content = {
        MODEL_FILE: to_model_bytes(classifier),
        VECTORS_FILE: (workspace.models / VECTORS_FILE).read_bytes(),
        HELD_OUT_FILE: _dump_held_out(data, found["combined"]),
    }
    files = {name: hash_bytes(part) for name, part in content.items()}
    name = f"m-{hash_bytes((files[MODEL_FILE] + data.data_sha256).encode())[:10]}"
    folder = workspace.models / name
    for file, part in content.items():
        write_atomic(folder / file, part)
    _write_card(folder, to_card(workspace, data, evaluation, name=name, files=files, settings=settings))
    return folder


def promote_model(workspace: Workspace, name: str, *, force_reason: str = "") -> Comparison | None:
    """Make ``name`` the model in use, if it is no worse than the present one; None where there was none.

    Both are compared on the same held-out units by paired bootstrap; a present one that cannot be
    loaded stands in nobody's way. Refuses with ModelError when
    micro-F1 falls, when a code with enough units falls significantly, or when they were trained on
    different data; ``force_reason`` overrides, and goes into the card.
    """
    from pipeline.evaluate.paired import compare_taggers
    from pipeline.tag.modelfile import load_model, read_card

    folder = workspace.models / name
    if not folder.is_dir():
        known = sorted(path.parent.name for path in workspace.models.glob("*/card.json"))
        raise UsageError(f"no model '{name}'; there are: {', '.join(known) or 'none, run parley train'}")
    load_model(folder)
    card = read_card(folder)
    champion = workspace.model_name
    comparison, objections = None, []
    if champion and champion != name:
        if not _is_usable(workspace.models / champion):
            champion = ""
        elif read_card(workspace.models / champion)["data"]["sha256"] != card["data"]["sha256"]:
            objections.append("the two were trained and judged on different data; train the present one anew, or")
        else:
            old_units, new_units = read_held_out(workspace, champion), read_held_out(workspace, name)
            comparison = compare_taggers(old_units, new_units)
            objections += comparison.objections
    if objections and not force_reason:
        raise ModelError(f"{name}: not promoted over {champion}: {'; '.join(objections)} give --force with a reason")
    verdict = comparison.summary if comparison else "no comparison"
    if objections:
        verdict = f"forced ({force_reason}) although {'; '.join(objections)}"
    if champion != name:
        card["promotions"].append({"over": champion, "verdict": verdict, "forced": force_reason})
        _write_card(folder, card)
    write_text(workspace.models / "current", name + "\n")
    return comparison


def _is_usable(folder: Path) -> bool:
    from pipeline.tag.modelfile import load_model

    try:
        load_model(folder)
    except Exception:  # as in verify: a damaged model may fail in any way
        return False
    return True


def list_models(workspace: Workspace) -> tuple[dict[str, Any], ...]:
    """Name, data, main figures of every model, and which one is in use; no figures where the card cannot be read."""
    from pipeline.tag.modelfile import read_card

    rows = []
    for path in sorted(workspace.models.glob("*/card.json")):
        try:
            card = read_card(path.parent)
        except ModelError:
            card = {"name": path.parent.name, "scores": [], "data": {"documents": []}}
        figures = {(s["dimension"], s["metric"], s["slice"]): s["value"] for s in card["scores"]}
        rows.append(
            {
                "name": card["name"],
                "in_use": card["name"] == workspace.model_name,
                "documents": len(card["data"]["documents"]),
                "issue_micro_f1": figures.get(("issue", "micro_f1", "macro")),
                "domain_micro_f1": figures.get(("domain", "micro_f1", "macro")),
                "main_issue": figures.get(("main_issue", "accuracy", "macro")),
                "action": figures.get(("action", "accuracy", "macro")),
            }
        )
    return tuple(rows)


def _write_card(folder: Path, card: dict[str, Any]) -> None:
    from pipeline.steps.cards import dump_card, render_card

    write_text(folder / "card.json", dump_card(card))
    write_text(folder / "card.md", render_card(card))


def _dump_held_out(data: TrainingData, tags: Sequence[UnitTags]) -> bytes:
    """Held-out codes beside the gold, a unit a line and without text: what promotion compares."""
    lines = [
        json.dumps(
            {
                "document": unit.document_id,
                "n": unit.n,
                "paragraph": unit.paragraph,
                "language": unit.language,
                "gold": [gold.issues, gold.industries, gold.action],
                "found": [
                    [tag.code_id for tag in found.issues],
                    [tag.code_id for tag in found.industries],
                    found.action.code_id,
                ],
                "score": found.issues[0].score,
            },
            ensure_ascii=False,
        )
        for unit, gold, found in zip(data.units, data.gold, tags, strict=True)
        if gold is not None and gold.drawn != CHOSEN
    ]
    return ("\n".join(lines) + "\n").encode()


def read_held_out(workspace: Workspace, name: str) -> tuple[Judged, ...]:
    """Gold and held-out codes of a model's training units; ModelError where the file is missing or damaged."""
    path = workspace.models / name / HELD_OUT_FILE
    try:
        return _parse_held_out(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(f"{name}/{HELD_OUT_FILE}: cannot be read ({error}); train the model anew") from error


@lru_cache(maxsize=2)
def _parse_held_out(data: bytes) -> tuple[Judged, ...]:
    """A report asks for the same ones four times."""
    from pipeline.evaluate import Codes, Judged

    def codes(values: list[Any]) -> Codes:
        return Codes(tuple(values[0]), tuple(values[1]), values[2])

    rows = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    return tuple(
        Judged(r["document"], r["n"], r["paragraph"], r["language"], codes(r["gold"]), codes(r["found"]), r["score"])
        for r in rows
    )


__all__ = [
    "Evaluation",
    "Prepared",
    "evaluate_agreement",
    "evaluate_taggers",
    "list_models",
    "promote_model",
    "read_held_out",
    "run_evaluation",
    "train_model",
]
