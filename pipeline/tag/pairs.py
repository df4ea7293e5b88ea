"""What the second stage sees of units and codes: the words' scores, the rules' evidence, and what is known of each code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.codebook import Codebook
from pipeline.records import UnitTags
from pipeline.tag.features import Inputs, Numbers
from pipeline.tag.pooled import PairInputs

PROCEDURAL = "other.procedural"


def make_issue_pairs(
    inputs: Inputs, tags: Sequence[UnitTags], codebook: Codebook, text: Numbers, seen: dict[str, int], trust: Numbers
) -> PairInputs:
    substantive = set(codebook.substantive_issues)
    return PairInputs(
        text=text,
        total=inputs.rules.issues,
        own=inputs.rules.issues_own,
        chosen=read_issues(tags, codebook),
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


def make_industry_pairs(
    inputs: Inputs, tags: Sequence[UnitTags], codebook: Codebook, text: Numbers, seen: dict[str, int], trust: Numbers
) -> PairInputs:
    none = np.zeros(len(codebook.industries), dtype=np.float32)
    return PairInputs(
        text=text,
        total=inputs.rules.industries,
        own=inputs.rules.industries,
        chosen=read_industries(tags, codebook),
        seen=np.array([seen.get(code_id, 0) for code_id in codebook.industries], dtype=np.float32),
        special=none,
        other=none,
        domain=np.arange(len(codebook.industries)),
        trust=trust,
        before=inputs.before,
        after=inputs.after,
    )


def read_issues(tags: Sequence[UnitTags], codebook: Codebook) -> Numbers:
    return _chosen([[tag.code_id for tag in unit.issues] for unit in tags], codebook.issues)


def read_industries(tags: Sequence[UnitTags], codebook: Codebook) -> Numbers:
    return _chosen([[tag.code_id for tag in unit.industries] for unit in tags], codebook.industries)


def _chosen(given: Sequence[Sequence[str]], columns: Sequence[str]) -> Numbers:
    """2 for the first code of each unit, 1 for the others, 0 for codes not given."""
    at = {code_id: column for column, code_id in enumerate(columns)}
    values = np.zeros((len(given), len(columns)), dtype=np.float32)
    sizes = np.array([len(codes) for codes in given], dtype=np.int64)
    rows = np.repeat(np.arange(len(given)), sizes)
    places = np.array([at[code_id] for codes in given for code_id in codes], dtype=np.int64)
    values[rows, places] = 1.0
    first = (np.cumsum(sizes) - sizes)[sizes > 0]
    values[rows[first], places[first]] = 2.0
    return values


def to_indicators(groups: Sequence[Sequence[str]], columns: Sequence[str]) -> Numbers:
    return np.asarray(_chosen(groups, columns) > 0, dtype=np.float32)


def place_columns(values: Numbers, names: Sequence[str], wanted: Sequence[str], *, fill: float = 0.0) -> Numbers:
    """Columns in the order of today's codebook; ``fill`` for codes the model does not know."""
    if tuple(names) == tuple(wanted):
        return values
    at = {name: column for column, name in enumerate(names)}
    placed = np.full((len(values), len(wanted)), fill, dtype=np.float32)
    for column, name in enumerate(wanted):
        if name in at:
            placed[:, column] = values[:, at[name]]
    return placed
