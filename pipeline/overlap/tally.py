"""Coded units of a selection as matrices of counts by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.codebook import Codebook
from pipeline.presence import doubt_in_score
from pipeline.records import CodedUnit

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scheme:
    """The codes of one dimension in order, each with the issues it stands for (itself, or a domain's).

    ``profiled`` marks the codes that overlap measures read (substantive ones).
    """

    dimension: str
    codes: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    profiled: npt.NDArray[np.bool_]
    codes_of: Callable[[CodedUnit], dict[str, float]]


@dataclass(frozen=True)
class Tally:
    """Counts of a selection in one dimension; rows are paragraphs in order of document id and place.

    ``counts``: units that carry the code; ``doubts``: the tagger's doubt in their tags;
    ``units``: units of the paragraph; ``document``: index of its document in ``documents``.
    """

    scheme: Scheme
    documents: tuple[str, ...]
    dates: tuple[str, ...]
    counts: Array
    doubts: Array
    units: Array
    document: npt.NDArray[np.int64]

    def by_document(self, matrix: Array) -> Array:
        """Sums of paragraph rows over each document."""
        result = np.zeros((len(self.documents), *matrix.shape[1:]))
        np.add.at(result, self.document, matrix)
        return result


def list_schemes(codebook: Codebook) -> tuple[Scheme, ...]:
    """The schemes "issue", "domain" and "industry" of a codebook."""
    substantive = set(codebook.substantive_issues)
    domains = tuple(domain.id for domain in codebook.domains)
    by_domain = {d: tuple(i for i in codebook.issues if codebook.domain_of(i) == d) for d in domains}
    return (
        Scheme(
            "issue",
            codebook.issues,
            tuple((issue,) for issue in codebook.issues),
            np.array([issue in substantive for issue in codebook.issues], dtype=bool),
            lambda unit: {tag.code_id: tag.score for tag in unit.tags.issues},
        ),
        Scheme(
            "domain",
            domains,
            tuple(by_domain[domain] for domain in domains),
            np.array([domain.substantive for domain in codebook.domains], dtype=bool),
            lambda unit: _domains_of(unit, codebook),
        ),
        Scheme(
            "industry",
            codebook.industries,
            tuple((industry,) for industry in codebook.industries),
            np.ones(len(codebook.industries), dtype=bool),
            lambda unit: {tag.code_id: tag.score for tag in unit.tags.industries},
        ),
    )


def tally_units(units: Sequence[CodedUnit], scheme: Scheme) -> Tally:
    """Count codes by paragraph; codes that the scheme does not know are left out."""
    column = {code_id: position for position, code_id in enumerate(scheme.codes)}
    keys = sorted({(unit.unit.document_id, unit.unit.paragraph) for unit in units})
    row = {key: position for position, key in enumerate(keys)}
    date_of = {unit.unit.document_id: unit.date for unit in units}
    documents = tuple(sorted(date_of))
    counts, doubts = (np.zeros((len(keys), len(scheme.codes))) for _ in range(2))
    sizes = np.zeros(len(keys))
    for unit in units:
        position = row[unit.unit.document_id, unit.unit.paragraph]
        sizes[position] += 1
        for code_id, score in scheme.codes_of(unit).items():
            if code_id in column:
                counts[position, column[code_id]] += 1
                doubts[position, column[code_id]] += doubt_in_score(score)
    index = {document: position for position, document in enumerate(documents)}
    document = np.array([index[key[0]] for key in keys], dtype=np.int64)
    return Tally(scheme, documents, tuple(date_of[d] for d in documents), counts, doubts, sizes, document)


def _domains_of(unit: CodedUnit, codebook: Codebook) -> dict[str, float]:
    """Each domain of the unit's issues, with the best score among them."""
    found: dict[str, float] = {}
    for tag in unit.tags.issues:
        domain = codebook.domain_of(tag.code_id)
        found[domain] = max(found.get(domain, 0.0), tag.score)
    return found
