"""Quality and speed of the links between rounds, beside the nearest neighbour by TF-IDF.

    python benchmarks/changes.py [--statements FOLDER]

Scores every pair of corpus/annotations/changes whose documents are in the store, or in FOLDER (Markdown files, found by
their SHA-256), with codes by hand where there are some, else as tagged, and the coder's choice of commitments. The weights were fitted on these pairs: fit_changes.py leaves each out.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.changes import evaluate_changes, select_commitments, track_changes
from pipeline.records import Change, CodedUnit, Evidence, GoldChange, Link, Tag
from pipeline.steps.change_gold import ChangePair, Find, code_by_hand, find_in_store, read_change_pairs
from pipeline.steps.workspace import Workspace, find_workspace

THRESHOLDS = (0.0, 0.1, 0.18, 0.25)
BINDING = ("intend", "commit", "deliver")


def main() -> None:
    """Print one line a pair, coder and way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=Path, help="folder of Markdown statements")
    options = parser.parse_args()
    for pair in load_pairs(find_workspace(Path()), options.statements):
        start = time.perf_counter()
        changes = track_changes(pair.earlier, pair.later, framework="", round_from="a", round_to="b")
        title = f"{pair.name} {pair.coder}"
        _show(f"{title} parley {time.perf_counter() - start:.2f} s", changes, pair.gold)
        for threshold in THRESHOLDS:
            _show(f"{title} tf-idf >= {threshold}", link_by_tfidf(pair.earlier, pair.later, threshold), pair.gold)


def load_pairs(workspace: Workspace, folder: Path | None) -> list[ChangePair]:
    """The coded pairs with the best codes there are: by hand, else as tagged with the coder's choice of commitments."""
    pairs, missing = read_change_pairs(workspace, _find_anywhere(workspace, folder))
    print("\n".join(missing), file=sys.stderr)
    coded = []
    for pair in pairs:
        earlier = code_by_hand(workspace, pair.earlier) or pair.earlier
        later = code_by_hand(workspace, pair.later) or pair.later
        coded.append(replace(pair, earlier=earlier, later=_take_commitments(later, pair.gold)))
    return coded


def link_by_tfidf(earlier: Sequence[CodedUnit], later: Sequence[CodedUnit], threshold: float) -> list[Change]:
    """The baseline: nearest earlier commitment by TF-IDF cosine, none below the threshold; statuses all "kept"."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    old, new = select_commitments(earlier), select_commitments(later)
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(
        [u.unit.text for u in (*old, *new)]
    )
    grid = (vectors[len(old) :] @ vectors[: len(old)].T).toarray()
    changes, used = [], set()
    for row, unit in enumerate(new):
        best = int(grid[row].argmax())
        links: tuple[Link, ...] = ()
        if grid[row, best] >= threshold:
            used.add(best)
            links = (Link(_point(old[best]), old[best].unit.text, float(grid[row, best])),)
        changes.append(
            Change("", "", "", "kept" if links else "new", (), links, _point(unit), unit.unit.text, "", "", 0.0)
        )
    gone = [Link(_point(u), u.unit.text, 1.0) for n, u in enumerate(old) if n not in used]
    return changes + [Change("", "", "", "dropped", (), (link,), None, "", "", "", 1.0) for link in gone]


def _find_anywhere(workspace: Workspace, folder: Path | None) -> Find:
    in_store, files = find_in_store(workspace), _hash_files(folder)

    def find(name: str, sha256: str) -> Sequence[CodedUnit]:
        return in_store(name, sha256) or (_read_file(workspace, name, files[sha256]) if sha256 in files else ())

    return find


def _hash_files(folder: Path | None) -> dict[str, Path]:
    return {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in sorted(folder.glob("*.md"))} if folder else {}


def _read_file(workspace: Workspace, name: str, path: Path) -> tuple[CodedUnit, ...]:
    from pipeline.extract.markdown import extract_markdown
    from pipeline.segment.units import segment_blocks
    from pipeline.tag import load_tagger

    extraction = extract_markdown(path.read_text("utf-8"))
    units = segment_blocks(name, extraction.text, extraction.blocks)
    tags = load_tagger(workspace.codebook, workspace.model_dir).tag_units(units)
    return tuple(CodedUnit(u, t, "", name, "", "", "official") for u, t in zip(units, tags, strict=True))


def _take_commitments(later: Sequence[CodedUnit], gold: Sequence[GoldChange]) -> tuple[CodedUnit, ...]:
    """The later units, those the coder judged made commitments and no others, so that only the links are measured."""
    judged = {(g.to.start, g.to.end) for g in gold if g.to}
    chosen = {(u.unit.start, u.unit.end) for u in select_commitments(later)}
    units = []
    for unit in later:
        place = (unit.unit.start, unit.unit.end)
        if place in judged and place not in chosen:
            issues = tuple(t for t in unit.tags.issues if not t.code_id.startswith("other."))
            action = unit.tags.action if unit.tags.action.code_id in BINDING else Tag("action", "commit", 1.0, "coder")
            tags = replace(unit.tags, issues=issues or (Tag("issue", "trade.inclusion", 1.0, "coder"),), action=action)
            unit = replace(unit, tags=tags)
        elif place in chosen and place not in judged:
            unit = replace(unit, tags=replace(unit.tags, action=Tag("action", "acknowledge", 1.0, "coder")))
        units.append(unit)
    return tuple(units)


def _show(title: str, changes: Sequence[Change], gold: Sequence[GoldChange]) -> None:
    print(title, " ".join(f"{r.metric}={r.interval.value:.2f}" for r in evaluate_changes(changes, gold)))


def _point(unit: CodedUnit) -> Evidence:
    return Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)


if __name__ == "__main__":
    main()
