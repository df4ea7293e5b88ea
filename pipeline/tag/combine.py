"""Rules and classifier together: the tagger that gives the final codes, and says who gave each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import itemgetter

import numpy as np

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, Dimension, Tag, Unit, UnitTags
from pipeline.tag.alone import work_alone
from pipeline.tag.classifier import Classifier, Probabilities, choose_issues
from pipeline.tag.features import Embedder, Inputs, Numbers, build_inputs
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
        self._model = f"model:{name}"

    @property
    def codebook(self) -> Codebook:
        return self.rules.codebook

    def tag_units(self, units: Sequence[Unit]) -> list[UnitTags]:
        """Tags for each unit: 1 to 3 issues, main one first, any industries, one action level."""
        if not units:
            return []
        with work_alone():
            tags, scores = self.rules.judge_units(units)
            return self.combine_tags(units, tags, scores)

    def combine_tags(self, units: Sequence[Unit], tags: Sequence[UnitTags], scores: RuleScores) -> list[UnitTags]:
        """As tag_units, where the rules have already spoken."""
        with work_alone():
            return self.combine_inputs(self.build_inputs(units, scores), tags)

    def combine_inputs(self, inputs: Inputs, tags: Sequence[UnitTags]) -> list[UnitTags]:
        """As combine_tags, from features that are there already."""
        found = self.classifier.predict(inputs, tags, self.codebook)
        substantive = set(self.codebook.substantive_issues)
        other = np.array([code_id not in substantive for code_id in self.codebook.issues])
        chosen = choose_issues(found.issues, found.main, other, self.classifier.cuts)
        given = zip(
            self._give_issues(found, chosen, tags),
            self._give_industries(found.industries, tags),
            self._give_actions(found.action, tags),
            strict=True,
        )
        return [UnitTags(issues, industries, action) for issues, industries, action in given]

    def build_inputs(self, units: Sequence[Unit], scores: RuleScores) -> Inputs:
        settings = self.classifier.settings.features
        return build_inputs(units, scores, self.vectors, settings=settings, embedder=self.embedder)

    def _give_issues(
        self, found: Probabilities, chosen: Sequence[Sequence[int]], tags: Sequence[UnitTags]
    ) -> Iterator[tuple[Tag, ...]]:
        """The issues chosen for each unit; a main one has the better of its two scores."""
        sizes = [len(columns) for columns in chosen]
        rows, columns = np.repeat(np.arange(len(chosen)), sizes), np.fromiter(chain.from_iterable(chosen), np.int64)
        scores = np.maximum(found.issues[rows, columns], 0.0)
        first = np.cumsum(sizes) - sizes
        scores[first] = np.maximum(scores[first], found.main[rows[first], columns[first]])
        text = found.text[rows, columns]
        speaks = (text >= _SPEAKS) | (text == found.text.max(axis=1)[rows])
        cells = zip(
            map(self.codebook.issues.__getitem__, columns.tolist()), _round(scores), speaks.tolist(), strict=True
        )
        for unit, size in zip(tags, sizes, strict=True):
            by = {tag.code_id: tag.by for tag in unit.issues}
            yield tuple(
                [
                    _make_tag("issue", code_id, score, self._by(by.get(code_id), speaks))
                    for code_id, score, speaks in islice(cells, size)
                ]
            )

    def _give_industries(self, found: Numbers, tags: Sequence[UnitTags]) -> list[tuple[Tag, ...]]:
        """Industries above the cut of each unit: those of the rules in their order, then others by score."""
        given: list[tuple[Tag, ...]] = [()] * len(tags)
        rows, columns = np.nonzero(found >= self.classifier.cuts[2])
        cells = zip(rows.tolist(), columns.tolist(), _round(found[rows, columns]), strict=True)
        for row, group in groupby(cells, key=itemgetter(0)):
            ranks = {tag.code_id: (rank, tag.by) for rank, tag in enumerate(tags[row].industries)}
            last = (len(ranks), None)
            pairs = [(self.codebook.industries[column], score) for _, column, score in group]
            pairs.sort(key=lambda pair: (ranks.get(pair[0], last)[0], -pair[1], pair[0]))
            given[row] = tuple(
                [_make_tag("industry", name, score, self._by(ranks.get(name, last)[1], False)) for name, score in pairs]
            )
        return given

    def _give_actions(self, found: Numbers, tags: Sequence[UnitTags]) -> list[Tag]:
        """The likeliest level of each unit."""
        best = found.argmax(axis=1)
        scores = _round(found[np.arange(len(found)), best])
        levels = [ACTION_LEVELS[level] for level in best.tolist()]
        return [
            _make_tag("action", level, score, "both" if level == unit.action.code_id else self._model)
            for level, score, unit in zip(levels, scores, tags, strict=True)
        ]

    def _by(self, rule: str | None, speaks: bool) -> str:
        if rule and speaks:
            return "both"
        return rule or self._model


@lru_cache(maxsize=1 << 14)
def _make_tag(dimension: Dimension, code_id: str, score: float, by: str) -> Tag:
    return Tag(dimension, code_id, score, by)


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


def _round(values: Numbers) -> list[float]:
    return np.round(np.clip(values.astype(np.float64), 0.0001, 0.9999), 4).tolist()  # type: ignore[no-any-return]
