"""What a claim is judged on: the sentences, the rule, and the documents known but not at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.claims.reasons import Reason, count_of, join_reasons
from pipeline.claims.search import carry_codes, list_groups, match_query, select_units
from pipeline.codebook import Codebook, FrameworkDef
from pipeline.presence import SPOKEN_KINDS, PresenceRule, doubt_in_score, prefer_official, settle_rule
from pipeline.records import CodedUnit, Document, Evidence, Verdict
from pipeline.terms import has_term

EVIDENCE = 8
"""Sentences shown for a verdict at most."""
ENOUGH_SENTENCES = 150
"""A topic that fills 2 % of the sentences would show in this many with 95 % chance (the rule of
three: 3 / 0.02), so that finding nothing means something."""
_KIND_ORDER = ("joint statement", "ministerial statement", "agreement text", "readout", "fact sheet", "press statement")


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its reason in a line and the sentences that decide it, ``shown`` of them at most."""

    verdict: Verdict
    reason: Reason
    units: tuple[CodedUnit, ...] = ()
    missing: tuple[str, ...] = ()
    shown: int = EVIDENCE

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        places = dict.fromkeys(Evidence(u.unit.document_id, u.unit.n, u.unit.start, u.unit.end) for u in self.units)
        return tuple(places)[: self.shown]


@dataclass(frozen=True)
class Case:
    """The material of a check. ``units``: official texts, and digests of rounds that have none."""

    units: tuple[CodedUnit, ...]
    documents: tuple[Document, ...]
    codebook: Codebook
    rule: PresenceRule
    catalogue: tuple[Mapping[str, str], ...]

    def find(self, query: Mapping[str, object]) -> tuple[CodedUnit, ...]:
        """Units in the query's scope that match its codes and its words, agreed texts first."""
        found = select_units(self.units, scope_of(query))
        codes = self.codes_of(query)
        if codes:
            found = carry_codes(found, codes)
        if query.get("terms"):
            found = match_query(found, query)
        if query.get("actions"):
            found = tuple(u for u in found if u.tags.action.code_id in str(query["actions"]))
        return rank_units(found, codes)

    def codes_of(self, query: Mapping[str, object]) -> tuple[str, ...]:
        """The issue and industry codes that a query names, domains resolved to their issues."""
        return tuple(code_id for group in self.code_groups(query) for code_id in group)

    def code_groups(self, query: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
        """Each named issue and industry by itself, each domain as the group of its issues."""
        single = [(code_id,) for key in ("issues", "industries") for code_id in _names(query.get(key))]
        domains = _names(query.get("domains"))
        return (
            *single,
            *(tuple(i for i in self.codebook.issues if self.codebook.domain_of(i) == domain) for domain in domains),
        )

    def is_present(self, hits: Sequence[CodedUnit], pool: Sequence[CodedUnit], codes: Sequence[str]) -> bool:
        """The presence rule on the units that carry the codes, among all units of the scope."""
        return self.rule.is_present(len(hits), len(pool), count_paragraphs(hits), codes, doubt_of(hits, codes))

    def needed(self, hits: Sequence[CodedUnit], pool: Sequence[CodedUnit], codes: Sequence[str]) -> int:
        """Sentences that the presence rule asks for."""
        return self.rule.needed(len(pool), codes, doubt_of(hits, codes))

    def framework(self, query: Mapping[str, object]) -> FrameworkDef | None:
        """The framework of the query's scope, None where it names no or several ones."""
        names = _names(scope_of(query).get("framework"))
        return next((f for f in self.codebook.frameworks if len(names) == 1 and f.id == names[0]), None)

    def list_missing(self, query: Mapping[str, object], *, limit: int = 5) -> tuple[str, ...]:
        """Catalogue documents of the scope that are not at hand: those whose title names the matter
        first, then agreed texts before others, then by date, those without one last."""
        at_hand = {document.id for document in self.documents if document.basis == "official"}
        at_hand |= {unit.unit.document_id for unit in self.units if unit.basis == "official"}
        rows = [row for row in select_entries(self.catalogue, scope_of(query)) if row.get("id") not in at_hand]
        words = [term for group in list_groups(query.get("terms")) for term in group]
        return tuple(row["id"] for row in sorted(rows, key=lambda row: _rank_entry(row, words))[:limit])


def make_case(
    units: Sequence[CodedUnit],
    documents: Sequence[Document],
    codebook: Codebook,
    catalogue: Sequence[Mapping[str, str]],
    rule: PresenceRule,
) -> Case:
    """Choose the units that claims are judged on and settle the presence rule by them."""
    chosen = prefer_official(units)
    settled = settle_rule(rule, chosen, codebook)
    return Case(chosen, tuple(documents), codebook, settled, tuple(catalogue))


def scope_of(query: Mapping[str, object]) -> Mapping[str, object]:
    """The query's "in" mapping, empty where it has none."""
    scope = query.get("in")
    return scope if isinstance(scope, Mapping) else {}


def select_entries(catalogue: Iterable[Mapping[str, str]], scope: Mapping[str, object]) -> list[Mapping[str, str]]:
    """Catalogue rows inside a scope; a row without a date is inside any period."""
    frameworks, rounds, kinds = (_names(scope.get(key)) for key in ("framework", "rounds", "kinds"))
    first, last = str(scope.get("from") or ""), str(scope.get("until") or "")
    return [
        row
        for row in catalogue
        if (not frameworks or row.get("framework") in frameworks)
        and (not rounds or row.get("round") in rounds)
        and (not kinds or row.get("kind") in kinds)
        and (not first or not row.get("date") or row["date"] >= first[: len(row["date"])])
        and (not last or not row.get("date") or row["date"][: len(last)] <= last)
    ]


def order_units(units: Iterable[CodedUnit]) -> tuple[CodedUnit, ...]:
    """Agreed texts before spoken ones, official before digest, then by date and place."""
    return tuple(
        sorted(
            units,
            key=lambda u: (u.kind in SPOKEN_KINDS, u.basis != "official", u.date, u.unit.document_id, u.unit.n),
        )
    )


def rank_units(units: Iterable[CodedUnit], codes: Sequence[str]) -> tuple[CodedUnit, ...]:
    """As order_units, but among agreed texts, and among spoken ones, those mainly on the codes come first,
    then the surest codings."""
    wanted = set(codes)

    def rank(unit: CodedUnit) -> tuple[bool, bool, bool, float]:
        on_it = bool(unit.tags.issues) and unit.tags.main_issue in wanted
        return unit.kind in SPOKEN_KINDS, unit.basis != "official", not on_it, -belief_in(unit, wanted)

    return tuple(sorted(order_units(units), key=rank))


def take_turns(groups: Sequence[Sequence[CodedUnit]]) -> tuple[CodedUnit, ...]:
    """The first unit of each group, then the second of each, and so on: evidence for all of several codes."""
    longest = max((len(group) for group in groups), default=0)
    return tuple(group[turn] for turn in range(longest) for group in groups if turn < len(group))


def belief_in(unit: CodedUnit, codes: Iterable[str]) -> float:
    """The best score of the unit's tags with these codes, 0 without one: the chance that one is right."""
    return max((tag.score for tag in unit.tags.iter_tags() if tag.code_id in codes), default=0.0)


def count_paragraphs(units: Iterable[CodedUnit]) -> int:
    return len({(unit.unit.document_id, unit.unit.paragraph) for unit in units})


def count_documents(units: Iterable[CodedUnit]) -> int:
    return len({unit.unit.document_id for unit in units})


def doubt_of(units: Iterable[CodedUnit], codes: Sequence[str]) -> float:
    """Doubt that the tagger has in the units' tags with these codes (presence.doubt_in_score)."""
    wanted = set(codes)
    return sum(doubt_in_score(tag.score) for unit in units for tag in unit.tags.iter_tags() if tag.code_id in wanted)


def describe_basis(units: Sequence[CodedUnit]) -> Reason:
    """What the sentences come from, for reasons: "9 official documents, 2 digests"."""
    counts = {
        basis: len({u.unit.document_id for u in units if u.basis == basis}) for basis in ("official", "digest", "other")
    }
    return join_reasons(count_of(n, basis) for basis, n in counts.items() if n)


def _rank_entry(row: Mapping[str, str], words: Sequence[str]) -> tuple[bool, int, str, str]:
    kind = row.get("kind", "")
    named = any(has_term(row.get("title", ""), word) for word in words)
    position = _KIND_ORDER.index(kind) if kind in _KIND_ORDER else len(_KIND_ORDER)
    return (not named, position, row.get("date") or "9999", row.get("id", ""))


def _names(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(entry) for entry in value) if isinstance(value, list | tuple) else (str(value),)
