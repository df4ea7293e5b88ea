"""Forms and editions of one statement: which document stands for all of them in scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.store import StoredDocument


def find_editions(documents: Sequence[StoredDocument], fingerprints: Mapping[str, bytes]) -> dict[str, str]:
    """Document id -> id of the document that stands for it, for documents that stand back.

    Of the editions of a statement the one without warnings, then with the most units, then
    the first by id stands for all. Digests and papers are editions of nothing.
    """
    from pipeline.extract.editions import find_edition_groups

    candidates = {d.id: d for d in documents if d.basis not in ("digest", "paper")}
    groups = find_edition_groups({key: fingerprints[key] for key in candidates if fingerprints.get(key)})
    result: dict[str, str] = {}
    for group in groups:
        best = min(group, key=lambda key: (len(candidates[key].warnings), -candidates[key].units, key))
        result.update({key: best for key in group if key != best})
    return result
