"""From clauses to rules on the level of action: of the rules that fit a clause the most specific one fires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.records import ACTION_LEVELS
from pipeline.tag.compile import Rule


class Clause(NamedTuple):
    """One verb group. ``form``: tense, mood and voice; ``verb``: its kind; ``subject``: who acts; ``next``: what
    follows; ``place``: main, or how it depends on another. The values are those of the language's analyser."""

    form: str
    verb: str
    subject: str
    next: str
    place: str
    start: int
    end: int


Features = tuple[str, str, str, str, str]
Pick = tuple[Rule, int, str, int]
"""A rule on the level of action, where what it fits starts, that in words (for a clause, see describe), where it ends."""
_SUBORDINATE = 0.5
"""Weight of a rule in a relative clause, an aside, or a clause with "that" about others: it speaks only
where no main clause does."""


class LevelRules:
    """The clause rules of a language; remembers its answers, since few kinds of clauses occur."""

    def __init__(self, rules: Sequence[tuple[Rule, Mapping[str, frozenset[str]]]]) -> None:
        self._rules = tuple(rule for rule, _ in rules)
        self._masks = [_mask_rules(part, [wanted for _, wanted in rules]) for part in Clause._fields[:5]]
        self._sizes = [len(wanted) for _, wanted in rules]
        self._known: dict[Features, tuple[Rule | None, str]] = {}

    def pick(self, clauses: Sequence[Clause]) -> list[Pick]:
        """One rule for each clause that any fits."""
        known = self._known
        picks = []
        for clause in clauses:
            features = clause[:5]
            picked = known.get(features) or self._remember(features)
            if picked[0] is not None:
                picks.append((picked[0], clause[5], picked[1], clause[6]))
        return picks

    def _remember(self, features: Features) -> tuple[Rule | None, str]:
        picked = self._known[features] = (self._choose(features), describe(features))
        return picked

    def _choose(self, key: Features) -> Rule | None:
        """The rule with the most conditions among those that fit, of equals the one of the higher level."""
        fit = -1
        for value, (free, by_value) in zip(key, self._masks, strict=True):
            fit &= by_value.get(value, free)
        fitting = [number for number in range(len(self._rules)) if fit >> number & 1]
        if not fitting:
            return None
        rule = self._rules[max(fitting, key=self._rank)]
        values = dict(zip(Clause._fields, key, strict=False))
        speaks = values["subject"] == "we" and values["form"] == "should"
        bound = speaks or (values["subject"] in ("we", "authors") and values["form"] in ("future", "future_be"))
        bound = bound or (
            values["subject"] == "we" and values["verb"] in ("aim", "bind") and values["form"] in ("present", "copula")
        )
        told = values["place"] == "that" and not bound
        subordinate = told or values["place"] in ("relative", "aside")
        return replace(rule, weight=rule.weight * _SUBORDINATE) if subordinate else rule

    def _rank(self, number: int) -> tuple[int, float, int]:
        rule = self._rules[number]
        return self._sizes[number], rule.weight, ACTION_LEVELS.index(rule.code_id)


def _mask_rules(part: str, conditions: Sequence[Mapping[str, frozenset[str]]]) -> tuple[int, dict[str, int]]:
    """The rules, as bits, that do not ask for ``part``; and those that each value of it suits."""
    free = sum(1 << number for number, wanted in enumerate(conditions) if part not in wanted)
    values = {value for wanted in conditions for value in wanted.get(part, ())}
    return free, {
        value: free | sum(1 << number for number, wanted in enumerate(conditions) if value in wanted.get(part, ()))
        for value in values
    }


def name_clauses(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Each clause as a few words for a classifier to learn from: form, kind of verb, subject, together and apart."""
    names: list[str] = []
    for form, verb, subject, following, place, _, _ in clauses:
        lead = "" if place == "main" else f"{place}:"
        names += [
            f"{lead}{form}",
            f"{lead}{form}.{verb}",
            f"{lead}{form}.{subject}",
            f"{lead}{form}.{verb}.{subject}",
            f"{lead}{verb}.{following}",
        ]
    return tuple(names) or ("no-clause",)


def describe(features: Features) -> str:
    """A clause in words, for explanations: "future act, subject we, main"."""
    form, verb, subject, _, place = features
    return f"{form} {verb}, subject {subject}, {place}"
