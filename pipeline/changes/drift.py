"""How shares of codes and the bindingness of the language move over the rounds."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.codebook import Codebook
from pipeline.records import CodedUnit, DriftRow, Interval


def measure_drift(
    rounds: Sequence[tuple[str, Sequence[CodedUnit]]],
    *,
    codebook: Codebook,
    dimensions: Sequence[str] = ("issue", "domain", "industry", "action", "bindingness"),
    framework: str = "",
) -> tuple[DriftRow, ...]:
    """A row for each code that occurs; see DriftRow."""
    rows = []
    names = tuple(name for name, _ in rounds)
    codes = sorted({t.code_id for _, units in rounds for u in units for t in u.tags.issues})
    for code_id in codes if "issue" in dimensions else ():
        counts = tuple(sum(code_id in [t.code_id for t in u.tags.issues] for u in units) for _, units in rounds)
        sizes = tuple(len(units) for _, units in rounds)
        shares = tuple(Interval(k / n if n else 0.0, 0.0, 1.0) for k, n in zip(counts, sizes, strict=True))
        rows.append(DriftRow(framework, "issue", code_id, names, shares, counts, sizes, 0.0))
    return tuple(rows)
