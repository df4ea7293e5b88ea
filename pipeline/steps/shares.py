"""Shares of codes as tagged, beside the same shares corrected for the tagger's mistakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import CodedUnit, Interval
from pipeline.steps.models import read_held_out
from pipeline.steps.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.evaluate import Judged
    from pipeline.evaluate.shares import CorrectedShare, ShareSample


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One code in one selection of documents."""

    selection: str
    code_id: str
    share: CorrectedShare


def correct_shares(workspace: Workspace, coded: Sequence[CodedUnit], *, selection: str) -> tuple[ShareRow, ...]:
    """Naive and corrected share of every issue and domain over ``coded``, one row a code.

    Gold units count with the codes they got when their document was held out, so that the tagger is
    judged on what it had not learnt. Where no model is in use the result is empty.
    """
    from pipeline.evaluate.shares import correct_share

    samples = _sample(workspace, coded)
    return tuple(ShareRow(selection, code_id, correct_share(sample)) for code_id, sample in samples.items())


def correct_share_differences(
    workspace: Workspace, left: Sequence[CodedUnit], right: Sequence[CodedUnit]
) -> dict[str, Interval]:
    """Corrected share on the left minus that on the right, by code; codes without gold on both sides are left out."""
    from pipeline.evaluate.shares import correct_difference

    ours, theirs = _sample(workspace, left), _sample(workspace, right)
    return {
        code_id: correct_difference(ours[code_id], theirs[code_id])
        for code_id in ours
        if code_id in theirs and min(len(ours[code_id].gold), len(theirs[code_id].gold)) > 1
    }


def _sample(workspace: Workspace, coded: Sequence[CodedUnit]) -> dict[str, ShareSample]:
    from pipeline.evaluate.shares import ShareSample

    codebook = workspace.codebook
    if not workspace.model_name or not coded:
        return {}
    held_out = {(u.document_id, u.n): u for u in read_held_out(workspace, workspace.model_name)}
    gold: list[Judged] = []
    rest: list[set[str]] = []
    for c in coded:
        judged = held_out.get((c.unit.document_id, c.unit.n))
        if judged is not None:
            gold.append(judged)
        else:
            rest.append(_with_domains([tag.code_id for tag in c.tags.issues], codebook.domain_of))
    truth = [_with_domains(u.gold.issues, codebook.domain_of) for u in gold]
    found = [_with_domains(u.found.issues, codebook.domain_of) for u in gold]
    clusters = [(u.document_id, u.paragraph) for u in gold]
    return {
        code_id: ShareSample(
            [float(code_id in codes) for codes in truth],
            [float(code_id in codes) for codes in found],
            [float(code_id in codes) for codes in rest],
            clusters,
        )
        for code_id in (*codebook.issues, *(domain.id for domain in codebook.domains))
    }


def _with_domains(issues: Sequence[str], domain_of: Callable[[str], str]) -> set[str]:
    return {*issues, *(domain_of(issue) for issue in issues)}
