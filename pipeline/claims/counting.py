"""Counts: of rounds held, of numbered things, of names in a list, or as a sentence states them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.claims.case import EVIDENCE, Case, Decision, order_units, scope_of, select_entries
from pipeline.claims.reasons import Reason, count_of, list_words, say
from pipeline.claims.search import iter_numbers, list_groups, match_query, select_units
from pipeline.records import CodedUnit
from pipeline.terms import has_term

Query = Mapping[str, object]
COUNTS = ("stated", "numbered", "named", "rounds")
"""What a count claim may count."""
_NEAR_WORDS = 4
"""A number belongs to a noun that follows within so many words, or precedes it directly."""


def check_count(query: Query, case: Case) -> Decision:
    """One method for each ``of`` of COUNTS (see docs/claims.md)."""
    methods = dict(zip(COUNTS, (_count_stated, _count_numbered, _count_named, _count_rounds), strict=True))
    return methods[str(query["of"])](query, case)


def _count_stated(query: Query, case: Case) -> Decision:
    """Sentences that give a number for the noun: one with the claimed number supports, others contradict."""
    wanted, nouns = float(str(query["number"])), _nouns(query)
    pool = match_query(select_units(case.units, scope_of(query)), query)
    stated = [(unit, _numbers_of(unit.unit.text, nouns)) for unit in order_units(pool)]
    agree = tuple(unit for unit, numbers in stated if wanted in numbers)
    other = tuple(unit for unit, numbers in stated if numbers and wanted not in numbers)
    if agree:
        return Decision(
            "supported", say("states", sentences=count_of(len(agree), "sentence"), number=f"{wanted:g}"), agree
        )
    if other:
        values = sorted({n for _, numbers in stated for n in numbers})
        return Decision("contradicted", say("states other", numbers=_list(values), number=f"{wanted:g}"), other)
    return Decision("not covered", say("no number"), (), case.list_missing(query))


def _count_numbered(query: Query, case: Case) -> Decision:
    """How many different numbers follow the noun ("Working Group 7"), in sentences and headings."""
    nouns = _nouns(query)
    first: dict[int, CodedUnit] = {}
    for unit in order_units(select_units(case.units, scope_of(query))):
        for text in (unit.unit.text, unit.unit.section):
            for number in _numbers_after(text, nouns):
                first.setdefault(number, unit)
    shown = tuple(first[number] for number in sorted(first))
    return _compare_number(query, case, len(first), say("numbered", numbers=_list(sorted(first))), shown)


def _count_named(query: Query, case: Case) -> Decision:
    """How many of the framework's parties the fullest document names in sentences with the words."""
    framework = case.framework(query)
    parties = framework.parties if framework else ()
    pool = match_query(select_units(case.units, scope_of(query)), query)
    named = [(unit, [party for party in parties if _names_party(unit.unit.text, party)]) for unit in order_units(pool)]
    best = max(named, key=lambda entry: len(entry[1]), default=None)
    if best is None or len(best[1]) < 2:
        return Decision("not covered", say("no list"), (), case.list_missing(query))
    return _compare_number(query, case, len(best[1]), say("names", names=list_words(best[1])), (best[0],))


def _count_rounds(query: Query, case: Case) -> Decision:
    """Different rounds of which a document at hand has a sentence with the words.

    More than claimed contradicts; fewer, or further rounds in the catalogue, leave it open.
    """
    first: dict[str, CodedUnit] = {}
    excepted = list_groups([query.get("except")])[0]
    pool = tuple(unit for unit in select_units(case.units, scope_of(query)) if unit.round not in excepted)
    matched = match_query(pool, query)
    for unit in order_units(matched):
        first.setdefault(unit.round, unit)
    shown, wanted = tuple(sorted(first.values(), key=lambda u: (u.date, u.unit.document_id))), int(str(query["number"]))
    known = {row.get("round", "") for row in select_entries(case.catalogue, scope_of(query))}
    framework = case.framework(query)
    last = str(scope_of(query).get("until") or "9999")
    order = {r.id for r in framework.rounds if r.date[: len(last)] <= last} if framework else known
    further = sorted((known & order) - {unit.round for unit in pool} - set(excepted))
    reason = say("rounds", rounds=list_words(unit.round for unit in shown), found=len(shown))
    if len(shown) > wanted:
        return Decision("contradicted", say("rounds more", reason=reason, number=wanted), shown, shown=len(shown))
    if further:
        reason = say("rounds missing", reason=reason, further=list_words(further))
        return Decision("not covered", reason, shown, case.list_missing(query))
    if len(shown) < wanted:
        reason = say("rounds fewer", reason=reason, number=wanted)
        return Decision("not covered", reason, shown, case.list_missing(query))
    return Decision("supported", reason, shown, shown=len(shown))


def _names_party(text: str, party: str) -> bool:
    """Whether the text names a party, its name written as one word or as several ("Viet Nam")."""
    return has_term(text, party) or has_term(text, party.replace(" ", ""))


def _compare_number(query: Query, case: Case, found: int, what: Reason, shown: tuple[CodedUnit, ...]) -> Decision:
    wanted = int(str(query["number"]))
    if not found:
        return Decision("not covered", say("not shown"), (), case.list_missing(query))
    room = max(EVIDENCE, len(shown))
    if found == wanted or (query.get("at_least") and found > wanted):
        return Decision("supported", say("number", found=found, what=what), shown, shown=room)
    return Decision("contradicted", say("other number", found=found, number=wanted, what=what), shown, shown=room)


def _numbers_of(text: str, nouns: Sequence[str]) -> set[float]:
    """Numbers that a noun follows within a few words and no other number, or precedes directly."""
    numbers = list(iter_numbers(text))
    found: set[float] = set()
    for position, (_, end, value, ordinal) in enumerate(numbers):
        stop = numbers[position + 1][0] if position + 1 < len(numbers) else len(text)
        after = text[end:stop] if any("\u4e00" <= c <= "\u9fff" for c in text[end : end + 2]) else _take(text[end:stop])
        if not ordinal and any(has_term(after, noun) for noun in nouns):
            found.add(value)
    return found | {float(number) for number in _numbers_after(text, nouns)}


def _take(text: str) -> str:
    """The next few words, up to the end of the clause."""
    clause = text.split(",")[0].split(";")[0]
    return " ".join(clause.split()[:_NEAR_WORDS])


def _numbers_after(text: str, nouns: Sequence[str]) -> list[int]:
    found = []
    for start, _, value, ordinal in iter_numbers(text):
        before = text[:start].rstrip()
        if not ordinal and any(
            has_term(before[-len(noun) - 1 :], noun)
            for noun in nouns
            if before.lower().endswith(noun.lower().rstrip("*"))
        ):
            found.append(int(value))
    return found


def _nouns(query: Query) -> tuple[str, ...]:
    return tuple(noun for group in list_groups([query.get("noun")]) for noun in group)


def _list(values: Sequence[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)
