"""What the codebook as it stands would change in the stored tags."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.steps.workspace import Workspace


def compare_codebook(workspace: Workspace) -> tuple[str, list[dict[str, Any]]]:
    """(a line on the codebook, rows of code, gained, lost); raises CodebookError where it is broken."""
    from pipeline.tag.check import check_rules

    codebook = workspace.codebook
    check_rules(codebook)
    rules = sum(len(code.rules) for code in codebook.codes)
    summary = (
        f"{workspace.codebook_path.name} is sound: {len(codebook.issues)} issues, {len(codebook.industries)} industries, "
        f"{rules} rules, {len(codebook.frameworks)} frameworks"
    )
    if not workspace.store_path.exists():
        return summary + "; nothing is stored yet to compare with", []
    gained, lost, units = _compare_tags(workspace)
    if not gained and not lost:
        return summary + f"; no stored tag of {units} units changes", []
    rows = [
        {"code": code, "gained": gained[code], "lost": lost[code]}
        for code in sorted({*gained, *lost}, key=lambda code: (-(gained[code] + lost[code]), code))
    ]
    return summary + f"; stored tags of {units} units change as follows (parley report applies it)", rows


def _compare_tags(workspace: Workspace) -> tuple[Counter[str], Counter[str], int]:
    from pipeline.tag import load_tagger

    tagger = load_tagger(workspace.codebook, workspace.model_dir)
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    total = 0
    with workspace.open_store(read_only=True) as store:
        for document in store.read_overview():
            stored = {c.unit.n: c.tags for c in store.read_coded_units([document.id])}
            units = store.read_units(document.id)
            total += len(units)
            for unit, tags in zip(units, tagger.tag_units(units), strict=True):
                old = {tag.code_id for tag in stored[unit.n].iter_tags()} if unit.n in stored else set()
                new = {tag.code_id for tag in tags.iter_tags()}
                gained.update(new - old)
                lost.update(old - new)
    return gained, lost, total
