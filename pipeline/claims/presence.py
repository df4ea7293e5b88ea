"""Presence and absence: does a framework, a round or a document speak of a thing?"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.case import (
    ENOUGH_SENTENCES,
    Case,
    Decision,
    count_documents,
    describe_basis,
    order_units,
    scope_of,
)
from pipeline.claims.search import carry_codes, select_units
from pipeline.records import CodedUnit

Query = Mapping[str, object]


def check_presence(query: Query, case: Case) -> Decision:
    """Supported where the presence rule holds for every code, or ``least`` sentences have the words.

    Contradicted where nothing is found although every catalogued document of the scope is at hand;
    not covered where documents are missing, or what is found may be stray.
    """
    pool = select_units(case.units, scope_of(query))
    if query.get("terms"):
        hits = case.find(query)
        least = int(str(query.get("least", 1)))
        if len(hits) >= least:
            return Decision("supported", f"{_count(hits)} say so", hits)
        return _miss(query, case, pool, hits, f"{_count(hits)} where {least} are needed")
    weak: list[str] = []
    shown: list[CodedUnit] = []
    found: list[str] = []
    for codes in case.code_groups(query):
        hits = order_units(carry_codes(pool, codes))
        shown += [unit for unit in hits[:4] if unit not in shown]
        label = _label(codes, case)
        if case.is_present(hits, pool, codes):
            found.append(f"{label} {len(hits)}")
        else:
            weak.append(f"{label} {len(hits)} where {case.needed(hits, pool, codes)} are needed")
    if not weak:
        return Decision("supported", f"sentences of {len(pool)}: {', '.join(found)}", tuple(shown))
    return _miss(query, case, pool, tuple(shown), f"sentences of {len(pool)}: {', '.join([*weak, *found])}")


def check_absence(query: Query, case: Case) -> Decision:
    """Contradicted where the thing is present (by the rule; by words, one sentence is enough).

    Supported where it is not, in as many sentences as would have shown a topic of 2 % of the text.
    """
    pool = select_units(case.units, scope_of(query))
    hits = case.find(query)
    if query.get("terms"):
        present = bool(hits)
    else:
        groups = case.code_groups(query)
        present = any(case.is_present(carry_codes(pool, codes), pool, codes) for codes in groups)
    searched = f"{len(hits)} of {len(pool)} sentences in {describe_basis(pool)}"
    if present:
        return Decision("contradicted", f"it is there: {searched}", hits)
    missing = case.list_missing(query)
    if len(pool) < ENOUGH_SENTENCES:
        return Decision("not covered", f"{searched}: too few to show that it is absent", hits, missing)
    stray = ", no more than stray codings would give" if hits else ""
    return Decision("supported", f"{searched}{stray}", hits, missing)


def _miss(query: Query, case: Case, pool: tuple[CodedUnit, ...], hits: tuple[CodedUnit, ...], reason: str) -> Decision:
    missing = case.list_missing(query)
    if not hits and pool and not missing:
        return Decision("contradicted", f"{reason}; every catalogued document of the scope is at hand", hits)
    return Decision("not covered", reason, hits, missing)


def _label(codes: tuple[str, ...], case: Case) -> str:
    if len(codes) == 1:
        return codes[0]
    return case.codebook.domain_of(codes[0]) if codes else "nothing"


def _count(hits: tuple[CodedUnit, ...]) -> str:
    documents = count_documents(hits)
    return f"{len(hits)} sentence{'s' if len(hits) != 1 else ''} in {documents} document{'s' if documents != 1 else ''}"
