"""How far the coding can be trusted, gathered for the report: scores, agreement, corrected shares, reliability."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import NormalDist
from typing import Any

from pipeline.records import CodedUnit, Interval, ReliabilityPoint, ScoreRow, ShareCheck
from pipeline.steps.files import write_text
from pipeline.steps.workspace import Workspace, hash_code

_SLICES = ("scores", "by_document", "by_code")


@dataclass(frozen=True)
class Quality:
    """``facts``: what the model in use was made from, by name; numbers and short text only."""

    scores: tuple[ScoreRow, ...] = ()
    shares: tuple[ShareCheck, ...] = ()
    reliability: tuple[ReliabilityPoint, ...] = ()
    facts: Mapping[str, str | int] = field(default_factory=dict)


def gather_quality(workspace: Workspace, selections: Mapping[str, Sequence[CodedUnit]]) -> Quality:
    """Figures of the model in use and of the coders; shares corrected for each of the ``selections``."""
    card = read_card(workspace)
    return Quality(
        scores=(*_read_scores(card), *_read_agreement(workspace)),
        shares=tuple(row for name, units in selections.items() for row in _check_shares(workspace, name, units)),
        reliability=_read_reliability(card),
        facts=_read_facts(card),
    )


def read_card(workspace: Workspace) -> dict[str, Any]:
    """The card of the model in use, empty for rules alone."""
    folder = workspace.model_dir
    path = folder / "card.json" if folder else None
    if path is None or not path.is_file():
        return {}
    card: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return card


def _read_scores(card: Mapping[str, Any]) -> tuple[ScoreRow, ...]:
    """The card's held-out figures; those without a value (no gold in that slice) are left out."""
    return tuple(
        ScoreRow(
            "combined",
            row["dimension"],
            row["metric"],
            row["slice"],
            Interval(row["value"], row["low"], row["high"]),
            row["support"],
        )
        for part in _SLICES
        for row in card.get(part, ())
        if None not in (row["value"], row["low"], row["high"])
    )


def _read_reliability(card: Mapping[str, Any]) -> tuple[ReliabilityPoint, ...]:
    return tuple(
        ReliabilityPoint(
            dimension,
            one["low"],
            one["high"],
            one["mean_score"],
            _wilson(one["share_right"], one["count"]),
            one["count"],
        )
        for dimension, calibration in card.get("calibration", {}).items()
        for one in calibration["bins"]
    )


def _wilson(share: float, count: int, *, level: float = 0.95) -> Interval:
    """Score interval of a proportion (Wilson 1927)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return Interval(share, max(0.0, middle - reach), min(1.0, middle + reach), level)


def _read_facts(card: Mapping[str, Any]) -> dict[str, str | int]:
    if not card:
        return {}
    documents = card["data"]["documents"]
    facts: dict[str, str | int] = {
        "name": card["name"],
        "trained_documents": len(documents),
        "trained_units": sum(document["units"] for document in documents),
        "left_out": card["left_out"],
        "codebook": card["codebook"][:12],
        "code": card["code"][:12],
    }
    for dimension, calibration in card.get("calibration", {}).items():
        facts[f"calibration_{dimension}"] = f"{calibration['error']:.3f} / {calibration['brier']:.3f}"
    return facts


def _check_shares(workspace: Workspace, selection: str, units: Sequence[CodedUnit]) -> tuple[ShareCheck, ...]:
    from pipeline.steps.shares import correct_shares

    domains = {domain.id for domain in workspace.codebook.domains}
    return tuple(
        ShareCheck(
            selection,
            "domain" if row.code_id in domains else "issue",
            row.code_id,
            row.share.naive,
            row.share.corrected,
            row.share.gold_units,
            row.share.units,
        )
        for row in correct_shares(workspace, units, selection=selection)
    )


def _read_agreement(workspace: Workspace) -> tuple[ScoreRow, ...]:
    """Agreement of the coders, kept in corpus/built: its bootstrap costs seconds and annotations seldom change."""
    path = workspace.built / "agreement.json"
    key = _agreement_key(workspace)
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        kept = {}
    if kept.get("key") == key:
        return tuple(ScoreRow(**{**row, "interval": Interval(**row["interval"])}) for row in kept["rows"])
    from pipeline.steps.evaluation import evaluate_agreement

    rows = tuple(row for row in evaluate_agreement(workspace) if _is_number(row.interval))
    write_text(path, json.dumps({"key": key, "rows": [asdict(row) for row in rows]}))
    return rows


def _agreement_key(workspace: Workspace) -> str:
    """Changes with the coders' files, with the code, and with the paragraphs of the annotated documents."""
    from pipeline.steps.gold import list_annotations

    digest = hashlib.sha256((workspace.extract_version + hash_code(("evaluate", "records.py"))).encode())
    coded = {document_id for document_id, _ in list_annotations(workspace.annotations)}
    for path in sorted(workspace.annotations.glob("*.jsonl")):
        digest.update(path.name.encode() + path.read_bytes())
    with workspace.open_store(read_only=True) as store:
        for document in store.read_overview():
            if document.id in coded:
                digest.update(f"{document.id}:{document.sha256}".encode())
    return digest.hexdigest()


def _is_number(interval: Interval) -> bool:
    return all(value == value for value in (interval.value, interval.low, interval.high))
