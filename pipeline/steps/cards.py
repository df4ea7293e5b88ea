"""The card of a model: what it was made from, how good it is on documents it had not seen."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import Any

from pipeline.records import ScoreRow
from pipeline.steps.evaluation import Evaluation
from pipeline.steps.training import TrainingData
from pipeline.steps.workspace import Workspace, hash_code

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "skops", "jieba")
_SLICES = ("macro", "all")


def to_card(
    workspace: Workspace, data: TrainingData, evaluation: Evaluation, *, name: str, files: dict[str, str], settings: Any
) -> dict[str, Any]:
    """The card as plain values; the same for the same data, code and libraries."""
    from dataclasses import asdict

    from pipeline.tag.modelfile import FORMAT

    return {
        "format": FORMAT,
        "name": name,
        "files": files,
        "data": {
            "sha256": data.data_sha256,
            "documents": [
                {"id": document_id, "sha256": sha256, "annotations": annotations, "units": _count(data, document_id)}
                for document_id, sha256, annotations in data.hashes
            ],
            "missing": list(data.missing),
            "lost_annotations": len(data.lost),
        },
        "codebook": workspace.codebook.sha256,
        "code": hash_code(("tag",)),
        "settings": asdict(settings),
        "features": [
            "words and pairs of words of the unit (no names, dates or numbers), weighed by rarity",
            "mean word vector of the unit, of its heading, and of four units on either side",
            "weight of the rules by issue: in the unit itself, and with heading, lead-in and carry-over",
            "second stage: ridge scores and rule weights beside those of the other codes and of the units around",
            "action level: function words, rule levels of the unit and its neighbours, list item or not",
        ],
        "scores": [
            _to_score(row) for row in evaluation.rows if row.slice in _SLICES or row.slice.startswith("language:")
        ],
        "by_document": [_to_score(row) for row in evaluation.rows if row.slice.startswith("document:")],
        "by_code": [_to_score(row) for row in evaluation.rows if row.slice.startswith("code:")],
        "calibration": {name: asdict(value) for name, value in evaluation.calibration.items()},
        "left_out": evaluation.left_out,
        "seed": 20261124,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        "promotions": [],
    }


def dump_card(card: dict[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"


def render_card(card: dict[str, Any]) -> str:
    """The card for people, as Markdown."""
    lines = [f"# Model {card['name']}", ""]
    lines += [
        "Codes issues, industries and level of action together with the rules of the codebook. Trained on"
        f" {sum(d['units'] for d in card['data']['documents'])} coded units of {len(card['data']['documents'])} documents.",
        f"Every figure is held out: the {card['left_out']} that is judged was not learnt from. Intervals are 95 %"
        " percentiles over resampled paragraphs.",
        "",
    ]
    missing = card["data"]["missing"]
    lines += [f"Annotated documents that were missing: {', '.join(missing) if missing else 'none'}.", ""]
    for title, key in (("Scores", "scores"), ("By document", "by_document"), ("By code", "by_code")):
        lines += [f"## {title}", "", *_table(card[key]), ""]
    lines += ["## Calibration", ""]
    for name, value in card["calibration"].items():
        lines += [
            f"{name}: expected calibration error {value['error']:.3f}, Brier score {value['brier']:.3f}, {value['count']} tags",
            "",
            "| score | tags | mean score | share right |",
            "|---|---|---|---|",
            *(
                f"| {b['low']:.1f}-{b['high']:.1f} | {b['count']} | {b['mean_score']:.3f} | {b['share_right']:.3f} |"
                for b in value["bins"]
            ),
            "",
        ]
    lines += ["## Made from", "", "| document | units | sha256 |", "|---|---|---|"]
    lines += [f"| {d['id']} | {d['units']} | {d['sha256'][:16]} |" for d in card["data"]["documents"]]
    lines += ["", f"Codebook {card['codebook'][:16]}, code {card['code']}, data {card['data']['sha256'][:16]}.", ""]
    lines += [f"- {feature}" for feature in card["features"]]
    lines += ["", f"Settings: `{json.dumps(card['settings'])}`; seed {card['seed']}."]
    lines += [f"Versions: {', '.join(f'{k} {v}' for k, v in card['versions'].items())}.", ""]
    for promotion in card["promotions"]:
        lines += [f"Promoted over {promotion['over'] or 'rules alone'}: {promotion['verdict']}", ""]
    return "\n".join(lines)


def _table(rows: list[dict[str, Any]]) -> list[str]:
    head = ["| dimension | metric | of | value | interval | support |", "|---|---|---|---|---|---|"]
    return head + [
        f"| {r['dimension']} | {r['metric']} | {r['slice']} | {_number(r['value'])} |"
        f" {_number(r['low'])} to {_number(r['high'])} | {r['support']} |"
        for r in rows
    ]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _to_score(row: ScoreRow) -> dict[str, Any]:
    def plain(value: float) -> float | None:
        return None if value != value else round(value, 4)

    return {
        "dimension": row.dimension,
        "metric": row.metric,
        "slice": row.slice,
        "value": plain(row.interval.value),
        "low": plain(row.interval.low),
        "high": plain(row.interval.high),
        "support": row.support,
    }


def _count(data: TrainingData, document_id: str) -> int:
    return sum(
        gold is not None and unit.document_id == document_id for unit, gold in zip(data.units, data.gold, strict=True)
    )
