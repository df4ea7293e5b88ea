"""Comparison of two scopes: how large a share of the text a topic has, or how many codes are present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from pipeline.claims.case import Case, Decision, order_units, scope_of
from pipeline.claims.search import carry_codes, match_units, select_units
from pipeline.records import CodedUnit

Query = Mapping[str, object]
_Z = 1.959964


def check_comparison(query: Query, case: Case) -> Decision:
    """``relation``: left has "more", "fewer" or "similar"; ``by``: "share" of sentences or "breadth".

    Share: the 95 % interval of the difference, sentences clustered by paragraph, must lie on one
    side of 0 ("similar": within 5 points). Breadth: one side must have more codes present even if all
    codes that are thin on the other were real ("similar": they differ by at most one code).
    """
    sides = [_side(query, key) for key in ("left", "right")]
    pools = [_pool(query, case, side) for side in sides]
    for side, pool in zip(sides, pools, strict=True):
        if not pool:
            return Decision("not covered", "one side has no sentence at hand", (), case.list_missing(side))
    if str(query.get("by", "share")) == "breadth":
        return _by_breadth(query, case, sides, pools)
    return _by_share(query, case, sides, pools)


def _pool(query: Query, case: Case, side: Query) -> tuple[CodedUnit, ...]:
    """The sentences of a side's scope; with ``within``, only those on that domain."""
    units = select_units(case.units, scope_of(side))
    return carry_codes(units, case.codes_of({"domains": query["within"]})) if query.get("within") else units


def _by_share(query: Query, case: Case, sides: Sequence[Query], pools: Sequence[tuple[CodedUnit, ...]]) -> Decision:
    hits = [_hits(case, side, pool) for side, pool in zip(sides, pools, strict=True)]
    shares = [len(hit) / len(pool) for hit, pool in zip(hits, pools, strict=True)]
    error = sqrt(sum(_variance(hit, pool) for hit, pool in zip(hits, pools, strict=True)))
    gap = shares[0] - shares[1]
    low, high = gap - _Z * error, gap + _Z * error
    reason = (
        f"{shares[0]:.1%} ({len(hits[0])} of {len(pools[0])}) against {shares[1]:.1%} "
        f"({len(hits[1])} of {len(pools[1])}); difference {low:+.1%} to {high:+.1%}"
    )
    shown = (*order_units(hits[0])[:4], *order_units(hits[1])[:4])
    if query.get("relation") == "similar":
        state = 1 if max(abs(low), abs(high)) <= 0.05 else -1 if low > 0.05 or high < -0.05 else 0
    else:
        state = (low > 0) - (high < 0)
        state = -state if query.get("relation") == "fewer" else state
    return _decide(state, reason, shown, case, sides)


def _by_breadth(query: Query, case: Case, sides: Sequence[Query], pools: Sequence[tuple[CodedUnit, ...]]) -> Decision:
    found = [_present(case, side, pool) for side, pool in zip(sides, pools, strict=True)]
    present, thin = [entry[0] for entry in found], [entry[1] for entry in found]
    gap = len(present[0]) - len(present[1])
    smaller = 1 if gap > 0 else 0
    certain = abs(gap) - len(thin[smaller])  # what is left of the lead if all thin codes are real
    if query.get("relation") == "similar":
        state = 1 if abs(gap) <= 1 else -1 if certain > 1 else 0
    else:
        lead = (gap > 0) - (gap < 0) if certain > 0 else 0
        state = -lead if query.get("relation") == "fewer" else lead
    texts = [
        f"{len(codes)} ({', '.join(codes)}{'; thin: ' + ', '.join(weak) if weak else ''})"
        for codes, weak in zip(present, thin, strict=True)
    ]
    shown = tuple(
        order_units(carry_codes(pool, [code_id]))[0]
        for pool, codes in zip(pools, present, strict=True)
        for code_id in codes[:4]
    )
    return _decide(state, f"{texts[0]} against {texts[1]}", shown, case, sides)


def _decide(state: int, reason: str, shown: tuple[CodedUnit, ...], case: Case, sides: Sequence[Query]) -> Decision:
    if state > 0:
        return Decision("supported", reason, shown)
    if state < 0:
        return Decision("contradicted", reason, shown)
    missing = [case.list_missing(side, limit=3) for side in sides]
    return Decision("not covered", f"{reason}: undecided", shown, (*missing[0], *missing[1]))


def _side(query: Query, key: str) -> Query:
    """One side's query: its scope with the codes and words of the whole claim, unless it has its own."""
    value = query.get(key)
    own = dict(value) if isinstance(value, Mapping) else {}
    scope = {
        name: own.pop(name) for name in ("framework", "rounds", "kinds", "documents", "from", "until") if name in own
    }
    shared = {name: query[name] for name in ("issues", "domains", "industries", "terms") if name in query}
    return {**shared, **own, "in": scope}


def _hits(case: Case, side: Query, pool: tuple[CodedUnit, ...]) -> tuple[CodedUnit, ...]:
    codes = case.codes_of(side)
    found = carry_codes(pool, codes) if codes else pool
    return match_units(found, side["terms"]) if side.get("terms") else found


def _present(case: Case, side: Query, pool: tuple[CodedUnit, ...]) -> tuple[list[str], list[str]]:
    """The side's codes that are present, and those that are found but too thin to count."""
    present: list[str] = []
    thin: list[str] = []
    for code_id in case.codes_of(side):
        hits = carry_codes(pool, [code_id])
        if case.is_present(hits, pool, [code_id]):
            present.append(code_id)
        elif hits:
            thin.append(code_id)
    return present, thin


def _variance(hits: Sequence[CodedUnit], pool: Sequence[CodedUnit]) -> float:
    """Variance of a share by linearisation over paragraphs (Cochran 1977, 11.3), at least 1 / n²."""
    chosen, share = {id(unit) for unit in hits}, len(hits) / len(pool)
    residuals: dict[tuple[str, int], float] = {}
    for unit in pool:
        key = (unit.unit.document_id, unit.unit.paragraph)
        residuals[key] = residuals.get(key, 0.0) + (id(unit) in chosen) - share
    clusters = len(residuals)
    total = sum(value * value for value in residuals.values()) * clusters / max(1, clusters - 1)
    return max(total, 1.0) / len(pool) ** 2
