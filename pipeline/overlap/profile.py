"""Presence of each code in a selection, and how the verdicts hang on the rule's settings."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.overlap.resample import design_effects, draw_weights, share_interval
from pipeline.overlap.settings import OverlapSettings, Selection
from pipeline.overlap.tally import Scheme, Tally, tally_units
from pipeline.presence import PresenceRule
from pipeline.records import CodedUnit, Evidence, Presence, Sensitivity

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
ALTERNATIVES: tuple[tuple[str, float, int], ...] = (
    ("error x 0, 1 paragraph", 0.0, 1),
    ("error x 0.5, 2 paragraphs", 0.5, 2),
    ("error x 1, 1 paragraph", 1.0, 1),
    ("error x 1, 2 paragraphs", 1.0, 2),
    ("error x 1, 3 paragraphs", 1.0, 3),
    ("error x 2, 2 paragraphs", 2.0, 2),
    ("error x 4, 2 paragraphs", 4.0, 2),
)
"""Settings that the sensitivity table shows: factor on the error rates, least number of paragraphs."""


@dataclass(frozen=True)
class Profile:
    """A tallied selection with its bootstrap: ``draws`` is replicates x codes (counts)."""

    name: str
    units: tuple[CodedUnit, ...]
    tally: Tally
    weights: Array
    draws: Array

    @property
    def totals(self) -> Array:
        return np.asarray(self.tally.counts.sum(axis=0))

    @property
    def size(self) -> float:
        return float(self.tally.units.sum())


def make_profile(selection: Selection, scheme: Scheme, *, replicates: int, seed: int) -> Profile:
    """Tally a selection and draw its bootstrap; the order of the units does not matter."""
    tally = tally_units(selection.units, scheme)
    own = zlib.crc32(" ".join(tally.documents).encode())  # so that swapping the sides swaps the draws with them
    weights = draw_weights(tally.document, replicates, seed + own)
    return Profile(selection.name, selection.units, tally, weights, weights @ tally.counts)


def list_presence(profile: Profile, settings: OverlapSettings) -> tuple[Presence, ...]:
    """One row a code of the scheme, absent ones included, in the codebook's order."""
    tally, evidence = profile.tally, _collect_evidence(profile.units, profile.tally.scheme)
    sizes = np.maximum(profile.weights @ tally.units, 1.0)
    effects = design_effects(profile.totals, profile.size, profile.draws / sizes[:, None])
    documents = (tally.by_document(tally.counts) > 0).sum(axis=0)
    present = flag_present(profile, settings.rule)
    return tuple(
        Presence(
            selection=profile.name,
            dimension=tally.scheme.dimension,
            code_id=code_id,
            count=int(profile.totals[column]),
            units=int(profile.size),
            documents=int(documents[column]),
            share=share_interval(profile.totals[column], profile.size, float(effects[column]), settings.level),
            present=bool(present[column]),
            evidence=evidence.get(code_id, ()),
        )
        for column, code_id in enumerate(tally.scheme.codes)
    )


def flag_present(profile: Profile, rule: PresenceRule) -> Flags:
    """The rule's verdict on each code of the scheme."""
    tally = profile.tally
    paragraphs = (tally.counts > 0).sum(axis=0)
    return np.asarray((profile.totals >= list_needed(profile, rule)) & (paragraphs >= rule.min_paragraphs))


def flag_draws(profile: Profile, rule: PresenceRule) -> Flags:
    """The rule applied to each bootstrap replicate: replicates x codes."""
    spread = (profile.weights > 0).astype(np.float64) @ (profile.tally.counts > 0).astype(np.float64)
    return np.asarray((profile.draws >= list_needed(profile, rule)) & (spread >= rule.min_paragraphs))


def list_needed(profile: Profile, rule: PresenceRule) -> Array:
    """Codings that the rule asks for, by code."""
    doubts = profile.tally.doubts.sum(axis=0)
    return np.array(
        [
            rule.needed(int(profile.size), members, float(doubts[column]))
            for column, members in enumerate(profile.tally.scheme.members)
        ],
        dtype=np.float64,
    )


def list_sensitivity(profiles: Sequence[Profile], rule: PresenceRule) -> tuple[Sensitivity, ...]:
    """The verdicts under ALTERNATIVES, for codes on which they do not all agree."""
    rows: list[Sensitivity] = []
    for profile in profiles:
        variants = [(name, _vary(rule, factor, paragraphs)) for name, factor, paragraphs in ALTERNATIVES]
        flags = np.array([flag_present(profile, variant) for _, variant in variants])
        for column, code_id in enumerate(profile.tally.scheme.codes):
            if flags[:, column].all() or not flags[:, column].any():
                continue
            rows.extend(
                Sensitivity(
                    profile.name,
                    profile.tally.scheme.dimension,
                    code_id,
                    name,
                    int(list_needed(profile, variant)[column]),
                    bool(flags[position, column]),
                )
                for position, (name, variant) in enumerate(variants)
            )
    return tuple(rows)


def _vary(rule: PresenceRule, factor: float, paragraphs: int) -> PresenceRule:
    return replace(rule, factor=rule.factor * factor, min_paragraphs=paragraphs)


def _collect_evidence(units: Sequence[CodedUnit], scheme: Scheme) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {}
    for coded in sorted(units, key=lambda u: (u.date, u.unit.document_id, u.unit.n)):
        unit = coded.unit
        for code_id in scheme.codes_of(coded):
            found.setdefault(code_id, []).append(Evidence(unit.document_id, unit.n, unit.start, unit.end))
    return {code_id: tuple(rows) for code_id, rows in found.items()}
