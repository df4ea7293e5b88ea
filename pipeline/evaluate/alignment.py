"""Gold codes to the units they were given to, also after the extraction of a document has changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.records import GoldUnit, Unit

MIN_OVERLAP = 0.8
"""Least share of characters that a unit and a shifted annotation must have in common."""


@dataclass(frozen=True, slots=True)
class GoldAlignment:
    """Annotations of one document with their units, and those that no longer fit any unit."""

    pairs: tuple[tuple[GoldUnit, Unit], ...]
    lost: tuple[GoldUnit, ...] = ()


def align_gold(gold: Sequence[GoldUnit], units: Sequence[Unit], *, check: Callable[[str], str]) -> GoldAlignment:
    """Pair the annotations of one coder and document with its units, each unit at most once.

    In this order: same offsets and same text; same text nearby; else the largest overlap of
    characters (at least 0.8 of the longer one), after the shift seen at the nearest sure pair.
    ``check`` gives the hash of a unit's text that ``GoldUnit.check`` holds.
    """
    paired = _pair_by_text(gold, units, [check(unit.text) for unit in units])
    _pair_by_overlap(gold, units, paired)
    pairs = tuple((annotation, units[paired[i]]) for i, annotation in enumerate(gold) if i in paired)
    lost = tuple(annotation for i, annotation in enumerate(gold) if i not in paired)
    return GoldAlignment(tuple(sorted(pairs, key=lambda pair: pair[1].n)), lost)


def realign_gold(
    gold: Sequence[GoldUnit], units: Sequence[Unit], *, sha256: str, check: Callable[[str], str]
) -> tuple[tuple[GoldUnit, ...], tuple[GoldUnit, ...]]:
    """The annotations with the offsets, check and document hash of today, and those that are lost."""
    alignment = align_gold(gold, units, check=check)
    moved = tuple(
        replace(annotation, sha256=sha256, start=unit.start, end=unit.end, check=check(unit.text))
        for annotation, unit in alignment.pairs
    )
    return moved, alignment.lost


def _pair_by_text(gold: Sequence[GoldUnit], units: Sequence[Unit], checks: Sequence[str]) -> dict[int, int]:
    """Index of the unit for each annotation whose text is unchanged; equal texts pair in order of distance."""
    exact = {(unit.start, unit.end, checks[j]): j for j, unit in enumerate(units)}
    paired: dict[int, int] = {}
    for i, annotation in enumerate(gold):
        j = exact.get((annotation.start, annotation.end, annotation.check))
        if j is not None:
            paired[i] = j
    places: dict[str, list[int]] = {}
    taken = set(paired.values())
    for j, value in enumerate(checks):
        if j not in taken:
            places.setdefault(value, []).append(j)
    rest = [i for i in range(len(gold)) if i not in paired and gold[i].check in places]
    for value in dict.fromkeys(gold[i].check for i in rest):
        mine = sorted((i for i in rest if gold[i].check == value), key=lambda i: gold[i].start)
        free = places[value]
        if len(mine) == len(free):
            paired.update(zip(mine, free, strict=True))
            continue
        options = sorted((abs(gold[i].start - units[j].start), i, j) for i in mine for j in free)
        for _, i, j in options:
            if i not in paired and j not in taken:
                paired[i] = j
                taken.add(j)
    return paired


def _pair_by_overlap(gold: Sequence[GoldUnit], units: Sequence[Unit], paired: dict[int, int]) -> None:
    sure = sorted((gold[i].start, units[j].start - gold[i].start) for i, j in paired.items())
    taken = set(paired.values())
    options = []
    for i, annotation in enumerate(gold):
        if i in paired:
            continue
        shift = _nearest_shift(sure, annotation.start)
        for j, unit in enumerate(units):
            share = _overlap(annotation.start + shift, annotation.end + shift, unit)
            if j not in taken and share >= MIN_OVERLAP:
                options.append((-share, i, j))
    for _, i, j in sorted(options):
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)


def _nearest_shift(sure: Sequence[tuple[int, int]], start: int) -> int:
    if not sure:
        return 0
    at = bisect_left(sure, (start, 0))
    near = sure[max(0, at - 1) : at + 1]
    return min(near, key=lambda pair: abs(pair[0] - start))[1]


def _overlap(start: int, end: int, unit: Unit) -> float:
    common = min(end, unit.end) - max(start, unit.start)
    return common / max(end - start, unit.end - unit.start, 1)
