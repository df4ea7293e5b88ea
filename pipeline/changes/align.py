"""Which commitments of an earlier round a later one continues.

A ranking model in three steps. First each later unit weighs all earlier ones by the features of pairs.py, with "none"
as one more candidate; then the weights are read again in the light of the neighbours (a section tends to continue a
section). Last, boosted trees (trees.py) judge the ten likeliest candidates of each unit, and a logistic regression on
what they say decides whether there is an antecedent at all. The result is a probability for each pair and for none. One
global assignment then settles the best antecedents: an earlier unit may serve several later ones, but each further use
costs a little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from pipeline.changes.candidates import Candidates, list_candidates, sum_up_rows
from pipeline.changes.grids import Grid
from pipeline.changes.pairs import measure_strangeness, score_features
from pipeline.changes.profile import Profile
from pipeline.changes.settings import AlignSettings
from pipeline.changes.trees import Trees, read_trees
from pipeline.changes.weights import Weights

SHOWN = {"wording": "wording", "names": "names in common", "rare names": "names in common", "context": "context",
         "rare words": "telling words", "words of their own": "telling words", "main issue": "codes", "issues": "codes", "kind of initiative": "kind of initiative",
         "paragraph": "paragraph", "section": "section heading"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alignment:
    """``links``: for each later profile its (earlier position, probability) pairs, best first, empty for new.

    ``scores``: probabilities, a row for each later and a column for each earlier profile; ``none``: of no antecedent.
    """

    links: tuple[tuple[tuple[int, float], ...], ...]
    scores: Grid
    none: Grid
    features: dict[str, Grid]

    def explain(self, row: int, column: int) -> tuple[tuple[str, float], ...]:
        """What speaks for a pair, the strongest first: (reason, value in [0, 1])."""
        reasons: dict[str, float] = {}
        for feature, name in SHOWN.items():
            value = float(self.features[feature][row, column])
            reasons[name] = max(reasons.get(name, 0.0), round(value, 3))
        return tuple(sorted(((n, v) for n, v in reasons.items() if v >= 0.05), key=lambda r: (-r[1], r[0])))


def align_profiles(
    later: Sequence[Profile],
    earlier: Sequence[Profile],
    *,
    settings: AlignSettings,
    background: Mapping[str, int] | None = None,
) -> Alignment:
    """Align all later profiles with the earlier ones; empty on either side is allowed."""
    if not later or not earlier:
        empty = np.zeros((len(later), len(earlier)))
        return Alignment(tuple(() for _ in later), empty, np.ones(len(later)), {})
    features = score_features(later, earlier, background=background)
    weights = settings.weights
    strange = measure_strangeness(later, earlier)
    found = find_candidates(features, later, earlier, weights, strange)
    odds = judge_candidates(found, weights.trees or read_trees())
    linked = expit(add_up(sum_up_rows(odds, later), weights.third, weights.third_none) - weights.strange * strange)
    chances = expit(odds)
    scores, none = np.zeros((len(later), len(earlier))), 1.0 - linked
    np.put_along_axis(scores, found.columns, linked[:, None] * share_out(chances), axis=1)
    _settle_identical(scores, none, later, earlier)
    return Alignment(_assign(scores, none, settings), scores, none, features)


def find_candidates(
    features: Mapping[str, Grid], later: Sequence[Profile], earlier: Sequence[Profile], weights: Weights, strange: float
) -> Candidates:
    """The first two steps: the candidates of each later unit with all that is known of them."""
    first = add_up(features, weights.first, weights.first_none)
    again = read_again(first, features, later, earlier)
    second = add_up(again, weights.second, weights.second_none)
    grids = {**features, **{f"{name} (second step)": grid for name, grid in again.items()}, "second": second}
    return list_candidates(first, grids, later, earlier, strange)


def judge_candidates(found: Candidates, trees: Trees) -> Grid:
    """(later units, candidates): log-odds of each being an antecedent."""
    shape = found.columns.shape
    return trees.add_up(found.values.reshape(-1, found.values.shape[2])).reshape(shape)


def share_out(chances: Grid) -> Grid:
    """Probability of each candidate to be an antecedent, given that one of its row is: several can be at a time."""
    kept = np.clip(chances, 1e-12, 1.0 - 1e-12)
    any_of_them: Grid = -np.expm1(np.log1p(-kept).sum(axis=1, keepdims=True))
    return kept / any_of_them


def add_up(features: Mapping[str, Grid], weights: Mapping[str, float], none: float) -> Grid:
    """Log-odds of each pair against "none"."""
    total: Grid = sum((w * features[n] for n, w in weights.items()), np.zeros(())) - none
    return total


def read_again(
    first: Grid, features: Mapping[str, Grid], later: Sequence[Profile], earlier: Sequence[Profile]
) -> dict[str, Grid]:
    """Features of the second step, from the first step's log-odds against none."""
    odds = 1 / (1 + np.exp(-np.clip(first, -30, 30)))
    source = np.zeros_like(odds)
    for row, profile in enumerate(later):
        if profile.source >= 0:
            source[row] = odds[profile.source]
    return {
        "first": np.clip(first, -8, 4) / 4 + 2,
        "row beside": _best_beside(odds, later, 3),
        "column beside": _best_beside(odds.T, earlier, 2).T,
        "source": source,
        "sections": _support_sections(odds, later, earlier),
        "rank in row": np.exp(first - first.max(axis=1, keepdims=True)),
        "rank in column": np.exp(first - first.max(axis=0, keepdims=True)),
        "known names": features["known names"],
    }


def _best_beside(odds: Grid, profiles: Sequence[Profile], reach: int) -> Grid:
    """The best value among up to ``reach`` neighbours of the same section, farther ones discounted."""
    out = np.zeros_like(odds)
    for row in range(len(odds)):
        for other in range(max(0, row - reach), min(len(odds), row + reach + 1)):
            if other != row and profiles[row].section_key == profiles[other].section_key:
                out[row] = np.maximum(out[row], odds[other] / 1.3 ** (abs(other - row) - 1))
    return out


def _support_sections(odds: Grid, later: Sequence[Profile], earlier: Sequence[Profile]) -> Grid:
    """How well the neighbours of a later unit find something in the earlier unit's section."""
    columns: dict[tuple[str, str], list[int]] = defaultdict(list)
    for column, profile in enumerate(earlier):
        columns[profile.section_key].append(column)
    out = np.zeros_like(odds)
    best = np.array([odds[:, where].max(axis=1) for where in columns.values()])
    sections = {key: at for at, key in enumerate(columns)}
    section_of = [sections[profile.section_key] for profile in earlier]
    for row, profile in enumerate(later):
        near = range(max(0, row - 6), min(len(later), row + 7))
        beside = [r for r in near if r != row and later[r].section_key == profile.section_key]
        if beside:
            out[row] = np.ascontiguousarray(best[:, beside]).mean(axis=1)[section_of]
    return out


def _settle_identical(scores: Grid, none: Grid, later: Sequence[Profile], earlier: Sequence[Profile]) -> None:
    """The very same sentence is its own antecedent; the one at the like place where it stands twice."""
    where: dict[str, list[int]] = defaultdict(list)
    for column, profile in enumerate(earlier):
        where[" ".join(profile.unit.unit.text.split())].append(column)
    for row, profile in enumerate(later):
        same = where.get(" ".join(profile.unit.unit.text.split()))
        if same:
            best = min(same, key=lambda c: (abs(c / len(earlier) - row / len(later)), c))
            scores[row] *= 0.001 / max(1e-9, float(scores[row].sum()))
            scores[row, best], none[row] = 0.999, 0.0


def _assign(scores: Grid, none: Grid, settings: AlignSettings) -> tuple[tuple[tuple[int, float], ...], ...]:
    """Links of each row. A row is new where "none" is likelier than all antecedents together; the others compete."""
    linked = np.flatnonzero(none < settings.none_from)
    links: list[tuple[tuple[int, float], ...]] = [()] * len(scores)
    if not len(linked):
        return tuple(links)
    columns = scores.shape[1]
    shares = scores[linked] / np.maximum(1e-12, scores[linked].sum(axis=1, keepdims=True))
    uses = max(min(settings.max_uses, len(linked)), -(-len(linked) // columns))
    gains = np.concatenate([shares - settings.use_cost * use for use in range(uses)], axis=1)
    for row, place in zip(linked, load_solver()(gains, maximize=True)[1], strict=True):
        links[row] = _pick_links(scores[row], int(place) % columns, settings)
    return tuple(links)


@cache
def load_solver() -> Callable[..., Any]:
    """scipy.optimize.linear_sum_assignment out of its own file: all else in that package takes a sixth of a second."""
    import scipy

    spec = PathFinder.find_spec("_lsap", [str(Path(scipy.__file__).parent / "optimize")])
    if spec is None or spec.loader is None:  # a scipy that keeps it elsewhere
        from scipy.optimize import linear_sum_assignment

        return linear_sum_assignment  # type: ignore[no-any-return]
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.linear_sum_assignment  # type: ignore[no-any-return]


def _pick_links(scores: Grid, best: int, settings: AlignSettings) -> tuple[tuple[int, float], ...]:
    """The best antecedent and the further ones that come near it, each with its probability."""
    bar = max(settings.extra_least, settings.extra_share * float(scores[best]))
    others = [int(c) for c in np.argsort(-scores, kind="stable")[:4] if c != best and scores[c] >= bar]
    return tuple((c, float(scores[c])) for c in (best, *others[: settings.max_links - 1]))
