"""From scores to calibrated probabilities: one logistic regression over all (unit, code) pairs.

It sees how strongly the words and the rules speak for a code, how they compare with the other
codes of the unit and with the units before and after, but never which code it is: so rare codes
and codes without any gold learn from the frequent ones, and few numbers are fitted (stacked
generalisation, Wolpert 1992).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.tag.features import Numbers, squash, take_rows

_EVEN = 0.5
_SHRINK = 8.0

TEXT_FEATURES = 8
"""How many of the first features rest on the words; the others rest on the rules alone."""


@dataclass(frozen=True, slots=True)
class PairInputs:
    """Scores by unit and code. ``text``: of the ridge; ``total``, ``own``: of the rules;
    ``chosen``: 1 where the rules gave the code, 2 where as main one; ``seen``: gold units of each code;
    ``special``: 1 for "other.procedural"; ``other``: 1 for codes outside the substantive domains; ``domain``: number of
    the domain of each code; ``trust``: two rows, how often the rules are right when they give the
    code, and when they give it as main one."""

    text: Numbers
    total: Numbers
    own: Numbers
    chosen: Numbers
    seen: Numbers
    special: Numbers
    other: Numbers
    domain: NDArray[np.int64]
    trust: Numbers
    before: NDArray[np.int64]
    after: NDArray[np.int64]


@dataclass(frozen=True)
class PooledModel:
    """Coefficients for pairs with and without word scores (Chinese has too few labels for words)."""

    full: Numbers
    rules_only: Numbers

    def predict(self, values: Numbers, chinese: NDArray[np.bool_]) -> Numbers:
        """Probabilities by unit and code, from to_pair_features."""
        logits = values @ self.full[:-1] + self.full[-1]
        if chinese.any():
            part = values[chinese][:, :, TEXT_FEATURES:]
            logits[chinese] = part @ self.rules_only[:-1] + self.rules_only[-1]
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def fit_pooled(
    values: Numbers,
    targets: Numbers,
    chinese: NDArray[np.bool_],
    coded: NDArray[np.bool_],
    *,
    strength: float = 0.3,
) -> PooledModel:
    """Fit both sets of coefficients on the coded rows of to_pair_features, made from out-of-fold scores."""
    values = values[coded]
    targets, chinese = targets[coded], chinese[coded]
    full = _fit(values[~chinese], targets[~chinese], strength) if (~chinese).any() else None
    rules_only = _fit(values[:, :, TEXT_FEATURES:], targets, strength)
    if full is None:
        full = np.concatenate([np.zeros(TEXT_FEATURES, np.float32), rules_only])
    return PooledModel(full, rules_only)


def to_pair_features(pairs: PairInputs) -> Numbers:
    """(units, codes, features); word scores first."""
    text, total, own = pairs.text, squash(pairs.total), squash(pairs.own)
    rare = np.broadcast_to(1 / (1 + pairs.seen / 5), text.shape)
    special = np.broadcast_to(pairs.special, text.shape)
    other = np.broadcast_to(pairs.other, text.shape)
    silent = np.broadcast_to((pairs.own.max(axis=1, keepdims=True) <= 0).astype(np.float32), text.shape)
    lead_text, lead_total, lead_own = _lead(text), _lead(total), _lead(own)
    main = (pairs.chosen >= 2).astype(np.float32)
    given = (pairs.chosen >= 1).astype(np.float32)
    own_kin = _best_other(own, pairs.domain)  # a general code yields to a special one
    columns = [
        text,
        lead_text,
        np.maximum(lead_text, 0),
        take_rows(text, pairs.before),
        take_rows(text, pairs.after),
        text * given,
        text * special,
        lead_text * silent,
        total,
        own,
        lead_total,
        lead_own,
        np.maximum(lead_total, 0),
        main,
        given,
        take_rows(total, pairs.before),
        take_rows(total, pairs.after),
        take_rows(main, pairs.before),
        take_rows(main, pairs.after),
        rare * total,
        rare,
        special,
        other,
        special * silent,
        given * silent,
        given * special,
        (pairs.trust[0] - _EVEN) * given,
        (pairs.trust[1] - _EVEN) * main,
        (pairs.trust[0] - _EVEN) * total,
        own_kin,
        own_kin * own,
        _best_other(main, pairs.domain) * own,
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=2)


def measure_trust(chosen: Numbers, targets: Numbers, main_targets: Numbers) -> Numbers:
    """Share of the rules' codes that coders gave too, by code: any, and as main one; shrunk to the mean of all codes."""
    rows = []
    for given, truth in ((chosen >= 1, targets > 0), (chosen >= 2, main_targets > 0)):
        right, count = (given & truth).sum(axis=0), given.sum(axis=0)
        mean = right.sum() / max(count.sum(), 1)
        rows.append((right + _SHRINK * mean) / (count + _SHRINK))
    return np.array(rows, dtype=np.float32)


def _lead(values: Numbers) -> Numbers:
    """Each score minus the best score among the other codes of the unit."""
    if values.shape[1] < 2:
        return values
    ranked = np.partition(values, -2, axis=1)
    best, second = ranked[:, [-1]], ranked[:, [-2]]
    return np.asarray(values - np.where(values >= best, second, best), dtype=np.float32)


def _best_other(values: Numbers, group: NDArray[np.int64]) -> Numbers:
    """The best value among the other codes of the same group; 0 for a code that is alone in its group."""
    columns = np.ascontiguousarray(values.T)
    result = np.zeros_like(columns)
    for one in np.flatnonzero(np.bincount(group) > 1).tolist():
        members = np.flatnonzero(group == one).tolist()
        best, second = columns[members[0]], np.full(len(values), -np.inf, dtype=np.float32)
        for column in columns[members[1:]]:
            second = np.maximum(second, np.minimum(best, column))
            best = np.maximum(best, column)
        for member in members:
            result[member] = np.where(columns[member] >= best, second, best)
    return np.ascontiguousarray(result.T)


def _fit(values: Numbers, targets: Numbers, strength: float) -> Numbers:
    from sklearn.linear_model import LogisticRegression

    flat, labels = values.reshape(-1, values.shape[2]), targets.reshape(-1).astype(int)
    if labels.min() == labels.max():
        return np.concatenate([np.zeros(values.shape[2]), [4.0 if labels.max() else -4.0]]).astype(np.float32)
    model = LogisticRegression(C=strength, max_iter=400).fit(flat, labels)
    return np.concatenate([model.coef_[0], model.intercept_]).astype(np.float32)
