"""Annotations found again by their text when a document was replaced by a newer version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Unit


def unit_check(text: str) -> str:
    """First 16 hex digits of the SHA-256 of the text, all white space made single spaces."""
    return words_check(text.split())


def words_check(runs: Sequence[str]) -> str:
    """The same from what stands between white space in the text."""
    return hashlib.sha256(" ".join(runs).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Realigned:
    """``moved``: position of an annotation -> the unit it now belongs to. ``lost``: positions without one."""

    moved: Mapping[int, Unit]
    lost: tuple[int, ...]


def realign_spans(checks: Sequence[tuple[str, int]], units: Iterable[Unit]) -> Realigned:
    """New units for annotations given as (check, old start offset).

    Equal texts are matched in order of their old offsets, so that a sentence that stands twice
    keeps its two annotations apart; the same old offset twice (two coders) gets the same unit.
    """
    by_check: dict[str, list[Unit]] = {}
    for unit in units:
        by_check.setdefault(unit_check(unit.text), []).append(unit)
    places: dict[str, list[int]] = {}
    for check, start in sorted(set(checks)):
        places.setdefault(check, []).append(start)
    moved: dict[int, Unit] = {}
    lost: list[int] = []
    for position, (check, start) in enumerate(checks):
        found = by_check.get(check, [])
        rank = places[check].index(start)
        if rank < len(found):
            moved[position] = found[rank]
        else:
            lost.append(position)
    return Realigned(moved, tuple(lost))
