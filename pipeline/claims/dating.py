"""Dates and their order."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.case import Case, Decision, order_units, scope_of
from pipeline.claims.search import iter_dates, match_units, select_units
from pipeline.records import CodedUnit

Query = Mapping[str, object]


def check_date(query: Query, case: Case) -> Decision:
    """Whether an event falls between ``from`` and ``to`` (each a day, a month or a year).

    With ``terms``: dates stated in the sentences that have them. Without: the dates of the
    documents in scope. One inside supports; only ones outside contradict.
    """
    first, last = str(query.get("from", "")), str(query.get("to") or query.get("from", ""))
    pool = select_units(case.units, scope_of(query))
    if query.get("terms"):
        pool = match_units(pool, query["terms"], query.get("without"))
        dated = [(unit, date) for unit in order_units(pool) for date in iter_dates(unit.unit.text)]
    else:
        dated = [(unit, unit.date) for unit in _first_units(pool)]
    inside = tuple(dict.fromkeys(unit for unit, date in dated if _within(date, first, last)))
    outside = tuple(dict.fromkeys(unit for unit, date in dated if not _within(date, first, last)))
    what = "stated" if query.get("terms") else "documents dated"
    if inside:
        dates = sorted({date for unit, date in dated if _within(date, first, last)})
        return Decision("supported", f"{what} {', '.join(dates)}", inside)
    if outside:
        dates = sorted({date for _, date in dated})
        return Decision("contradicted", f"{what} {', '.join(dates[:6])}, none within {first} to {last}", outside)
    return Decision("not covered", "no dated sentence at hand", (), case.list_missing(query))


def check_ordering(query: Query, case: Case) -> Decision:
    """Whether ``first`` comes before ``second``: the dates of the earliest sentence that matches each."""
    sides = [_mapping(query, key) for key in ("first", "second")]
    found = [sorted(case.find(side), key=lambda u: (u.date, u.unit.document_id, u.unit.n)) for side in sides]
    for side, units in zip(sides, found, strict=True):
        if not units:
            return Decision("not covered", "one of the two is not found at hand", (), case.list_missing(side))
    a, b = found[0][0], found[1][0]
    reason = f"first found {a.date} ({a.framework} {a.round}) and {b.date} ({b.framework} {b.round})"
    if a.date == b.date:
        return Decision("not covered", f"{reason}: the same day", (a, b), case.list_missing(sides[0]))
    return Decision("supported" if a.date < b.date else "contradicted", reason, (a, b))


def _within(date: str, first: str, last: str) -> bool:
    """Whether a date may lie in a period, compared as far as both are known."""
    return date >= first[: len(date)] and date[: len(last)] <= last[: len(date)]


def _first_units(units: tuple[CodedUnit, ...]) -> list[CodedUnit]:
    """The first unit of each document."""
    first: dict[str, CodedUnit] = {}
    for unit in sorted(units, key=lambda u: (u.date, u.unit.document_id, u.unit.n)):
        first.setdefault(unit.unit.document_id, unit)
    return list(order_units(first.values()))


def _mapping(query: Query, key: str) -> Query:
    value = query.get(key)
    return value if isinstance(value, Mapping) else {}
