"""Attribution: at which round, in which group, by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.claims.case import Case, Decision, order_units
from pipeline.claims.reasons import count_of, say
from pipeline.claims.search import list_groups
from pipeline.records import CodedUnit
from pipeline.terms import has_term, names_group

Query = Mapping[str, object]


def check_attribution(query: Query, case: Case) -> Decision:
    """``round``: the matter first appears there. ``group``: it is dealt with by that working group or
    pillar, told from the others of the framework. ``actor``: a sentence names that actor with it,
    told from ``rivals``."""
    hits = case.find(query)
    if not hits:
        return Decision("not covered", say("nothing"), (), case.list_missing(query))
    if "round" in query:
        return _check_round(query, case, hits)
    if "group" in query:
        return _check_group(query, case, hits)
    actor = list_groups([query.get("actor")])[0]
    rivals = list_groups([query.get("rivals")])
    return _check_names(query, case, hits, actor, rivals[0] if rivals else ())


def _check_round(query: Query, case: Case, hits: Sequence[CodedUnit]) -> Decision:
    framework, wanted = case.framework(query), str(query["round"])

    def position(unit: CodedUnit) -> int:
        return framework.round_order(unit.round) if framework else 0

    ordered = sorted(hits, key=lambda u: (position(u), u.date, u.unit.document_id, u.unit.n))
    first = ordered[0].round
    of_first = order_units(unit for unit in ordered if unit.round == first)
    of_wanted = order_units(unit for unit in ordered if unit.round == wanted)
    if first == wanted:
        return Decision("supported", say("round", round=first), of_wanted)
    if position(ordered[0]) < (framework.round_order(wanted) if framework else 0):
        return Decision("contradicted", say("round before", round=first), (*of_first[:3], *of_wanted[:3]))
    scope = {"in": {"framework": framework.id if framework else "", "rounds": [wanted]}, "terms": query.get("terms")}
    missing = case.list_missing(scope)
    reason = say("round later", round=first, wanted=wanted)
    return Decision("not covered" if missing else "contradicted", reason, of_first, missing)


def _check_group(query: Query, case: Case, hits: Sequence[CodedUnit]) -> Decision:
    """As for actors, but the group may be named anywhere in the sentence's paragraph; sentences that name
    it themselves come first."""
    framework, wanted = case.framework(query), str(query["group"])
    groups = {group.id: group for group in (framework.groups if framework else ())}
    around = _paragraph_texts(case.units)

    def names(unit: CodedUnit, group_id: str) -> bool:
        texts = (around[_place(unit)], unit.unit.section, unit.unit.lead)
        return any(names_group(text, groups[group_id]) for text in texts)

    agree = tuple(
        sorted(
            (unit for unit in hits if names(unit, wanted)),
            key=lambda unit: not names_group(unit.unit.text, groups[wanted]),
        )
    )
    other = tuple(u for u in hits if u not in agree and any(names(u, g) for g in groups if g != wanted))
    return _judge(query, case, hits, agree, other)


def _check_names(
    query: Query, case: Case, hits: Sequence[CodedUnit], names: Sequence[str], rivals: Sequence[str]
) -> Decision:
    """Sentences (with heading and lead-in) that name the claimed one support; only rivals contradict."""
    agree = tuple(unit for unit in hits if _names_one(unit, names))
    other = tuple(unit for unit in hits if _names_one(unit, rivals) and unit not in agree)
    return _judge(query, case, hits, agree, other)


def _judge(
    query: Query,
    case: Case,
    hits: Sequence[CodedUnit],
    agree: tuple[CodedUnit, ...],
    other: tuple[CodedUnit, ...],
) -> Decision:
    if agree:
        return Decision("supported", say("named", count=len(agree), sentences=count_of(len(hits), "sentence")), agree)
    if other:
        return Decision("contradicted", say("named other", sentences=count_of(len(other), "sentence")), other)
    reason = say("named nobody", sentences=count_of(len(hits), "sentence"))
    return Decision("not covered", reason, tuple(hits[:3]), case.list_missing(query))


def _names_one(unit: CodedUnit, names: Sequence[str]) -> bool:
    return any(has_term(text, name) for text in (unit.unit.text, unit.unit.section, unit.unit.lead) for name in names)


def _place(unit: CodedUnit) -> tuple[str, int]:
    return unit.unit.document_id, unit.unit.paragraph


def _paragraph_texts(units: Sequence[CodedUnit]) -> dict[tuple[str, int], str]:
    texts: dict[tuple[str, int], str] = {}
    for unit in units:
        texts[_place(unit)] = f"{texts.get(_place(unit), '')} {unit.unit.text}"
    return texts
