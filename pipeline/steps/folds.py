"""Which documents are left out together when held-out codes are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

FOLD_UNITS, FOLD_SHARE = 120, 0.05
"""Units up to which small documents are left out together, and the share of all units that they may not exceed."""


def group_documents(documents: Sequence[str]) -> tuple[str, ...]:
    """Name of the fold of each unit: its document, or the first of several small ones in the order of their names.

    Figures are means over documents large enough to count, and each of these is left out alone; leaving out the small
    ones one by one would only cost time.
    """
    from pipeline.evaluate.scores import MIN_DOCUMENT

    sizes = Counter(documents)
    most = min(FOLD_UNITS, FOLD_SHARE * len(documents))
    fold: dict[str, str] = {}
    name, held = "", 0
    for document in sorted(sizes):
        if sizes[document] >= MIN_DOCUMENT:
            fold[document] = document
            continue
        if not name or held + sizes[document] > most:
            name, held = document, 0
        fold[document], held = name, held + sizes[document]
    return tuple(fold[document] for document in documents)
