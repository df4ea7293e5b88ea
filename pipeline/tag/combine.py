"""Rules and classifier together: the tagger that gives the final codes, and says who gave each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, Tag, Unit, UnitTags
from pipeline.tag.classifier import Classifier, choose_issues
from pipeline.tag.features import Embedder, Inputs, Numbers, build_inputs
from pipeline.tag.pause import pause_collection
from pipeline.tag.rules import RuleScores, RuleTagger
from pipeline.tag.vectors import WordVectors

_SPEAKS = 0.25
"""Score of the ridge from which it counts as having named an issue itself."""


class CombinedTagger:
    """Codes units by rules and model. Units of a document must come whole and in order.

    Every score is the probability that a coder would give the code. ``by`` of a tag: "both" where
    rules and words each point to it, else the rule or the model that does.
    """

    def __init__(
        self,
        rules: RuleTagger,
        classifier: Classifier,
        vectors: WordVectors,
        *,
        name: str,
        embedder: Embedder | None = None,
    ) -> None:
        self.rules = rules
        self.classifier = classifier
        self.vectors = vectors
        self.name = name
        self.embedder = embedder
        self.id = f"{name}+{rules.id}"

    @property
    def codebook(self) -> Codebook:
        return self.rules.codebook

    def tag_units(self, units: Sequence[Unit]) -> list[UnitTags]:
        """Tags for each unit: 1 to 3 issues, main one first, any industries, one action level."""
        if not units:
            return []
        with pause_collection():
            tags, scores = self.rules.judge_units(units)
            return self.combine_tags(units, tags, scores)

    def combine_tags(self, units: Sequence[Unit], tags: Sequence[UnitTags], scores: RuleScores) -> list[UnitTags]:
        """As tag_units, where the rules have already spoken."""
        return self.combine_inputs(self.build_inputs(units, scores), tags)

    def combine_inputs(self, inputs: Inputs, tags: Sequence[UnitTags]) -> list[UnitTags]:
        """As combine_tags, from features that are there already."""
        found = self.classifier.predict(inputs, tags, self.codebook)
        other = np.array([c not in set(self.codebook.substantive_issues) for c in self.codebook.issues])
        chosen = choose_issues(found.issues, found.main, other, self.classifier.cuts)
        named = (found.text >= _SPEAKS) | (found.text == found.text.max(axis=1, keepdims=True))
        rows = zip(chosen, self._give_industries(found.industries), self._give_actions(found.action), tags, strict=True)
        scores = np.maximum(found.issues, 0.0)
        first = np.array([columns[0] for columns in chosen], dtype=np.int64)
        at = np.arange(len(tags))
        scores[at, first] = np.maximum(scores[at, first], found.main[at, first])
        return [
            self._to_tags(*row, score, speaks)
            for row, score, speaks in zip(rows, _round(scores), named.tolist(), strict=True)
        ]

    def build_inputs(self, units: Sequence[Unit], scores: RuleScores) -> Inputs:
        settings = self.classifier.settings.features
        return build_inputs(units, scores, self.vectors, settings=settings, embedder=self.embedder)

    def _give_industries(self, found: Numbers) -> list[list[tuple[str, float]]]:
        """Industries above the cut of each row, with their score."""
        given: list[list[tuple[str, float]]] = [[] for _ in found]
        rounded = _round(found)
        for row, column in np.argwhere(found >= self.classifier.cuts[2]).tolist():
            given[row].append((self.codebook.industries[column], rounded[row][column]))
        return given

    def _give_actions(self, found: Numbers) -> list[tuple[str, float]]:
        """The likeliest level of each row, with its score."""
        best = found.argmax(axis=1)
        scores = _round(found[np.arange(len(found)), best])
        return [(ACTION_LEVELS[level], score) for level, score in zip(best.tolist(), scores, strict=True)]

    def _to_tags(
        self,
        columns: Sequence[int],
        industries: Sequence[tuple[str, float]],
        action: tuple[str, float],
        rules: UnitTags,
        scores: Sequence[float],
        speaks: Sequence[bool],
    ) -> UnitTags:
        given = {tag.code_id: tag.by for tag in rules.iter_tags()}
        names = self.codebook.issues
        issues = [
            Tag("issue", names[column], scores[column], self._by(given.get(names[column]), speaks[column]))
            for column in columns
        ]
        order = {tag.code_id: position for position, tag in enumerate(rules.industries)}
        ranked = sorted(industries, key=lambda pair: (order.get(pair[0], 99), -pair[1], pair[0]))
        level, sure = action
        by = "both" if level == rules.action.code_id else f"model:{self.name}"
        return UnitTags(
            tuple(issues),
            tuple([Tag("industry", code_id, score, self._by(given.get(code_id), False)) for code_id, score in ranked]),
            Tag("action", level, sure, by),
        )

    def _by(self, rule: str | None, speaks: bool) -> str:
        if rule and speaks:
            return "both"
        return rule or f"model:{self.name}"


def silence_rules(tags: Sequence[UnitTags], scores: RuleScores) -> tuple[list[UnitTags], RuleScores]:
    """The same shapes with no rule having fired: what the classifier alone has to go by."""
    blank = UnitTags(
        (Tag("issue", "other.procedural", 0.0, "rule:none"),), (), Tag("action", ACTION_LEVELS[0], 0.0, "rule:none")
    )
    empty = RuleScores(
        issues=np.zeros_like(scores.issues),
        issues_own=np.zeros_like(scores.issues_own),
        industries=np.zeros_like(scores.industries),
        action=np.zeros_like(scores.action),
    )
    return [blank] * len(tags), empty


def _round(values: Numbers) -> list[Any]:
    return np.round(np.clip(values.astype(np.float64), 0.0001, 0.9999), 4).tolist()  # type: ignore[no-any-return]
