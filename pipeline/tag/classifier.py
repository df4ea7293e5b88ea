"""The classifier: fitted on gold and rule evidence, gives calibrated probabilities of all codes.

Two stages. A ridge regression on words, word vectors, heading, neighbours and rule evidence scores
every code; a pooled logistic regression weighs its out-of-fold scores against the rules and turns
both into probabilities. The action level has its own ridge and a multinomial regression.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, UnitTags
from pipeline.tag.features import FeatureSettings, Inputs, Numbers
from pipeline.tag.levelmodel import fit_levels, manner_dense, predict_levels
from pipeline.tag.pairs import (
    make_industry_pairs,
    make_issue_pairs,
    place_columns,
    read_industries,
    read_issues,
    to_indicators,
)
from pipeline.tag.pooled import PooledModel, fit_pooled, measure_trust, to_pair_features
from pipeline.tag.ridge import Ridge, fit_ridge
from pipeline.tag.vectors import WordVectors

_LATER = 2

Fitted = tuple[Ridge, Numbers]


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Penalties of the ridges; ``folds``: how many groups of documents the inner folds leave out in turn.
    ``embedder``: a user's own embeddings, as embeddings.load_embedder reads them, "" for none.
    """

    topic_penalty: float = 0.5
    action_penalty: float = 0.3
    folds: int = 8
    embedder: str = ""
    features: FeatureSettings = field(default_factory=FeatureSettings)


@dataclass(frozen=True, slots=True)
class GoldCodes:
    """The codes of one training unit; main issue first."""

    issues: tuple[str, ...]
    industries: tuple[str, ...]
    action: str


@dataclass(frozen=True)
class Probabilities:
    """By unit: issues as codebook.issues, industries as codebook.industries, action as ACTION_LEVELS.

    ``main``: how likely each issue is the main one; orders the issues given. ``text``: the ridge's
    scores of the issues, before any rule has its say in the second stage.
    """

    issues: Numbers
    main: Numbers
    industries: Numbers
    action: Numbers
    text: Numbers


@dataclass(frozen=True)
class Classifier:
    """A fitted model; ``issues`` and ``industries`` name the columns it was trained with.

    ``topic_ridge`` scores the issues, then the industries.
    ``cuts``: least probability of a second and of a third issue, and of an industry.
    ``trust_...``: how often the rules are right, see pooled.measure_trust. ``topic_size``: length of the word vectors.
    """

    issues: tuple[str, ...]
    industries: tuple[str, ...]
    seen_issues: tuple[int, ...]
    seen_industries: tuple[int, ...]
    trust_issues: Numbers
    trust_industries: Numbers
    topic_ridge: Ridge
    action_ridge: Ridge
    issue_pooled: PooledModel
    main_pooled: PooledModel
    industry_pooled: PooledModel
    action_weights: Numbers
    action_weights_rules: Numbers
    cuts: tuple[float, float, float]
    topic_size: int
    settings: FitSettings

    def predict(self, inputs: Inputs, tags: Sequence[UnitTags], codebook: Codebook) -> Probabilities:
        """Probabilities for units with their rule evidence; a code the model never saw rests on its rules."""
        chinese = inputs.chinese
        topic = self.topic_ridge.predict(inputs.topic, inputs.dense)
        text = place_columns(topic[:, : len(self.issues)], self.issues, codebook.issues)
        pairs = make_issue_pairs(
            inputs,
            tags,
            codebook,
            text,
            dict(zip(self.issues, self.seen_issues, strict=True)),
            place_columns(self.trust_issues, self.issues, codebook.issues, fill=float(self.trust_issues.mean())),
        )
        industry_pairs = make_industry_pairs(
            inputs,
            tags,
            codebook,
            place_columns(topic[:, len(self.issues) :], self.industries, codebook.industries),
            dict(zip(self.industries, self.seen_industries, strict=True)),
            place_columns(
                self.trust_industries, self.industries, codebook.industries, fill=float(self.trust_industries.mean())
            ),
        )
        values = to_pair_features(pairs)
        manner = self.action_ridge.predict(inputs.manner, manner_dense(inputs, self.topic_size))
        return Probabilities(
            issues=self.issue_pooled.predict(values, chinese),
            main=self.main_pooled.predict(values, chinese),
            industries=self.industry_pooled.predict(to_pair_features(industry_pairs), chinese),
            action=predict_levels(inputs, tags, manner, self.action_weights, self.action_weights_rules),
            text=text,
        )


def fit_classifier(
    inputs: Inputs,
    gold: Sequence[GoldCodes | None],
    tags: Sequence[UnitTags],
    codebook: Codebook,
    vectors: WordVectors,
    *,
    groups: Sequence[str],
    settings: FitSettings | None = None,
) -> Classifier:
    """Fit on whole documents in reading order, with what the rules say of each unit.

    ``gold``: None for a unit that nobody coded. ``groups``: what inner folds must not split
    (document or round). Deterministic; raises ValueError where no unit is coded.
    """
    coded = np.array([codes is not None for codes in gold], dtype=bool)
    if not coded.any():
        raise ValueError("no coded units to learn from")
    chosen = settings or FitSettings()
    issue_y = to_indicators([g.issues if g else () for g in gold], codebook.issues)
    main_y = to_indicators([g.issues[:1] if g else () for g in gold], codebook.issues)
    industry_y = to_indicators([g.industries if g else () for g in gold], codebook.industries)
    action_y = to_indicators([(g.action,) if g else () for g in gold], ACTION_LEVELS)

    def fit(texts: Sequence[Sequence[str]], dense: Numbers, targets: Numbers, penalty: float, weigh: bool) -> Fitted:
        known = vectors if weigh else None
        return fit_ridge(texts, dense, targets, groups, coded, vectors=known, penalty=penalty, folds=chosen.folds)

    # later issues of a unit are a weaker lesson than its main one
    blend = np.asarray(0.7 * issue_y + 0.3 * main_y, dtype=np.float32)
    both = np.hstack([blend, industry_y])
    topic_ridge, topic = fit(inputs.topic, inputs.dense, both, chosen.topic_penalty, True)
    text, industry_text = topic[:, : issue_y.shape[1]], topic[:, issue_y.shape[1] :]
    action_ridge, manner = fit(
        inputs.manner, manner_dense(inputs, vectors.matrix.shape[1]), action_y, chosen.action_penalty, False
    )
    seen = dict(zip(codebook.issues, map(int, issue_y.sum(axis=0)), strict=True))
    seen_industries = dict(zip(codebook.industries, map(int, industry_y.sum(axis=0)), strict=True))
    trust = measure_trust(read_issues(tags, codebook)[coded], issue_y[coded], main_y[coded])
    trust_industries = measure_trust(read_industries(tags, codebook)[coded], industry_y[coded], industry_y[coded])
    pairs = make_issue_pairs(inputs, tags, codebook, text, seen, trust)
    industry_pairs = make_industry_pairs(inputs, tags, codebook, industry_text, seen_industries, trust_industries)
    chinese = inputs.chinese
    issue_values, industry_values = to_pair_features(pairs), to_pair_features(industry_pairs)
    issue_pooled = fit_pooled(issue_values, issue_y, chinese, coded)
    main_pooled = fit_pooled(issue_values, main_y, chinese, coded)
    industry_pooled = fit_pooled(industry_values, industry_y, chinese, coded)
    cuts = _choose_cuts(
        issue_pooled.predict(issue_values, chinese)[coded],
        main_pooled.predict(issue_values, chinese)[coded],
        issue_y[coded],
        pairs.other > 0,
        industry_pooled.predict(industry_values, chinese)[coded],
        industry_y[coded],
    )
    action_weights, action_weights_rules = fit_levels(inputs, tags, manner, action_y.argmax(axis=1), coded)
    return Classifier(
        issues=codebook.issues,
        industries=codebook.industries,
        seen_issues=tuple(seen.values()),
        seen_industries=tuple(seen_industries.values()),
        trust_issues=trust,
        trust_industries=trust_industries,
        topic_ridge=topic_ridge,
        action_ridge=action_ridge,
        issue_pooled=issue_pooled,
        main_pooled=main_pooled,
        industry_pooled=industry_pooled,
        action_weights=action_weights,
        action_weights_rules=action_weights_rules,
        cuts=cuts,
        topic_size=vectors.matrix.shape[1],
        settings=chosen,
    )


def choose_issues(
    present: Numbers, main: Numbers, other: NDArray[np.bool_], cuts: tuple[float, float, float]
) -> list[list[int]]:
    """1 to 3 columns of each row: the likeliest main issue, then others above the cuts.

    An issue outside the substantive domains stands alone.
    """
    best = main.argmax(axis=1)
    allowed = np.where(other, 0.0, present)
    allowed[np.arange(len(best)), best] = 0.0
    chosen = [[first] for first in best.tolist()]
    rows = np.flatnonzero(~other[best] & (allowed.max(axis=1) >= cuts[0]))
    order = np.argsort(-allowed[rows], axis=1, kind="stable")[:, :_LATER]
    for row, columns in zip(rows.tolist(), order.tolist(), strict=True):
        given = []
        for column, cut in zip(columns, cuts, strict=False):
            if allowed[row, column] < cut:
                break
            given.append(column)
        chosen[row] += sorted(given, key=lambda column: -main[row, column])
    return chosen


def _choose_cuts(
    present: Numbers,
    main: Numbers,
    truth: Numbers,
    other: NDArray[np.bool_],
    industries: Numbers,
    industry_truth: Numbers,
) -> tuple[float, float, float]:
    """The cuts with the best micro-F1 on the (out-of-fold) training scores."""
    grid = [round(float(cut), 2) for cut in np.arange(0.2, 0.66, 0.05)]

    def micro(second: float, third: float) -> float:
        given = np.zeros(truth.shape, dtype=bool)
        for row, columns in enumerate(choose_issues(present, main, other, (second, third, 0.0))):
            given[row, columns] = True
        return float(2 * (given & (truth > 0)).sum() / (given.sum() + truth.sum()))

    second = max(grid, key=lambda cut: (micro(cut, 1.1), cut))
    third = max([cut for cut in grid if cut >= second], key=lambda cut: (micro(second, cut), cut))

    def industry(cut: float) -> float:
        given = industries >= cut
        return float(2 * (given & (industry_truth > 0)).sum() / max(given.sum() + industry_truth.sum(), 1))

    return second, third, max(grid, key=lambda cut: (industry(cut), cut))
