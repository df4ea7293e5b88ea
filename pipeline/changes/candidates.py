"""The likeliest antecedents of each later unit, and what the trees and the decision "new or not" look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.changes.grids import Grid
from pipeline.changes.profile import Profile

CANDIDATES = 10
"""How many earlier units of each later one the trees look at; the right one is among them in 98 of 100 cases."""
NEAR = 2
"""Units on either side whose best candidates tell whether their stretch of the round goes on."""
NOTHING = -11.5
"""Log-odds of a candidate that there is none."""

PAIR = (
    "first",
    "first below best",
    "lead of best",
    "rank",
    "length before",
    "level before",
    "step",
    "names before",
    "place",
)
ROW = ("length", "level", "list item", "anaphor", "names", "kinds", "sums", "dates", "places", "place in round")
ROUND = ("units before", "units", "strange", "wording found", "context found", "share found", "best quarter", "mean length",
         "mean length before", "share of items")  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """``columns``: (later units, candidates) positions of earlier units, likeliest first. ``values``: the same shape with
    one more axis, whose entries ``names`` tells."""

    columns: NDArray[np.int64]
    values: Grid
    names: tuple[str, ...]


def list_candidates(
    first: Grid, grids: Mapping[str, Grid], later: Sequence[Profile], earlier: Sequence[Profile], strange: float
) -> Candidates:
    """``first``: log-odds of the first step; ``grids``: features of both steps; ``strange``: see measure_strangeness."""
    columns = np.argsort(-first, axis=1, kind="stable")[:, :CANDIDATES]
    stacked = np.stack([grids[name] for name in sorted(grids)], axis=-1).astype(np.float32)
    rows = np.arange(len(later))[:, None]
    here = stacked[rows, columns]
    parts = [
        here,
        here - stacked.max(axis=1)[:, None, :],
        here - stacked.max(axis=0)[columns],
        _describe_pairs(first, columns, later, earlier),
        _spread(_describe_rows(later)[:, None, :], here.shape),
        _spread(np.array(_describe_rounds(first, grids, later, earlier, strange))[None, None, :], here.shape),
    ]
    return Candidates(columns, np.concatenate(parts, axis=2).astype(np.float32), _name_values(grids))


def sum_up_rows(odds: Grid, later: Sequence[Profile]) -> dict[str, Grid]:
    """What "has an antecedent" looks at, from the log-odds of each unit's candidates: name -> a value for each unit."""
    ranked = -np.sort(-odds, axis=1)
    best = ranked[:, 0]
    second = ranked[:, 1] if ranked.shape[1] > 1 else np.full(len(best), NOTHING)
    whole = np.log(np.exp(np.clip(ranked, NOTHING, -NOTHING)).sum(axis=1))
    mean = best.mean()
    beside, around = np.full(len(best), mean), np.full(len(best), mean)
    for row in range(len(best)):
        near = [best[r] for r in range(max(0, row - NEAR), min(len(best), row + NEAR + 1)) if r != row]
        if near:
            beside[row], around[row] = max(near), float(np.mean(near))
    return {
        "best": best,
        "second": second,
        "all": whole,
        "best beside": beside,
        "mean beside": around,
        "round": np.full(len(best), mean),
        "length": np.array([min(len(p.words), 60) / 20 for p in later]),
    }


def _name_values(grids: Mapping[str, Grid]) -> tuple[str, ...]:
    names = sorted(grids)
    below = (f"{name}, below the best {side}" for side in ("of the row", "of the column") for name in names)
    return (*names, *below, *PAIR, *ROW, *ROUND)


def _describe_pairs(
    first: Grid, columns: NDArray[np.int64], later: Sequence[Profile], earlier: Sequence[Profile]
) -> Grid:
    odds = np.take_along_axis(first, columns, axis=1)
    length = np.array([len(p.words) for p in earlier])[columns]
    level = np.array([p.level for p in earlier])[columns]
    step = level - np.array([p.level for p in later])[:, None]
    names = np.array([len(p.names) for p in earlier])[columns]
    place = np.abs(columns / len(earlier) - (np.arange(len(later)) / len(later))[:, None])
    lead = odds[:, 0] - odds[:, min(1, odds.shape[1] - 1)]
    rank = np.arange(columns.shape[1])[None, :]
    shape = columns.shape
    return np.stack(
        [
            odds,
            odds - odds[:, :1],
            np.broadcast_to(lead[:, None], shape),
            np.broadcast_to(rank, shape),
            length,
            level,
            step,
            names,
            place,
        ],
        axis=2,
    )


def _describe_rows(later: Sequence[Profile]) -> Grid:
    rows = [
        (len(p.words), p.level, p.unit.unit.kind == "list_item", p.source >= 0, len(p.names), len(p.heads),
         len(p.mentions.sums), len(p.mentions.dates), len(p.places), row / len(later))
        for row, p in enumerate(later)
    ]  # fmt: skip
    return np.array(rows, dtype=float)


def _describe_rounds(
    first: Grid, grids: Mapping[str, Grid], later: Sequence[Profile], earlier: Sequence[Profile], strange: float
) -> list[float]:
    best = first.max(axis=1)
    return [
        len(earlier), len(later), strange, float(grids["wording"].max(axis=1).mean()), float(grids["context"].max(axis=1).mean()),
        float((best > 0).mean()), float(np.percentile(best, 75)), float(np.mean([len(p.words) for p in later])),
        float(np.mean([len(p.words) for p in earlier])), float(np.mean([p.unit.unit.kind == "list_item" for p in later])),
    ]  # fmt: skip


def _spread(values: Grid, shape: tuple[int, ...]) -> Grid:
    return np.broadcast_to(values, (shape[0], shape[1], values.shape[2]))
