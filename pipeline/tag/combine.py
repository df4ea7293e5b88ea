"""Rules and classifier together: the tagger that gives the final codes, and says who gave each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, Tag, Unit, UnitTags
from pipeline.tag.classifier import Classifier, Probabilities, choose_issues
from pipeline.tag.features import Embedder, Inputs, build_inputs
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
        tags, scores = self.rules.judge_units(units)
        return self.combine_tags(units, tags, scores)

    def combine_tags(self, units: Sequence[Unit], tags: Sequence[UnitTags], scores: RuleScores) -> list[UnitTags]:
        """As tag_units, where the rules have already spoken."""
        return self.combine_inputs(self.build_inputs(units, scores), tags)

    def combine_inputs(self, inputs: Inputs, tags: Sequence[UnitTags]) -> list[UnitTags]:
        """As combine_tags, from features that are there already."""
        found = self.classifier.predict(inputs, tags, self.codebook)
        other = np.array([c not in set(self.codebook.substantive_issues) for c in self.codebook.issues])
        issues = choose_issues(found.issues, found.main, other, self.classifier.cuts)
        return [self._to_tags(row, issues[row], found, tags[row]) for row in range(len(tags))]

    def build_inputs(self, units: Sequence[Unit], scores: RuleScores) -> Inputs:
        settings = self.classifier.settings.features
        return build_inputs(units, scores, self.vectors, settings=settings, embedder=self.embedder)

    def _to_tags(self, row: int, columns: Sequence[int], found: Probabilities, rules: UnitTags) -> UnitTags:
        given = {tag.code_id: tag.by for tag in rules.iter_tags()}
        best = int(found.text[row].argmax())
        issues = []
        for rank, column in enumerate(columns):
            code_id = self.codebook.issues[column]
            speaks = column == best or float(found.text[row, column]) >= _SPEAKS
            score = max(found.issues[row, column], found.main[row, column]) if rank == 0 else found.issues[row, column]
            issues.append(Tag("issue", code_id, _round(score), self._by(given.get(code_id), speaks)))
        cut = self.classifier.cuts[2]
        industries = [
            Tag("industry", code_id, _round(found.industries[row, column]), self._by(given.get(code_id), False))
            for column, code_id in enumerate(self.codebook.industries)
            if found.industries[row, column] >= cut
        ]
        order = {tag.code_id: position for position, tag in enumerate(rules.industries)}
        industries.sort(key=lambda tag: (order.get(tag.code_id, 99), -tag.score, tag.code_id))
        level = int(found.action[row].argmax())
        by = "both" if ACTION_LEVELS[level] == rules.action.code_id else f"model:{self.name}"
        action = Tag("action", ACTION_LEVELS[level], _round(found.action[row, level]), by)
        return UnitTags(tuple(issues), tuple(industries), action)

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
        *(np.zeros_like(values) for values in (scores.issues, scores.issues_own, scores.industries, scores.action))
    )
    return [blank] * len(tags), empty


def hash_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _round(value: float) -> float:
    return round(float(min(max(value, 0.0001), 0.9999)), 4)
