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
from pipeline.tag.decide import ASKED, LEVEL_OF_LEAD
from pipeline.tag.features import FeatureSettings, Inputs, Numbers, take_rows
from pipeline.tag.pooled import PairInputs, PooledModel, fit_pooled, measure_trust, to_pair_features
from pipeline.tag.ridge import Ridge, fit_ridge
from pipeline.tag.vectors import WordVectors

PROCEDURAL = "other.procedural"
_LATER = 2
_FOLLOWS = 0.97
"""Chance that an item without a clause of its own has the level of its lead-in, and that a questioner's words have
none: rules of the codebook that words cannot overturn. 131 of 132 coded English items do, and all 70 units of questioners."""

_WORDS_OF_ACTION = 3 * len(ACTION_LEVELS)
_LEVEL_STRENGTH = 0.03
_LEVEL_SCALES = np.repeat(np.array([2, 1, 0.5, 0, 0.5, 0, 1], np.float32), [5, 10, 5, 5, 5, 10, 3])
"""How freely the second stage may use each of _action_features: the score of the words first, the rules half, since
they were written with most of the gold at hand and are less right on a new text."""

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
        text = _place(topic[:, : len(self.issues)], self.issues, codebook.issues)
        pairs = _issue_pairs(
            inputs,
            tags,
            codebook,
            text,
            dict(zip(self.issues, self.seen_issues, strict=True)),
            _place(self.trust_issues, self.issues, codebook.issues, fill=float(self.trust_issues.mean())),
        )
        industry_pairs = _industry_pairs(
            inputs,
            tags,
            codebook,
            _place(topic[:, len(self.issues) :], self.industries, codebook.industries),
            dict(zip(self.industries, self.seen_industries, strict=True)),
            _place(
                self.trust_industries, self.industries, codebook.industries, fill=float(self.trust_industries.mean())
            ),
        )
        values = to_pair_features(pairs)
        manner = self.action_ridge.predict(inputs.manner, _manner_dense(inputs, self.topic_size))
        return Probabilities(
            issues=self.issue_pooled.predict(values, chinese),
            main=self.main_pooled.predict(values, chinese),
            industries=self.industry_pooled.predict(to_pair_features(industry_pairs), chinese),
            action=self._predict_action(inputs, tags, manner),
            text=text,
        )

    def _predict_action(self, inputs: Inputs, tags: Sequence[UnitTags], manner: Numbers) -> Numbers:
        values = _action_features(inputs, tags, manner)
        logits = values @ self.action_weights[:-1] + self.action_weights[-1]
        chinese = inputs.chinese
        if chinese.any():
            part = values[chinese][:, _WORDS_OF_ACTION:]
            logits[chinese] = part @ self.action_weights_rules[:-1] + self.action_weights_rules[-1]
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances = np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
        for row, unit in enumerate(tags):
            leans = unit.action.score == LEVEL_OF_LEAD and inputs.units[row].kind == "list_item"
            if leans or unit.action.by == ASKED:
                chances[row] = (1 - _FOLLOWS) / (len(ACTION_LEVELS) - 1)
                chances[row, ACTION_LEVELS.index(unit.action.code_id)] = _FOLLOWS
        return chances


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
    issue_y = _indicators([g.issues if g else () for g in gold], codebook.issues)
    main_y = _indicators([g.issues[:1] if g else () for g in gold], codebook.issues)
    industry_y = _indicators([g.industries if g else () for g in gold], codebook.industries)
    action_y = _indicators([(g.action,) if g else () for g in gold], ACTION_LEVELS)

    def fit(texts: Sequence[Sequence[str]], dense: Numbers, targets: Numbers, penalty: float, weigh: bool) -> Fitted:
        known = vectors if weigh else None
        return fit_ridge(texts, dense, targets, groups, coded, vectors=known, penalty=penalty, folds=chosen.folds)

    # later issues of a unit are a weaker lesson than its main one
    blend = np.asarray(0.7 * issue_y + 0.3 * main_y, dtype=np.float32)
    both = np.hstack([blend, industry_y])
    topic_ridge, topic = fit(inputs.topic, inputs.dense, both, chosen.topic_penalty, True)
    text, industry_text = topic[:, : issue_y.shape[1]], topic[:, issue_y.shape[1] :]
    action_ridge, manner = fit(
        inputs.manner, _manner_dense(inputs, vectors.matrix.shape[1]), action_y, chosen.action_penalty, False
    )
    seen = dict(zip(codebook.issues, map(int, issue_y.sum(axis=0)), strict=True))
    seen_industries = dict(zip(codebook.industries, map(int, industry_y.sum(axis=0)), strict=True))
    trust = measure_trust(_given_issues(tags, codebook)[coded], issue_y[coded], main_y[coded])
    trust_industries = measure_trust(_given_industries(tags, codebook)[coded], industry_y[coded], industry_y[coded])
    pairs = _issue_pairs(inputs, tags, codebook, text, seen, trust)
    industry_pairs = _industry_pairs(inputs, tags, codebook, industry_text, seen_industries, trust_industries)
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
    english = coded & ~chinese if (coded & ~chinese).any() else coded
    values, levels = _action_features(inputs, tags, manner), action_y.argmax(axis=1)
    english_weights = _fit_levels(values[english] * _LEVEL_SCALES, levels[english])
    english_weights[:-1] *= _LEVEL_SCALES[:, None]
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
        action_weights=english_weights,
        action_weights_rules=_fit_levels(values[coded][:, _WORDS_OF_ACTION:], levels[coded]),
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


def _issue_pairs(
    inputs: Inputs, tags: Sequence[UnitTags], codebook: Codebook, text: Numbers, seen: dict[str, int], trust: Numbers
) -> PairInputs:
    substantive = set(codebook.substantive_issues)
    return PairInputs(
        text=text,
        total=inputs.rules.issues,
        own=inputs.rules.issues_own,
        chosen=_given_issues(tags, codebook),
        seen=np.array([seen.get(code_id, 0) for code_id in codebook.issues], dtype=np.float32),
        special=np.array([code_id == PROCEDURAL for code_id in codebook.issues], dtype=np.float32),
        other=np.array([code_id not in substantive for code_id in codebook.issues], dtype=np.float32),
        domain=_number_domains(codebook),
        trust=trust,
        before=inputs.before,
        after=inputs.after,
    )


def _number_domains(codebook: Codebook) -> NDArray[np.int64]:
    names = [codebook.domain_of(code_id) for code_id in codebook.issues]
    return np.array([names.index(name) for name in names], dtype=np.int64)


def _industry_pairs(
    inputs: Inputs, tags: Sequence[UnitTags], codebook: Codebook, text: Numbers, seen: dict[str, int], trust: Numbers
) -> PairInputs:
    none = np.zeros(len(codebook.industries), dtype=np.float32)
    return PairInputs(
        text=text,
        total=inputs.rules.industries,
        own=inputs.rules.industries,
        chosen=_given_industries(tags, codebook),
        seen=np.array([seen.get(code_id, 0) for code_id in codebook.industries], dtype=np.float32),
        special=none,
        other=none,
        domain=np.arange(len(codebook.industries)),
        trust=trust,
        before=inputs.before,
        after=inputs.after,
    )


def _given_issues(tags: Sequence[UnitTags], codebook: Codebook) -> Numbers:
    return _chosen([[tag.code_id for tag in unit.issues] for unit in tags], codebook.issues)


def _given_industries(tags: Sequence[UnitTags], codebook: Codebook) -> Numbers:
    return _chosen([[tag.code_id for tag in unit.industries] for unit in tags], codebook.industries)


def _chosen(given: Sequence[Sequence[str]], columns: Sequence[str]) -> Numbers:
    at = {code_id: column for column, code_id in enumerate(columns)}
    values = np.zeros((len(given), len(columns)), dtype=np.float32)
    for row, codes in enumerate(given):
        for rank, code_id in enumerate(codes):
            values[row, at[code_id]] = 2.0 if rank == 0 else 1.0
    return values


def _indicators(groups: Sequence[Sequence[str]], columns: Sequence[str]) -> Numbers:
    return np.asarray(_chosen(groups, columns) > 0, dtype=np.float32)


def _place(values: Numbers, names: Sequence[str], wanted: Sequence[str], *, fill: float = 0.0) -> Numbers:
    """Columns in the order of today's codebook; ``fill`` for codes the model does not know."""
    if tuple(names) == tuple(wanted):
        return values
    at = {name: column for column, name in enumerate(names)}
    placed = np.full((len(values), len(wanted)), fill, dtype=np.float32)
    for column, name in enumerate(wanted):
        if name in at:
            placed[:, column] = values[:, at[name]]
    return placed


def _manner_dense(inputs: Inputs, topic: int) -> Numbers:
    """``topic``: how many of the first dense features hold the unit's mean word vector."""
    return np.hstack(
        [
            0.5 * np.minimum(inputs.rules.action, 2),
            0.5 * _listed(inputs),
            0.5 * inputs.dense[:, :topic],
            inputs.speech,
        ]
    ).astype(np.float32)


def _action_features(inputs: Inputs, tags: Sequence[UnitTags], manner: Numbers) -> Numbers:
    """Ridge scores of the unit and its neighbours first, then what the rules say of them."""
    given = _indicators([(unit.action.code_id,) for unit in tags], ACTION_LEVELS)
    sure = np.array([[unit.action.score] for unit in tags], dtype=np.float32)
    procedural = np.array([[unit.main_issue == PROCEDURAL] for unit in tags], dtype=np.float32)
    return np.hstack(
        [
            2 * manner,
            2 * take_rows(manner, inputs.before),
            2 * take_rows(manner, inputs.after),
            given,
            given * sure,
            np.minimum(inputs.rules.action, 2),
            take_rows(given, inputs.before),
            take_rows(given, inputs.after),
            procedural,
            _listed(inputs),
        ]
    ).astype(np.float32)


def _listed(inputs: Inputs) -> Numbers:
    rows = [[unit.kind == "list_item", bool(unit.lead)] for unit in inputs.units]
    return np.array(rows, dtype=np.float32).reshape(-1, 2)


def _fit_levels(values: Numbers, levels: NDArray[np.int64]) -> Numbers:
    """Multinomial logistic regression as one array, the intercepts in its last row; unseen levels get -9."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((values.shape[1] + 1, len(ACTION_LEVELS)), dtype=np.float32)
    weights[-1] = -9.0
    present = sorted(set(levels.tolist()))
    if len(present) == 1:
        weights[-1, present[0]] = 9.0
        return weights
    model = LogisticRegression(C=_LEVEL_STRENGTH, max_iter=500).fit(values, levels)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(present) == 2:
        coefficients, intercepts = np.vstack([-coefficients / 2, coefficients / 2]), np.array([-0.5, 0.5]) * intercepts
    weights[:-1, present] = coefficients.T
    weights[-1, present] = intercepts
    return weights


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
