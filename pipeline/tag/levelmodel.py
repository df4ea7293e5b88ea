"""The classifier's second stage for the action level: the words' scores, the rules and the neighbours, multinomial."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.records import ACTION_LEVELS, UnitTags
from pipeline.tag.decide import ASKED, LEVEL_OF_LEAD
from pipeline.tag.features import Inputs, Numbers, take_rows
from pipeline.tag.pairs import PROCEDURAL
from pipeline.tag.products import multiply_rows

_FOLLOWS = 0.97
"""Chance that an item without a clause of its own has the level of its lead-in, and that a questioner's words have
none: rules of the codebook that words cannot overturn. 131 of 132 coded English items do, and all 70 units of questioners."""

_WORDS_OF_ACTION = 3 * len(ACTION_LEVELS)
_LEVEL_STRENGTH = 0.03
_LEVEL_SCALES = np.repeat(np.array([2, 1, 0.5, 0, 0.5, 0, 1], np.float32), [5, 10, 5, 5, 5, 10, 3])
"""How freely the second stage may use each of action_features: the score of the words first, the rules half, since
they were written with most of the gold at hand and are less right on a new text."""


def predict_levels(
    inputs: Inputs, tags: Sequence[UnitTags], manner: Numbers, weights: Numbers, weights_rules: Numbers
) -> Numbers:
    """Probabilities of the levels; ``manner``: the ridge's scores. Chinese units go by ``weights_rules`` alone."""
    values = action_features(inputs, tags, manner)
    logits = multiply_rows(values, weights[:-1]) + weights[-1]
    chinese = inputs.chinese
    if chinese.any():
        logits[chinese] = values[chinese][:, _WORDS_OF_ACTION:] @ weights_rules[:-1] + weights_rules[-1]
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances = np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
    for row, unit in enumerate(tags):
        leans = unit.action.score == LEVEL_OF_LEAD and inputs.units[row].kind == "list_item"
        if leans or unit.action.by == ASKED:
            chances[row] = (1 - _FOLLOWS) / (len(ACTION_LEVELS) - 1)
            chances[row, ACTION_LEVELS.index(unit.action.code_id)] = _FOLLOWS
    return chances


def fit_levels(
    inputs: Inputs, tags: Sequence[UnitTags], manner: Numbers, levels: NDArray[np.int64], coded: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Both sets of weights for predict_levels, from the ridge's out-of-fold scores; English units teach the first."""
    values = action_features(inputs, tags, manner)
    english = coded & ~inputs.chinese
    if not english.any():
        english = coded
    weights = _fit(values[english] * _LEVEL_SCALES, levels[english])
    weights[:-1] *= _LEVEL_SCALES[:, None]
    return weights, _fit(values[coded][:, _WORDS_OF_ACTION:], levels[coded])


def manner_dense(inputs: Inputs, topic: int) -> Numbers:
    """``topic``: how many of the first dense features hold the unit's mean word vector."""
    return np.hstack(
        [
            0.5 * np.minimum(inputs.rules.action, 2),
            0.5 * inputs.listed,
            0.5 * inputs.dense[:, :topic],
            inputs.speech,
        ]
    ).astype(np.float32)


def action_features(inputs: Inputs, tags: Sequence[UnitTags], manner: Numbers) -> Numbers:
    """Ridge scores of the unit and its neighbours first, then what the rules say of them."""
    at = {level: column for column, level in enumerate(ACTION_LEVELS)}
    given = np.eye(len(at), dtype=np.float32)[np.array([at[unit.action.code_id] for unit in tags], dtype=np.int64)]
    sure = np.array([unit.action.score for unit in tags], dtype=np.float32)[:, None]
    procedural = np.array([unit.main_issue == PROCEDURAL for unit in tags], dtype=np.float32)[:, None]
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
            inputs.listed,
        ]
    ).astype(np.float32)


def _fit(values: Numbers, levels: NDArray[np.int64]) -> Numbers:
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
