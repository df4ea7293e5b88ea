"""Dates and their order."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.case import Case, Decision, order_units, scope_of
from pipeline.claims.reasons import list_words, say
from pipeline.claims.search import iter_dates, match_query, select_units
from pipeline.records import CodedUnit

Query = Mapping[str, object]


def check_date(query: Query, case: Case) -> Decision:
    """Whether an event falls between ``from`` and ``to`` (each a day, a month or a year).

    With ``terms``: dates stated in the sentences that have them, "today" being their document's date;
    with ``by: document`` the dates of those documents. Without: the dates of the documents in scope.
    One inside supports; only ones outside contradict.
    """
    first, last = str(query.get("from", "")), str(query.get("to") or query.get("from", ""))
    pool = select_units(case.units, scope_of(query))
    found = order_units(match_query(pool, query) if query.get("terms") else pool)
    stated = bool(query.get("terms")) and query.get("by") != "document"
    if stated:
        dated = [(unit, date) for unit in found for date in iter_dates(unit.unit.text, unit.date)]
    else:
        dated = [(unit, unit.date) for unit in _first_units(found) if unit.date]
    placed = {place: [(u, date) for u, date in dated if _place(date, first, last) == place] for place in (0, 1, -1)}
    key = "dates stated" if stated else "dates of documents"
    decisive = placed[1] or placed[-1] or placed[0]
    if not decisive:
        return Decision("not covered", say("no date"), (), case.list_missing(query))
    reason = say(key, dates=list_words(sorted({date for _, date in decisive})[:6]))
    shown = tuple(dict.fromkeys(unit for unit, _ in decisive))
    if placed[1]:
        return Decision("supported", reason, shown)
    if placed[0]:
        vague = tuple(dict.fromkeys(unit for unit, _ in placed[0]))
        return Decision("not covered", say("dates vague", reason=reason), vague, case.list_missing(query))
    return Decision("contradicted", say("dates outside", reason=reason, first=first, last=last), shown)


def check_ordering(query: Query, case: Case) -> Decision:
    """Whether ``first`` comes before ``second``: the dates of the earliest sentence that matches each."""
    sides = [_mapping(query, key) for key in ("first", "second")]
    found = [
        sorted((u for u in case.find(side) if u.date), key=lambda u: (u.date, u.unit.document_id, u.unit.n))
        for side in sides
    ]
    for side, units in zip(sides, found, strict=True):
        if not units:
            return Decision("not covered", say("one missing"), (), case.list_missing(side))
    a, b = found[0][0], found[1][0]
    reason = say(
        "order",
        first=a.date,
        where_first=f"{a.framework} {a.round}",
        second=b.date,
        where_second=f"{b.framework} {b.round}",
    )
    if a.date == b.date:
        return Decision("not covered", say("same day", reason=reason), (a, b), case.list_missing(sides[0]))
    return Decision("supported" if a.date < b.date else "contradicted", reason, (a, b))


def _place(date: str, first: str, last: str) -> int:
    """1 where a date (a day, month or year) lies within the period, -1 where it lies outside, 0 where it
    is too vague to tell."""
    (begin, end), start, stop = _span(date), _span(first)[0], _span(last)[1]
    if start <= begin and end <= stop:
        return 1
    return -1 if end < start or stop < begin else 0


def _span(date: str) -> tuple[str, str]:
    """First and last day of a year, a month or a day."""
    return date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]


def _first_units(units: tuple[CodedUnit, ...]) -> list[CodedUnit]:
    """The first of the units in each document."""
    first: dict[str, CodedUnit] = {}
    for unit in sorted(units, key=lambda u: (u.date, u.unit.document_id, u.unit.n)):
        first.setdefault(unit.unit.document_id, unit)
    return list(order_units(first.values()))


def _mapping(query: Query, key: str) -> Query:
    value = query.get(key)
    return value if isinstance(value, Mapping) else {}
