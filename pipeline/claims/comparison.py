"""Comparison of two scopes: which has a thing, how large a share of the text it has, how many codes are present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from pipeline.claims.case import EVIDENCE, Case, Decision, rank_units, scope_of, take_turns
from pipeline.claims.presence import Finding, State, explain_findings, find_things
from pipeline.claims.reasons import Reason, list_words, say
from pipeline.claims.search import carry_codes, match_query, select_units
from pipeline.records import CodedUnit

Query = Mapping[str, object]
_Z = 1.959964
RELATIONS: dict[str, tuple[str, ...]] = {
    "share": ("more", "fewer", "similar"),
    "breadth": ("more", "fewer", "similar", "covers"),
    "presence": ("both", "left only", "right only", "neither", "not both"),
}
"""What ``relation`` may say for each ``by``."""


def check_comparison(query: Query, case: Case) -> Decision:
    """``by`` "presence": both sides, one or neither have the thing. ``by`` "share": left has "more",
    "fewer" or a "similar" share of its sentences; the 95 % interval of the difference, sentences
    clustered by paragraph, must lie on one side of 0 ("similar": within 5 points). ``by`` "breadth":
    one side has more codes present even if all codes that are thin on the other were real ("similar":
    they differ by at most one code; "covers": left has all that are present on the right).
    """
    sides = [_side(query, key) for key in ("left", "right")]
    pools = [_pool(query, case, side) for side in sides]
    for side, pool in zip(sides, pools, strict=True):
        if not pool:
            return Decision("not covered", say("one side empty"), (), case.list_missing(side))
    by = str(query.get("by", "share"))
    if by == "presence":
        return _by_presence(query, case, sides)
    return (_by_breadth if by == "breadth" else _by_share)(query, case, sides, pools)


def _by_presence(query: Query, case: Case, sides: Sequence[Query]) -> Decision:
    findings = [find_things(side, case) for side in sides]
    states = [_join_states([finding.state for finding in side]) for side in findings]
    wanted = {
        "both": ("present", "present"),
        "left only": ("present", "absent"),
        "right only": ("absent", "present"),
        "neither": ("absent", "absent"),
    }.get(str(query.get("relation")))
    if wanted:
        fits = [_fits(state, want) for state, want in zip(states, wanted, strict=True)]
        state = 1 if all(fit > 0 for fit in fits) else -1 if any(fit < 0 for fit in fits) else 0
    else:  # not both
        state = -1 if states == ["present", "present"] else 1 if "absent" in states else 0
    reasons = [
        say("side", name=_name(side), state=say(found), reason=explain_findings(side, things))
        for side, found, things in zip(sides, states, findings, strict=True)
    ]
    shown = take_turns([take_turns([thing.hits for thing in things]) for things in findings])
    room = max(EVIDENCE, 2 * sum(len(things) for things in findings))
    return _decide(state, say("sides", left=reasons[0], right=reasons[1]), shown, case, sides, room)


def _join_states(states: Sequence[State]) -> State:
    """Several things are there together only where each is."""
    for state in ("absent", "unknown", "thin"):
        if state in states:
            return state
    return "present" if states else "unknown"


def _fits(state: State, wanted: str) -> int:
    if state == wanted:
        return 1
    return -1 if {state, wanted} == {"present", "absent"} else 0


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
    reason = say(
        "shares",
        left=shares[0],
        left_hits=len(hits[0]),
        left_pool=len(pools[0]),
        right=shares[1],
        right_hits=len(hits[1]),
        right_pool=len(pools[1]),
        low=low,
        high=high,
    )
    if query.get("relation") == "similar":
        state = 1 if max(abs(low), abs(high)) <= 0.05 else -1 if low > 0.05 or high < -0.05 else 0
    else:
        state = (low > 0) - (high < 0)
        state = -state if query.get("relation") == "fewer" else state
    return _decide(state, reason, take_turns(hits), case, sides)


def _by_breadth(query: Query, case: Case, sides: Sequence[Query], pools: Sequence[tuple[CodedUnit, ...]]) -> Decision:
    found = [{code_id: find_one(case, side, code_id) for code_id in case.codes_of(side)} for side in sides]
    there = [[c for c, finding in codes.items() if finding.state == "present"] for codes in found]
    thin = [[c for c, finding in codes.items() if finding.hits and finding.state != "present"] for codes in found]
    shown = [rank_units(found[at][c].hits, [c])[:1] for at in (0, 1) for c in there[at]]
    relation = query.get("relation")
    if relation == "covers":
        lacking = [c for c in there[1] if found[0][c].state == "absent"]
        weak = [c for c in there[1] if c not in there[0] and c not in lacking]
        state = -1 if lacking else 0 if weak or not there[1] else 1
        shared = [c for c in there[1] if c in there[0]]
        facts = {"shared": list_words(shared), "lacking": list_words(lacking), "thin": list_words(weak)}
        reason = say("covered", left=_name(sides[0]), right=_name(sides[1]), **facts)
    else:
        state = _compare_breadth(len(there[0]) - len(there[1]), [len(codes) for codes in thin], str(relation))
        reason = say(
            "breadth",
            left=_tell_breadth(there[0], thin[0]),
            right=_tell_breadth(there[1], thin[1]),
        )
    return _decide(state, reason, take_turns(shown), case, sides, len(shown))


def find_one(case: Case, side: Query, code_id: str) -> Finding:
    """What a side has of one issue or industry."""
    key = "issues" if code_id in case.codebook.issues else "industries"
    return find_things({"in": scope_of(side), key: [code_id]}, case)[0]


def _compare_breadth(gap: int, thin: Sequence[int], relation: str) -> int:
    """1 where the relation holds, -1 where its opposite does, 0 where thin codes could tip it."""
    certain = abs(gap) - thin[1 if gap > 0 else 0]  # what is left of the lead if all thin codes are real
    if relation == "similar":
        return 1 if abs(gap) <= 1 else -1 if certain > 1 else 0
    lead = (gap > 0) - (gap < 0) if certain > 0 else 0
    return -lead if relation == "fewer" else lead


def _tell_breadth(codes: Sequence[str], thin: Sequence[str]) -> Reason:
    key = "breadth side thin" if thin else "breadth side"
    return say(key, count=len(codes), codes=list_words(codes), thin=list_words(thin))


def _decide(
    state: int,
    reason: Reason,
    shown: tuple[CodedUnit, ...],
    case: Case,
    sides: Sequence[Query],
    room: int = EVIDENCE,
) -> Decision:
    if state > 0:
        return Decision("supported", reason, shown, shown=room)
    if state < 0:
        return Decision("contradicted", reason, shown, shown=room)
    missing = [case.list_missing(side, limit=3) for side in sides]
    return Decision("not covered", say("undecided", reason=reason), shown, (*missing[0], *missing[1]), room)


def _name(side: Query) -> str:
    """A side by its framework, its rounds or its documents."""
    scope = scope_of(side)
    parts = [scope.get(key) for key in ("framework", "rounds", "documents")]
    return " ".join(
        ", ".join(str(entry) for entry in part) if isinstance(part, list | tuple) else str(part)
        for part in parts
        if part
    )


def _side(query: Query, key: str) -> Query:
    """One side's query: its scope with the codes and words of the whole claim, unless it has its own."""
    value = query.get(key)
    own = dict(value) if isinstance(value, Mapping) else {}
    scope = {
        name: own.pop(name) for name in ("framework", "rounds", "kinds", "documents", "from", "until") if name in own
    }
    shared_keys = ("issues", "domains", "industries", "terms", "without", "near", "least")
    shared = {name: query[name] for name in shared_keys if name in query}
    return {**shared, **own, "in": scope}


def _hits(case: Case, side: Query, pool: tuple[CodedUnit, ...]) -> tuple[CodedUnit, ...]:
    codes = case.codes_of(side)
    found = carry_codes(pool, codes) if codes else pool
    return rank_units(match_query(found, side) if side.get("terms") else found, codes)


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
