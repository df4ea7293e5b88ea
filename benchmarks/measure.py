"""Time and peak memory of one case, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.machine import relax_collector

Prepare = Callable[[], Callable[[], object]]
"""Loads the input and returns what is to be timed; that returns what it found, as a count."""


_FILES = "parley-bench-files-"


@dataclass(frozen=True)
class Measure:
    """``wall`` and ``cpu``: medians in seconds, children counted; ``peak``: MB, of the largest process and its children."""

    case: str
    wall: float
    cpu: float
    peak: float
    count: int
    runs: int


def run_case(name: str, prepare: Prepare, repeat: int) -> Measure:
    """Here and now."""
    run = prepare()
    relax_collector()  # as on every run of parley, for the peers as well
    walls, cpus, count = [], [], 0
    for _ in range(repeat):
        begun, busy = time.perf_counter(), _cpu()
        found = run()
        walls.append(time.perf_counter() - begun)
        cpus.append(_cpu() - busy)
        count = found if isinstance(found, int) else 0
    return Measure(name, statistics.median(walls), statistics.median(cpus), _peak(), count, repeat)


def run_apart(case: str, repeat: int, cores: int) -> Measure | str:
    """The case in a fresh process on so many cores; the reason as text where it cannot run."""
    command = [sys.executable, "-m", "benchmarks.run", "--case", case, "--repeat", str(repeat), "--cores", str(cores)]
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="0")
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=root)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return Measure(**json.loads(done.stdout.strip().splitlines()[-1]))


@contextmanager
def keep_files() -> Iterator[None]:
    """Temporary files of all cases in one folder, removed when all have run.

    Where thousands of files were removed just before, ext4 takes three times as long to make new ones.
    """
    if Path(tempfile.gettempdir()).name.startswith(_FILES):
        yield  # A case: whoever started it removes them.
        return
    with tempfile.TemporaryDirectory(prefix=_FILES) as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            yield
        finally:
            del os.environ["TMPDIR"]
            tempfile.tempdir = None


def pin(cores: int) -> None:
    """Keep this process and its children on the first cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def _cpu() -> float:
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime


def _peak() -> float:
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    both = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return both / unit
