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
from pipeline.errors import CodebookError, hint_nearest
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
    known = _list_names(case)
    verdicts = []
    for claim in claims:
        _check_names(claim.id, claim.query, known)
        decision = METHODS[claim.type](claim.query, case)
        missing = decision.missing if decision.verdict != "contradicted" else ()
        verdicts.append(
            ClaimVerdict(claim, decision.verdict, decision.reason.en, decision.evidence, missing, decision.reason.zh)
        )
    return tuple(verdicts)


def _list_names(case: Case) -> dict[str, set[str]]:
    """Query key -> the names it may have."""
    codebook = case.codebook
    rounds = {r.id for framework in codebook.frameworks for r in framework.rounds}
    kinds = {unit.kind for unit in case.units} | {row.get("kind", "") for row in case.catalogue}
    return {
        "issues": set(codebook.issues),
        "industries": set(codebook.industries),
        "domains": {domain.id for domain in codebook.domains},
        "within": {domain.id for domain in codebook.domains},
        "framework": {framework.id for framework in codebook.frameworks},
        "rounds": rounds,
        "round": rounds,
        "group": {group.id for framework in codebook.frameworks for group in framework.groups},
        "kinds": kinds | {"joint statement", "ministerial statement", "fact sheet", "readout", "digest"},
    }


def _check_names(claim: str, query: Mapping[str, object], known: Mapping[str, set[str]]) -> None:
    """Refuse what nobody knows, so that a slip does not read as an absence."""
    for key, value in query.items():
        if isinstance(value, Mapping):
            _check_names(claim, value, known)
        elif key in known:
            for name in value if isinstance(value, list | tuple) else (value,):
                if str(name) not in known[key]:
                    hint = hint_nearest(str(name), sorted(known[key]), "correct the claim", cutoff=0.4)
                    raise CodebookError(f"claim {claim}: {key} '{name}' is not known; {hint}")
