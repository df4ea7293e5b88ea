"""An overlap as plain rows, part by part: what `parley overlap --show PART` prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.records import Evidence, Overlap, OverlapResult

Row = dict[str, Any]


def list_rows(result: OverlapResult, part: str) -> list[Row]:
    """The rows of one of PARTS; evidence is written DOCUMENT:UNIT, as `parley explain` takes it."""
    return PARTS[part](result)


def _list_presence(result: OverlapResult) -> list[Row]:
    return [
        {
            "selection": row.selection,
            "dimension": row.dimension,
            "code": row.code_id,
            "sentences": row.count,
            "share": row.share.value,
            "low": row.share.low,
            "high": row.share.high,
            "documents": row.documents,
            "present": row.present,
            "evidence": _join(row.evidence),
        }
        for row in result.presence
    ]


def _list_measures(result: OverlapResult) -> list[Row]:
    return [_to_measure(row) for row in (*result.measures, *result.background)]


def _to_measure(row: Overlap) -> Row:
    return {
        "measure": row.measure,
        "dimension": row.dimension,
        "value": row.interval.value,
        "low": row.interval.low,
        "high": row.interval.high,
        "null": row.null,
        "null_mean": row.null_mean,
        "p": row.p_value,
    }


def _list_crosswalk(result: OverlapResult) -> list[Row]:
    return [
        {
            "table": row.table,
            "row": row.row,
            "name_en": row.name_en,
            "name_zh": row.name_zh,
            "left": "; ".join(cell.label for cell in row.left_cells),
            "left_sentences": row.left_count,
            "right": "; ".join(cell.label for cell in row.right_cells),
            "right_sentences": row.right_count,
            "relation": row.relation,
            "paper_relation": row.paper_relation,
            "agrees": row.agrees,
            "difference": row.difference,
            "difference_zh": row.difference_zh,
            "left_evidence": _join(row.left_evidence),
            "right_evidence": _join(row.right_evidence),
        }
        for row in result.crosswalk
    ]


def _list_content(result: OverlapResult) -> list[Row]:
    return [
        {
            "issue": row.issue,
            "left_sentences": row.left_units,
            "right_sentences": row.right_units,
            "raw": row.raw,
            "discounted": row.discounted,
            "elsewhere": row.elsewhere,
            "reused_pairs": row.reused_pairs,
        }
        for row in result.content
    ]


def _list_pairs(result: OverlapResult) -> list[Row]:
    return [
        {
            "issue": match.issue,
            "left": _join([match.left]),
            "left_text": match.left_text,
            "right": _join([match.right]),
            "right_text": match.right_text,
            "raw": match.raw,
            "discounted": match.discounted,
            "reused": match.reused,
        }
        for match in result.matches
    ]


def _list_time(result: OverlapResult) -> list[Row]:
    return [
        {
            "until": point.date,
            "left_documents": point.left_documents,
            "right_documents": point.right_documents,
            "left_sentences": point.left_units,
            "right_sentences": point.right_units,
            "measure": row.measure,
            "value": row.interval.value,
            "low": row.interval.low,
            "high": row.interval.high,
        }
        for point in result.over_time
        for row in point.measures
    ]


def _list_sensitivity(result: OverlapResult) -> list[Row]:
    return [
        {
            "selection": row.selection,
            "dimension": row.dimension,
            "code": row.code_id,
            "setting": row.setting,
            "needed": row.needed,
            "present": row.present,
        }
        for row in result.sensitivity
    ]


def _join(evidence: Sequence[Evidence]) -> str:
    return " ".join(f"{point.document_id}:{point.n}" for point in evidence)


PARTS: dict[str, Callable[[OverlapResult], list[Row]]] = {
    "presence": _list_presence,
    "measures": _list_measures,
    "crosswalk": _list_crosswalk,
    "content": _list_content,
    "pairs": _list_pairs,
    "time": _list_time,
    "sensitivity": _list_sensitivity,
}
"""Parts of an overlap by name."""
