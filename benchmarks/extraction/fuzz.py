"""Damaged, odd and hostile files by the thousand: each must end with a text or with one known reason.

Usage: python benchmarks/extraction/fuzz.py [--count N] [--seed N] [--keep FOLDER]
Seeds are the files of ../shared/badinput, where they are there, and small ones of our own making (make_odd_files);
each is cut, flipped, spliced, renamed or recoded. Prints how they ended, the slowest, and the memory of the
parent; exits 1 when one of them raised anything else, hung past its limit, or left the reader unable to go on.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from oddfiles import make_odd_files

from pipeline.errors import REASONS, SourceError
from pipeline.extract.worker import ExtractionWorker, WorkerLimits

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT.parent / "shared" / "badinput"
_SUFFIXES = (".pdf", ".docx", ".html", ".txt", ".md", ".doc", "")
_LIMITS = WorkerLimits(seconds=20, memory_mb=1024)
_SLOWEST = 60.0


def read_seeds() -> list[tuple[str, bytes]]:
    """(name, bytes) of all files that mutations start from."""
    seeds = list(make_odd_files())
    if BAD.is_dir():
        seeds += [(path.name, path.read_bytes()) for path in sorted(BAD.iterdir()) if path.suffix != ".csv"]
    return seeds


def mutate(name: str, data: bytes, draw: random.Random) -> tuple[str, bytes]:
    """One damage to the bytes, and now and then another name."""
    changed = bytearray(data)
    act = draw.choice(("cut", "behead", "flip", "flip", "delete", "repeat", "zero", "digits", "splice", "name"))
    size = len(changed)
    at, span = draw.randrange(size + 1), draw.randint(1, max(1, size // 8))
    if act == "cut":
        del changed[at:]
    elif act == "behead":
        del changed[: at // 4]
    elif act == "flip":
        for _ in range(draw.choice((1, 8, 64, 512))):
            if changed:
                changed[draw.randrange(len(changed))] = draw.randrange(256)
    elif act == "delete":
        del changed[at : at + span]
    elif act == "repeat":
        changed[at:at] = changed[at : at + span] * draw.randint(1, 6)
    elif act == "zero":
        changed[at : at + span] = bytes(min(span, size - at))
    elif act == "digits":
        places = [place for place, byte in enumerate(changed[:200_000]) if 48 <= byte <= 57]
        for place in draw.sample(places, min(len(places), 20)):
            changed[place] = 48 + draw.randrange(10)
    elif act == "splice":
        changed[at:at] = draw.randbytes(draw.choice((1, 100, 5000)))
    else:
        name = Path(name).stem + draw.choice(_SUFFIXES)
    return name, bytes(changed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write files that failed or were slow to this folder")
    options = parser.parse_args()
    draw, seeds = random.Random(options.seed), read_seeds()
    files = [*seeds, *(mutate(*draw.choice(seeds), draw) for _ in range(options.count))]
    ends: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    faults = 0
    with ExtractionWorker(_LIMITS) as worker:
        for number, (name, data) in enumerate(files):
            begun = time.perf_counter()
            end = _read(worker, name, data)
            took = time.perf_counter() - begun
            ends[end] += 1
            slow.append((took, f"{number} {name} {end}"))
            bad = end.split()[0] not in (*REASONS, "text") or took > _SLOWEST
            faults += bad
            if options.keep and (bad or took > 5):
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{number}-{Path(name).name}").write_bytes(data)
    for end, count in ends.most_common():
        print(f"{count:6} {end}")
    print("slowest:", *(f"{took:.1f} s {what}" for took, what in sorted(slow, reverse=True)[:5]), sep="\n  ")
    print(f"parent {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at the most, {faults} faults")
    return 1 if faults else 0


def _read(worker: ExtractionWorker, name: str, data: bytes) -> str:
    try:
        extraction = worker.extract(data, name=name)
    except SourceError as error:
        return error.reason
    except Exception as error:
        return f"raised {type(error).__name__}"
    return " ".join(("text", *extraction.warnings)) if extraction.text.strip() else "blank"


if __name__ == "__main__":
    sys.exit(main())
