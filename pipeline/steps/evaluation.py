"""Compare taggers on gold they have not seen, and the coders with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import ScoreRow, UnitTags
from pipeline.steps.gold import CHOSEN, list_annotations, read_annotations
from pipeline.steps.training import (
    TAGGERS,
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
    from pipeline.evaluate.calibration import Calibration
    from pipeline.evaluate.mistakes import Confusion
    from pipeline.tag.classifier import FitSettings


@dataclass(frozen=True)
class Evaluation:
    """All that `parley evaluate` shows. ``left_out``: "document" or "round".

    ``judged``: units with gold and held-out codes, by tagger. ``confusions``, ``worst`` and
    ``calibration`` are those of the combination. ``missing``: annotated documents not in the store.
    """

    rows: tuple[ScoreRow, ...]
    judged: dict[str, tuple[Judged, ...]]
    confusions: tuple[Confusion, ...]
    worst: tuple[Judged, ...]
    calibration: dict[str, Calibration]
    left_out: str
    missing: tuple[str, ...]
    lost: int


def evaluate_taggers(
    workspace: Workspace,
    *,
    taggers: Sequence[str] = TAGGERS,
    left_out: str = "document",
    progress: Progress | None = None,
) -> tuple[ScoreRow, ...]:
    """The figures of run_evaluation alone."""
    return run_evaluation(workspace, taggers=taggers, left_out=left_out, progress=progress).rows


def run_evaluation(
    workspace: Workspace,
    *,
    taggers: Sequence[str] = TAGGERS,
    left_out: str = "document",
    settings: FitSettings | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Fit each tagger without the document, or the whole round, that it is then judged on.

    Raises PipelineError where no annotated document is in the store.
    """
    from pipeline.tag.classifier import FitSettings

    chosen = settings or FitSettings()
    data = read_training_data(workspace)
    prepared = prepare_training(workspace, data, chosen)
    groups = data.rounds if left_out == "round" else data.folds
    found = hold_out(workspace, prepared, chosen, taggers=taggers, groups=groups, progress=progress)
    return to_evaluation(workspace, prepared, found, left_out=left_out)


def to_evaluation(
    workspace: Workspace, prepared: Prepared, found: dict[str, list[UnitTags]], *, left_out: str
) -> Evaluation:
    """Figures from held-out codes."""
    from pipeline.evaluate.mistakes import count_confusions, find_worst
    from pipeline.evaluate.scores import score_tags

    judged = {tagger: judge_units(prepared.data, tags) for tagger, tags in found.items()}
    rows = [
        row
        for tagger, units in judged.items()
        for row in score_tags(units, tagger=tagger, domain_of=workspace.codebook.domain_of)
    ]
    last = list(judged)[-1]
    return Evaluation(
        rows=tuple(rows),
        judged=judged,
        confusions=count_confusions(judged[last]),
        worst=find_worst(judged[last]),
        calibration=_calibrate(prepared.data, found[last]),
        left_out=left_out,
        missing=prepared.data.missing,
        lost=len(prepared.data.lost),
    )


def judge_units(data: TrainingData, tags: Sequence[UnitTags]) -> tuple[Judged, ...]:
    """Gold beside found codes, for the coded units; those that were coded because they are hard are left out."""
    from pipeline.evaluate import Judged, to_codes

    return tuple(
        Judged(
            unit.document_id,
            unit.n,
            unit.paragraph,
            unit.language,
            to_codes(gold),
            to_codes(unit_tags),
            unit_tags.issues[0].score,
        )
        for unit, gold, unit_tags in zip(data.units, data.gold, tags, strict=True)
        if gold is not None and gold.drawn != CHOSEN
    )


def evaluate_agreement(
    workspace: Workspace, *, first: str = "coder-a", second: str = "coder-b"
) -> tuple[ScoreRow, ...]:
    """Agreement of two coders over the units both have coded; empty where they share none.

    Needs no source text: units meet by document and offsets. Paragraphs, the units of resampling,
    come from the store where the document is there, else each unit stands alone.
    """
    from pipeline.evaluate import Judged, to_codes
    from pipeline.evaluate.agreement import score_agreement

    judged: list[Judged] = []
    for document_id in sorted({name for name, coder in list_annotations(workspace.annotations) if coder == first}):
        theirs = {(g.start, g.end): g for g in read_annotations(workspace.annotations, document_id, second)}
        paragraphs, language = _read_paragraphs(workspace, document_id)
        for n, gold in enumerate(read_annotations(workspace.annotations, document_id, first)):
            other = theirs.get((gold.start, gold.end))
            if other is not None:
                paragraph = paragraphs.get(gold.start, -1 - n)
                judged.append(Judged(document_id, n, paragraph, language, to_codes(gold), to_codes(other)))
    return score_agreement(judged, domain_of=workspace.codebook.domain_of)


def _read_paragraphs(workspace: Workspace, document_id: str) -> tuple[dict[int, int], str]:
    if not workspace.store_path.exists():
        return {}, "und"
    with workspace.open_store(read_only=True) as store:
        units = store.read_units(document_id)
    languages = [unit.language for unit in units]
    most = max(sorted(set(languages)), key=languages.count) if languages else "und"
    return {unit.start: unit.paragraph for unit in units}, most


def _calibrate(data: TrainingData, tags: Sequence[UnitTags]) -> dict[str, Calibration]:
    from pipeline.evaluate.calibration import score_calibration

    pairs = [
        (gold, found) for gold, found in zip(data.gold, tags, strict=True) if gold is not None and gold.drawn != CHOSEN
    ]
    issues = [(tag.score, tag.code_id in gold.issues) for gold, found in pairs for tag in found.issues]
    industries = [(tag.score, tag.code_id in gold.industries) for gold, found in pairs for tag in found.industries]
    actions = [(found.action.score, found.action.code_id == gold.action) for gold, found in pairs]
    return {
        name: score_calibration([score for score, _ in given], [right for _, right in given])
        for name, given in (("issue", issues), ("industry", industries), ("action", actions))
    }


__all__ = ["Evaluation", "evaluate_agreement", "evaluate_taggers", "judge_units", "run_evaluation", "to_evaluation"]
