"""Quality and speed of the links between rounds, beside the nearest neighbour by TF-IDF.

    python benchmarks/changes.py --units UNITS.jsonl --codes FOLDER [--pairs all|dev|held-out]

Reads coded units of two documents (one JSON object a unit: document_id, n, start, end, text, section, lead, paragraph;
codes as FOLDER/DOCUMENT.tsv: n, issues, industries, action) and the gold in corpus/annotations/changes.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from pipeline.changes import evaluate_changes, parse_gold, select_commitments, track_changes
from pipeline.codebook import load_codebook
from pipeline.records import Change, CodedUnit, Evidence, GoldChange, Link, Tag, Unit, UnitTags

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = {"ttc-3-joint-statement--ttc-4-joint-statement"}


def read_units(units: Path, codes: Path, document: str) -> list[CodedUnit]:
    """Coded units of one document from the two files."""
    rows = {}
    for line in (codes / f"{document}.tsv").read_text("utf-8").splitlines():
        parts = line.split("\t")
        if parts[0].isdigit():
            rows[int(parts[0])] = parts
    found = []
    for line in units.read_text("utf-8").splitlines():
        data = json.loads(line)
        if data["document_id"] != document:
            continue
        _, issues, industries, action = rows[data["n"]][:4]
        tags = UnitTags(
            tuple(Tag("issue", c, 1.0, "coder") for c in issues.split(",") if c),
            tuple(Tag("industry", c, 1.0, "coder") for c in industries.split(",") if c),
            Tag("action", action, 1.0, "coder"),
        )
        unit = Unit(
            document, data["n"], data["start"], data["end"], data["text"], data["section"],
            data.get("paragraph", data["n"]), data.get("language", "en"), lead=data.get("lead", ""),
        )  # fmt: skip
        found.append(CodedUnit(unit, tags, "TTC", document, "", "", "official"))
    return found


def link_by_tfidf(earlier: list[CodedUnit], later: list[CodedUnit], threshold: float) -> list[Change]:
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


def main() -> None:
    """Print one table row a pair and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=Path, required=True)
    parser.add_argument("--codes", type=Path, required=True)
    parser.add_argument("--pairs", choices=("all", "dev", "held-out"), default="all")
    options = parser.parse_args()
    codebook = load_codebook(ROOT / "corpus" / "codebook.yaml")
    for path in sorted((ROOT / "corpus" / "annotations" / "changes").glob("*.jsonl")):
        pair = path.name.split(".")[0]
        kind = "dev" if pair in DEVELOPMENT else "held-out"
        if options.pairs not in ("all", kind):
            continue
        gold = parse_gold(path.read_text("utf-8").splitlines(), path.name)
        earlier, later = (read_units(options.units, options.codes, d) for d in pair.split("--"))
        start = time.perf_counter()
        changes = track_changes(earlier, later, framework="TTC", round_from="a", round_to="b", codebook=codebook)
        seconds = time.perf_counter() - start
        _show(f"{path.name} [{kind}] parley {seconds:.2f} s", changes, gold)
        for threshold in (0.0, 0.1, 0.18, 0.25):
            _show(f"{path.name} [{kind}] tf-idf >= {threshold}", link_by_tfidf(earlier, later, threshold), gold)


def _show(title: str, changes: list[Change] | tuple[Change, ...], gold: tuple[GoldChange, ...]) -> None:
    print(title, " ".join(f"{r.metric}={r.interval.value:.2f}" for r in evaluate_changes(changes, gold)))


def _point(unit: CodedUnit) -> Evidence:
    return Evidence(unit.unit.document_id, unit.unit.n, unit.unit.start, unit.unit.end)


if __name__ == "__main__":
    main()
