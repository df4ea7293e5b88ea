"""check_claims: a verdict for each claim, from the sentences at hand and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.claims.attribution import check_attribution
from pipeline.claims.case import Case, Decision, make_case
from pipeline.claims.comparison import check_comparison
from pipeline.claims.counting import check_count
from pipeline.claims.dating import check_date, check_ordering
from pipeline.claims.presence import check_absence, check_presence
from pipeline.codebook import Codebook
from pipeline.errors import CodebookError
from pipeline.presence import PresenceRule
from pipeline.records import Claim, ClaimVerdict, CodedUnit, Document

METHODS: dict[str, Callable[[Mapping[str, object], Case], Decision]] = {
    "presence": check_presence,
    "absence": check_absence,
    "count": check_count,
    "date": check_date,
    "ordering": check_ordering,
    "attribution": check_attribution,
    "comparison": check_comparison,
}
"""One general method a claim type."""


def check_claims(
    claims: Sequence[Claim],
    units: Sequence[CodedUnit],
    documents: Sequence[Document],
    codebook: Codebook,
    *,
    catalogue: Sequence[Mapping[str, str]] = (),
    rule: PresenceRule | None = None,
) -> tuple[ClaimVerdict, ...]:
    """Verdicts in the order of the claims.

    ``units`` may hold everything in the store: papers are left out, and digests where an official
    text of the round is at hand. ``catalogue``: rows with id, framework, round, kind, date, title,
    from which documents that are not at hand are named. Raises CodebookError where a query names a
    code, a framework, a round or a group that the codebook does not have.
    """
    case = make_case(units, documents, codebook, catalogue, rule or PresenceRule())
    verdicts = []
    for claim in claims:
        _check_names(claim.id, claim.query, codebook)
        decision = METHODS[claim.type](claim.query, case)
        missing = decision.missing if decision.verdict != "contradicted" else ()
        verdicts.append(ClaimVerdict(claim, decision.verdict, decision.reason, decision.evidence, missing))
    return tuple(verdicts)


def _check_names(claim: str, query: Mapping[str, object], codebook: Codebook) -> None:
    """Refuse what the codebook does not know, so that a slip does not read as an absence."""
    known = {
        "issues": set(codebook.issues),
        "industries": set(codebook.industries),
        "domains": {domain.id for domain in codebook.domains},
        "framework": {framework.id for framework in codebook.frameworks},
        "rounds": {r.id for framework in codebook.frameworks for r in framework.rounds},
        "group": {group.id for framework in codebook.frameworks for group in framework.groups},
    }
    known["round"] = known["rounds"]
    for key, value in query.items():
        if isinstance(value, Mapping):
            _check_names(claim, value, codebook)
        elif key in known:
            for name in value if isinstance(value, list | tuple) else (value,):
                if str(name) not in known[key]:
                    raise CodebookError(f"claim {claim}: {key} '{name}' is not in the codebook; correct the claim")
