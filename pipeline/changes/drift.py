"""How the shares of codes and the bindingness of the language move over the rounds of a framework.

Shares: Wilson interval (Wilson 1927) on the effective number of units, which allows for units of one paragraph
resembling each other (Kish's design effect). Trend: Cochran-Armitage test on the effective counts, scores 0, 1, 2 ...
by round; Benjamini-Hochberg (1995) and Holm (1979) correct over the rows of one dimension. With few rounds the test has
little power and the normal approximation is rough: read it as a screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import erfc, sqrt

from pipeline.codebook import Codebook
from pipeline.records import ACTION_LEVELS, CodedUnit, DriftRow, Interval

Z95 = 1.959963984540054
DRIFT_DIMENSIONS = ("issue", "domain", "industry", "action", "bindingness")


def measure_drift(
    rounds: Sequence[tuple[str, Sequence[CodedUnit]]],
    *,
    codebook: Codebook,
    dimensions: Sequence[str] = DRIFT_DIMENSIONS,
    framework: str = "",
) -> tuple[DriftRow, ...]:
    """A row for each code that occurs in any round, rounds in the given order, which must be that of their dates.

    Dimension "bindingness" has one row, "mean action level": the mean position of the action level over substantive
    units, divided by 4, so 0 is all description and 1 all delivery; its counts are the units it rests on.
    Raises ValueError for an unknown dimension.
    """
    unknown = set(dimensions) - set(DRIFT_DIMENSIONS)
    if unknown:
        raise ValueError(f"unknown dimension {sorted(unknown)[0]!r}; use one of {', '.join(DRIFT_DIMENSIONS)}")
    framework = framework or next((u.framework for _, units in rounds for u in units), "")
    rows: list[DriftRow] = []
    for dimension in dimensions:
        if dimension == "bindingness":
            rows.append(_measure_bindingness(framework, rounds))
            continue
        read = _reader(dimension, codebook)
        codes = sorted({code_id for _, units in rounds for u in units for code_id in read(u)})
        rows.extend(_correct([_measure_code(framework, dimension, c, rounds, read) for c in codes]))
    return tuple(rows)


def adjust_p_values(p_values: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Benjamini-Hochberg and Holm adjusted p-values, in the given order."""
    count = len(p_values)
    order = sorted(range(count), key=lambda k: (p_values[k], k))
    bh, holm = [0.0] * count, [0.0] * count
    least = 1.0
    for rank in range(count, 0, -1):
        least = min(least, p_values[order[rank - 1]] * count / rank)
        bh[order[rank - 1]] = least
    most = 0.0
    for rank, k in enumerate(order):
        most = max(most, min(1.0, p_values[k] * (count - rank)))
        holm[k] = most
    return tuple(bh), tuple(holm)


def _reader(dimension: str, codebook: Codebook) -> Callable[[CodedUnit], set[str]]:
    readers: dict[str, Callable[[CodedUnit], set[str]]] = {
        "issue": lambda u: {t.code_id for t in u.tags.issues},
        "domain": lambda u: {codebook.domain_of(t.code_id) for t in u.tags.issues},
        "industry": lambda u: {t.code_id for t in u.tags.industries},
        "action": lambda u: {u.tags.action.code_id},
    }
    return readers[dimension]


def _measure_code(
    framework: str, dimension: str, code_id: str, rounds: Sequence[tuple[str, Sequence[CodedUnit]]],
    read: Callable[[CodedUnit], set[str]],
) -> DriftRow:  # fmt: skip
    counts, sizes, effective = [], [], []
    for _, units in rounds:
        marks = [(_cluster(u), float(code_id in read(u))) for u in units]
        counts.append(int(sum(m for _, m in marks)))
        sizes.append(len(marks))
        effective.append(len(marks) / _design_effect(marks))
    shares = tuple(_wilson(k, n, e) for k, n, e in zip(counts, sizes, effective, strict=True))
    values = [s.value for s in shares]
    p = _armitage(values, effective)
    names = tuple(name for name, _ in rounds)
    return DriftRow(
        framework, dimension, code_id, names, shares, tuple(counts), tuple(sizes), _slope(values, effective), p
    )


def _measure_bindingness(framework: str, rounds: Sequence[tuple[str, Sequence[CodedUnit]]]) -> DriftRow:
    shares, sizes, effective, spreads = [], [], [], []
    for _, units in rounds:
        marks = [
            (_cluster(u), ACTION_LEVELS.index(u.tags.action.code_id) / 4)
            for u in units
            if not u.tags.main_issue.startswith("other.")
        ]
        size = len(marks)
        mean = sum(m for _, m in marks) / size if size else 0.0
        spread = sum((m - mean) ** 2 for _, m in marks) / (size - 1) if size > 1 else 0.0
        enough = size / _design_effect(marks)
        half = Z95 * sqrt(spread / enough) if enough else 1.0
        shares.append(Interval(mean, max(0.0, mean - half), min(1.0, mean + half)))
        sizes.append(size)
        effective.append(enough)
        spreads.append(spread / enough if enough else 0.0)
    values = [s.value for s in shares]
    p = _contrast(values, effective, spreads)
    names = tuple(name for name, _ in rounds)
    row = DriftRow(
        framework,
        "bindingness",
        "mean action level",
        names,
        tuple(shares),
        tuple(sizes),
        tuple(sizes),
        _slope(values, effective),
        p,
    )
    return replace(row, p_bh=p, p_holm=p)


def _correct(rows: list[DriftRow]) -> list[DriftRow]:
    tested = [row.p_value for row in rows if row.p_value is not None]
    if not tested:
        return rows
    bh, holm = adjust_p_values(tested)
    adjusted = iter(zip(bh, holm, strict=True))
    done = []
    for row in rows:
        if row.p_value is None:
            done.append(row)
        else:
            first, second = next(adjusted)
            done.append(replace(row, p_bh=first, p_holm=second))
    return done


def _cluster(unit: CodedUnit) -> tuple[str, int]:
    return (unit.unit.document_id, unit.unit.paragraph)


def _design_effect(marks: Sequence[tuple[tuple[str, int], float]]) -> float:
    """Variance of the mean with paragraphs as clusters, over that of a simple sample; at least 1."""
    size = len(marks)
    groups: dict[tuple[str, int], list[float]] = defaultdict(list)
    for cluster, value in marks:
        groups[cluster].append(value)
    if size < 2 or len(groups) < 2:
        return 1.0
    mean = sum(v for _, v in marks) / size
    simple = sum((v - mean) ** 2 for _, v in marks) / (size * (size - 1))
    clustered = sum(sum(v - mean for v in group) ** 2 for group in groups.values())
    clustered *= len(groups) / (len(groups) - 1) / size**2
    return max(1.0, clustered / simple) if simple > 0 else 1.0


def _wilson(count: int, size: int, effective: float) -> Interval:
    if not size:
        return Interval(0.0, 0.0, 1.0)
    share, square = count / size, Z95**2
    middle = (share + square / (2 * effective)) / (1 + square / effective)
    half = Z95 * sqrt(share * (1 - share) / effective + square / (4 * effective**2)) / (1 + square / effective)
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def _slope(values: Sequence[float], weights: Sequence[float]) -> float:
    """Weighted least squares slope a round; 0 where it is not defined."""
    total = sum(weights)
    if len(values) < 2 or total <= 0:
        return 0.0
    centre = sum(w * k for k, w in enumerate(weights)) / total
    mean = sum(w * v for v, w in zip(values, weights, strict=True)) / total
    bottom = sum(w * (k - centre) ** 2 for k, w in enumerate(weights))
    top = sum(w * (k - centre) * (v - mean) for k, (v, w) in enumerate(zip(values, weights, strict=True)))
    return top / bottom if bottom > 0 else 0.0


def _armitage(values: Sequence[float], weights: Sequence[float]) -> float | None:
    """Two-sided p-value of the Cochran-Armitage trend test; None for fewer than two rounds with units."""
    total = sum(weights)
    if sum(w > 0 for w in weights) < 2:
        return None
    pooled = sum(w * v for v, w in zip(values, weights, strict=True)) / total
    centre = sum(w * k for k, w in enumerate(weights)) / total
    spread = sum(w * (k - centre) ** 2 for k, w in enumerate(weights))
    variance = pooled * (1 - pooled) * spread
    top = sum(w * (k - centre) * v for k, (v, w) in enumerate(zip(values, weights, strict=True)))
    return erfc(abs(top) / sqrt(variance) / sqrt(2)) if variance > 0 else 1.0


def _contrast(values: Sequence[float], weights: Sequence[float], variances: Sequence[float]) -> float | None:
    """Two-sided p-value of the weighted slope of means with known variances; None for fewer than two rounds."""
    if sum(w > 0 for w in weights) < 2:
        return None
    centre = sum(w * k for k, w in enumerate(weights)) / sum(weights)
    loads = [w * (k - centre) for k, w in enumerate(weights)]
    variance = sum(c * c * v for c, v in zip(loads, variances, strict=True))
    top = sum(c * v for c, v in zip(loads, values, strict=True))
    return erfc(abs(top) / sqrt(variance) / sqrt(2)) if variance > 0 else 1.0
