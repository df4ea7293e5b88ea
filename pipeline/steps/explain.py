"""Why a sentence has its codes, and claims with their evidence, as plain rows."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

from pipeline.errors import UsageError, hint_nearest
from pipeline.records import Evidence
from pipeline.steps.results import compute_verdicts, load_corpus
from pipeline.steps.status import require_store
from pipeline.steps.workspace import Workspace


def explain_unit(workspace: Workspace, where: str) -> dict[str, Any]:
    """The unit at DOCUMENT:UNIT with its tags, the rules that fired and the reasons of the decision.

    Raises UsageError for a place that does not exist, with the nearest name.
    """
    document_id, _, number = where.rpartition(":")
    with require_store(workspace) as store:
        ids = [document.id for document in store.read_overview()]
        if document_id not in ids or not number.isdigit():
            places = [f"{name}:{number or 0}" for name in ids]
            hint = hint_nearest(where, places, "see parley status", cutoff=0.3)
            raise UsageError(f"{where}: no such place; write it as DOCUMENT:UNIT, {hint}")
        units = store.read_units(document_id)
        coded = store.read_coded_units([document_id])
    n = int(number)
    if n >= len(units):
        raise UsageError(f"{where}: {document_id} has units 0 to {len(units) - 1}; choose one of them")
    from pipeline.tag.rules import RuleTagger

    explanation = RuleTagger(workspace.codebook).explain_unit(units, n)
    tags = next((c.tags for c in coded if c.unit.n == n), None)
    return {
        "where": where,
        "section": units[n].section,
        "text": units[n].text,
        "tags": [
            {"dimension": tag.dimension, "code": tag.code_id, "score": tag.score, "by": tag.by}
            for tag in (tags.iter_tags() if tags else ())
        ],
        "hits": [
            {
                "rule": h.rule_id,
                "code": h.code_id,
                "matched": h.text,
                "start": h.start,
                "end": h.end,
                "weight": h.weight,
            }
            for h in explanation.hits
        ],
        "context": [
            {"where": place, "rule": rule, "code": code, "matched": phrase}
            for place, rule, code, phrase in explanation.context
        ],
        "scores": [
            {"code": code, "own": own, "heading": heading, "lead": lead, "before": before, "total": total}
            for code, own, heading, lead, before, total in explanation.scores
        ],
        "decision": explanation.reason,
    }


def list_verdicts(workspace: Workspace) -> list[dict[str, Any]]:
    """Claims with verdict, reason and the sentences that decide them."""
    corpus = load_corpus(workspace)
    texts = {(u.unit.document_id, u.unit.n): u.unit.text for u in corpus.units}
    return [
        {
            "id": v.claim.id,
            "text": v.claim.text,
            "text_zh": v.claim.text_zh,
            "where": v.claim.where,
            "type": v.claim.type,
            "verdict": v.verdict,
            "reason": v.reason,
            "reason_zh": v.reason_zh,
            "evidence": [to_evidence_row(e, texts.get((e.document_id, e.n), "")) for e in v.evidence],
            "missing": list(v.missing),
        }
        for v in compute_verdicts(corpus)
    ]


def to_evidence_row(evidence: Evidence, text: str) -> dict[str, Any]:
    return {
        "document": evidence.document_id,
        "unit": evidence.n,
        "start": evidence.start,
        "end": evidence.end,
        "text": text,
    }


def to_plain(value: Any) -> Any:
    """Records as JSON-ready mappings and lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: to_plain(part) for key, part in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, frozenset, set)):
        return [to_plain(part) for part in value]
    return value
