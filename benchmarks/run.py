"""Every benchmark beside its peers: medians, ratios, peak memory; machine and commit named.

    python -m benchmarks.run [--only GROUP...] [--repeat 3] [--quick]

Writes benchmarks/out/bench.md and bench.json. Each case runs in a process of its own, with its
input loaded before the clock starts; cases of a group run in turn on the same input and cores.
Ratios are of CPU seconds, which a busy machine disturbs least; those of the Dask group of time passed.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks import clusters, rooms, whole
from benchmarks.inputs import OUT
from benchmarks.measure import Measure, Prepare, keep_files, pin, run_apart, run_case

GROUPS: dict[str, dict[str, Prepare]] = {
    "sentences": {
        "spaCy sentencizer": rooms.split_spacy,
        "parley": rooms.split_ours,
        "pysbd, a paragraph at a time": rooms.split_pysbd,
    },
    "rules": {
        "spaCy make_doc + PhraseMatcher": rooms.match_spacy,
        "parley, phrases found": rooms.scan_ours,
        "parley, all dimensions decided": rooms.tag_rules,
        "ahocorasick_rs scan (floor)": rooms.scan_floor,
    },
    "classifier": {
        "scikit-learn TF-IDF + logistic regression": rooms.classify_sklearn,
        "parley, rules and classifier": rooms.tag_combined,
    },
    "pdf": {
        "pdfplumber extract_text": rooms.read_pdf_pdfplumber,
        "parley, structure included": rooms.read_pdf_ours,
        "pypdfium2 plain text": rooms.read_pdf_pypdfium2,
        "pdftotext": rooms.read_pdf_pdftotext,
    },
    "alignment": {
        "rapidfuzz token_set_ratio": rooms.align_rapidfuzz,
        "TF-IDF nearest": rooms.align_tfidf,
        "parley, statuses included": rooms.align_ours,
    },
    "chinese": {"jieba.lcut": rooms.chinese_jieba, "parley, sentences and rules": rooms.chinese_ours},
    "start": {"parley --help": whole.start_help, "parley status": whole.start_status},
    "one more": {
        "8,000 words of neither framework ingested, report anew": whole.add_one,
        "8,000 words of the TTC's last round ingested, report anew": partial(
            whole.add_one, "--framework", "TTC", "--round", "6"
        ),
        "report, nothing changed": whole.add_nothing,
    },
    "whole corpus": {
        "near duplicates, texts to groups": whole.find_editions,
        "near duplicates, ready fingerprints": whole.group_editions,
        "boilerplate counts": whole.count_boilerplate,
    },
    "line": {
        "spaCy make_doc + PhraseMatcher over 6,448, nothing else": whole.spacy_route,
        "100 statements": partial(whole.ingest, 100, 1),
        "1,000 statements": partial(whole.ingest, 1000, 1),
        "6,448 statements": partial(whole.ingest, 0, 1),
        "6,448 statements, two workers": partial(whole.ingest, 0, 2),
    },
    "dask": {
        "6,448 statements to Parquet, one process": clusters.one_process,
        "two loopback workers": clusters.two_workers,
        "two loopback workers, one killed": clusters.one_killed,
    },
}
ONCE = {"line", "whole corpus", "one more", "dask"}
LONG = {"line", "whole corpus", "dask"}
TWO_CORES = {"6,448 statements, two workers", "two loopback workers", "two loopback workers, one killed"}
BY_WALL = {"dask"}
"""Groups whose ratio is of time passed: several processes share the work. Their last column stands for the bytes
written: equal numbers, equal bytes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=list(GROUPS), help="Groups to run.")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="Leave out what takes minutes.")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, default=1, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with keep_files():
        if arguments.case:
            pin(arguments.cores)
            print(json.dumps(asdict(run_case(arguments.case, _find_case(arguments.case), arguments.repeat))))
        else:
            _run_all(arguments)


def _run_all(arguments: argparse.Namespace) -> None:
    chosen = arguments.only or [name for name in GROUPS if not (arguments.quick and name in LONG)]
    results = {name: _run_group(name, arguments.repeat) for name in chosen}
    OUT.mkdir(exist_ok=True)
    text = render(results)
    if "rules" in chosen:
        from benchmarks.matches import compare_matches

        text += "\n**phrases: the same matches?**\n\n" + compare_matches()
    (OUT / "bench.md").write_text(text, "utf-8")
    plain = {name: [asdict(m) if isinstance(m, Measure) else m for m in rows] for name, rows in results.items()}
    (OUT / "bench.json").write_text(json.dumps({"machine": describe_machine(), "groups": plain}, indent=1), "utf-8")
    print(text)


def render(results: dict[str, list[Measure | str]]) -> str:
    """The table; a ratio is the group's first case over this one, so 2 is twice as fast."""
    lines = [describe_machine(), ""]
    for group, rows in results.items():
        lines += [
            f"**{group}**",
            "",
            "| case | seconds | CPU s | times as fast | peak MB | found |",
            "|---|---|---|---|---|---|",
        ]
        first = next((row for row in rows if isinstance(row, Measure)), None)
        for row in rows:
            if isinstance(row, str):
                lines.append(f"| {row} | | | | | |")
                continue
            ratio = _rate(first, row, group) if first and row.cpu and len(rows) > 1 else ""
            lines.append(f"| {row.case} | {row.wall:.2f} | {row.cpu:.2f} | {ratio} | {row.peak:.0f} | {row.count} |")
        lines.append("")
    return "\n".join(lines)


def _rate(first: Measure, row: Measure, group: str) -> str:
    return f"{first.wall / row.wall:.2f}" if group in BY_WALL else f"{first.cpu / row.cpu:.2f}"


def describe_machine() -> str:
    """Processor, cores, Python, commit."""
    import os

    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=OUT.parent)
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, commit {commit.stdout.strip() or 'none'}"
    )


def _run_group(name: str, repeat: int) -> list[Measure | str]:
    rows: list[Measure | str] = []
    for case in GROUPS[name]:
        print(f"{name}: {case}", file=sys.stderr)
        found = run_apart(case, 1 if name in ONCE or "pysbd" in case else repeat, 2 if case in TWO_CORES else 1)
        rows.append(found if isinstance(found, Measure) else f"{case}: {found}")
    return rows


def _find_case(case: str) -> Callable[[], Callable[[], object]]:
    return next(cases[case] for cases in GROUPS.values() if case in cases)


if __name__ == "__main__":
    main()
