"""The rules of one language as arrays, so that all texts of a batch can be matched at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.tag.compile import LanguageRules, Rule, RulePhrase
from pipeline.tag.phrases import ANYWHERE
from pipeline.tag.ragged import Flags, Ints, lay_out

PURPOSES = ("ignore", "cue", "issue", "industry", "action")
IGNORE, CUE, ISSUE, INDUSTRY, ACTION = range(len(PURPOSES))


class RuleTables:
    """Columns over the phrases, in the order of their first elements; what a phrase has no set for has set 0.

    A set is what a rule asks for as company or excludes: any of its elements counts.
    """

    def __init__(self, rules: LanguageRules) -> None:
        count = 1 + max((element for elements in rules.of_literal for element in elements), default=0)
        self.element_count = count
        self.elements_of, self.literal_at = lay_out(rules.of_literal)
        by_element = [rules.phrases.get(element, ()) for element in range(count)]
        self.phrases: list[RulePhrase] = [phrase for phrases in by_element for phrase in phrases]
        self.phrase_at: Ints = np.cumsum([0, *map(len, by_element)], dtype=np.int64)
        owners = [phrase.rule for phrase in self.phrases]
        self.in_unit = _flags(rule.scope != "heading" for rule in owners)
        self.in_heading = _flags(rule.scope != "unit" for rule in owners)
        self.rules = list(dict.fromkeys(owners))
        numbers = {rule: number for number, rule in enumerate(self.rules)}
        self.rule_of = _numbers(numbers[rule] for rule in owners)
        self.purpose = _numbers(PURPOSES.index(rule.purpose) for rule in owners)
        self.level_none = _flags(rule.purpose == "action" and rule.code_id == "none" for rule in owners)
        self.joint = _flags(" & " in phrase.source for phrase in self.phrases)
        self.second = _numbers(phrase.elements[1] if phrase.gaps else -1 for phrase in self.phrases)
        self.gap = _numbers(phrase.gaps[0] if phrase.gaps else ANYWHERE for phrase in self.phrases)
        ranks = {rule_id: rank for rank, rule_id in enumerate(sorted({rule.id for rule in owners}))}
        self.rank = _numbers(ranks[rule.id] for rule in owners)
        sets = {members: number for number, members in enumerate(dict.fromkeys(_list_sets(owners)))}
        self.set_count = len(sets)
        self.company = _numbers(sets[rule.company] for rule in owners)
        self.exclusions = _numbers(sets[rule.exclusions] for rule in owners)
        holders: list[list[int]] = [[] for _ in range(count)]
        for members, number in sets.items():
            for element in set(members):
                holders[element].append(number)
        self.sets_of, self.set_at = lay_out(holders)


def _list_sets(rules: Sequence[Rule]) -> Iterable[tuple[int, ...]]:
    yield ()
    for rule in rules:
        yield rule.company
        yield rule.exclusions


def _flags(values: Iterable[bool]) -> Flags:
    return np.array(list(values), dtype=bool)


def _numbers(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
