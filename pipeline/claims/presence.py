"""Presence and absence: does a framework, a round or a document speak of a thing?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.claims.case import (
    ENOUGH_SENTENCES,
    EVIDENCE,
    Case,
    Decision,
    belief_in,
    count_documents,
    describe_basis,
    rank_units,
    scope_of,
    take_turns,
)
from pipeline.claims.reasons import Reason, count_of, join_reasons, say
from pipeline.claims.search import carry_codes, select_units
from pipeline.records import CodedUnit

Query = Mapping[str, object]
State = Literal["present", "thin", "absent", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a scope has of one thing. ``state``: "present" by the rule (by words: ``least`` sentences),
    "absent" where none of enough sentences has it, or only ones that the tagger doubts, "unknown"
    where none of too few has it, "thin" between."""

    state: State
    hits: tuple[CodedUnit, ...]
    pool: tuple[CodedUnit, ...]
    reason: Reason


def find_things(query: Query, case: Case) -> tuple[Finding, ...]:
    """One finding for a query by words, one for each issue, industry or domain of a query by codes."""
    pool = select_units(case.units, scope_of(query))
    if query.get("terms"):
        return (_find_words(query, case, pool),)
    return tuple(_find_codes(codes, case, pool) for codes in case.code_groups(query))


def check_presence(query: Query, case: Case) -> Decision:
    """Supported where everything asked for is present. Contradicted where something is not found at all
    although every catalogued document of the scope is at hand; else not covered."""
    findings = find_things(query, case)
    reason = explain_findings(query, findings)
    shown = take_turns([finding.hits for finding in findings])
    room = max(EVIDENCE, 2 * len(findings))
    if findings and all(finding.state == "present" for finding in findings):
        return Decision("supported", reason, shown, shown=room)
    missing = case.list_missing(query)
    if not missing and any(finding.pool and not finding.hits for finding in findings):
        return Decision("contradicted", say("all at hand", reason=reason), shown, shown=room)
    return Decision("not covered", reason, shown, missing, room)


def check_absence(query: Query, case: Case) -> Decision:
    """Contradicted where the thing is present (by words, one sentence is enough). Supported where it is
    absent, in as many sentences as would have shown a topic of 2 % of the text; else not covered."""
    findings = find_things(query, case)
    hits = take_turns([finding.hits for finding in findings])
    pool = findings[0].pool if findings else ()
    searched = say(
        "searched", sentences=len(set(hits)), pool=count_of(len(pool), "sentence"), basis=describe_basis(pool)
    )
    if any(finding.state == "present" for finding in findings):
        return Decision("contradicted", say("there", reason=searched), hits)
    missing = case.list_missing(query)
    if any(finding.state == "thin" for finding in findings):
        return Decision("not covered", say("too thin", reason=searched), hits, missing)
    if not findings or any(finding.state == "unknown" for finding in findings):
        return Decision("not covered", say("too few", reason=searched), hits, missing)
    return Decision("supported", say("stray", reason=searched) if hits else searched, hits, missing)


def explain_findings(query: Query, findings: Sequence[Finding]) -> Reason:
    """The findings' reasons as one."""
    if query.get("terms") or not findings:
        return findings[0].reason if findings else say("nothing")
    pool = count_of(len(findings[0].pool), "sentence")
    return say("coded", pool=pool, codes=join_reasons(finding.reason for finding in findings))


def _find_words(query: Query, case: Case, pool: tuple[CodedUnit, ...]) -> Finding:
    hits, least = case.find(query), int(str(query.get("least", 1)))
    facts = {
        "sentences": count_of(len(hits), "sentence"),
        "documents": count_of(count_documents(hits), "document"),
        "least": least,
    }
    if len(hits) >= least:
        return Finding("present", hits, pool, say("said", **facts))
    if hits:
        return Finding("thin", hits, pool, say("said too little", **facts))
    return Finding(_nothing(pool), hits, pool, say("nothing"))


def _find_codes(codes: tuple[str, ...], case: Case, pool: tuple[CodedUnit, ...]) -> Finding:
    hits = rank_units(carry_codes(pool, codes), codes)
    facts = {"code": _label(codes, case), "count": len(hits), "needed": case.needed(hits, pool, codes)}
    if case.is_present(hits, pool, codes):
        return Finding("present", hits, pool, say("code there", **facts))
    reason = say("code thin", **facts)
    if sum(belief_in(unit, codes) for unit in hits) < 1:  # not one of them is expected to be right
        return Finding(_nothing(pool), hits, pool, reason)
    return Finding("thin", hits, pool, reason)


def _nothing(pool: Sequence[CodedUnit]) -> State:
    return "absent" if len(pool) >= ENOUGH_SENTENCES else "unknown"


def _label(codes: tuple[str, ...], case: Case) -> Reason:
    """A code by its id, a domain by its own."""
    label = codes[0] if len(codes) == 1 else case.codebook.domain_of(codes[0]) if codes else "-"
    return Reason(label, case.codebook.name_of(label, "zh"))
