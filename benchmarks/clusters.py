"""The corpus to partitions: one process against Dask workers on this machine, and with one of them killed."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.inputs import ROOT, SCALE

Run = Callable[[], object]
KILL_AT = 0.3
"""Share of the documents after which a worker is killed."""


def one_process() -> Run:
    return lambda: _write(workers=0, kill=False)


def two_workers() -> Run:
    return lambda: _write(workers=2, kill=False)


def one_killed() -> Run:
    return lambda: _write(workers=2, kill=True)


@contextmanager
def start_cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler on loopback, and its worker processes of one thread each."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    folders = [tempfile.mkdtemp(prefix="parley-dask-") for _ in range(workers)]
    # Without a nanny the process that is killed is the worker itself.
    options = ("--nthreads", "1", "--no-nanny", "--memory-limit", "3GB", "--local-directory")
    hands = [_start("worker", address, *options, folder) for folder in folders]
    try:
        yield address, hands
    finally:
        for process in (*hands, scheduler):
            process.kill()
            process.wait()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def _start(role: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments, "--no-dashboard"]
    # a nanny would hold the threads of linear algebra to one; the sampling profiler takes turns from the work
    settings = {"OMP_NUM_THREADS": "1", "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
    environment = {**os.environ, **settings}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment)


def _write(*, workers: int, kill: bool) -> int:
    """A number that stands for the bytes written: the same number, the same bytes. Start of the cluster included."""
    from pipeline.engine import ClusterSettings
    from pipeline.steps.ingest import IngestOptions
    from pipeline.steps.partitions import write_partitions
    from pipeline.steps.tag import iter_jobs
    from pipeline.steps.workspace import Workspace

    sources = [str(SCALE if SCALE.exists() else ROOT / "corpus" / "digests")]
    place = tempfile.mkdtemp(prefix="parley-parts-")
    try:
        if not workers:
            write_partitions(Workspace(ROOT), iter_jobs(sources), place, IngestOptions())
            return _number_bytes(Path(place))
        with start_cluster(workers) as (address, hands):

            def watch(_: str, done: int, __: int) -> None:
                if kill and done > KILL_AT * 6448 and hands[0].poll() is None:
                    os.kill(hands[0].pid, 9)
                    hands[0].wait()

            settings = ClusterSettings(address)
            write_partitions(
                Workspace(ROOT), iter_jobs(sources), place, IngestOptions(), cluster=settings, progress=watch
            )
        return _number_bytes(Path(place))
    finally:
        shutil.rmtree(place)


def _number_bytes(folder: Path) -> int:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return int(digest.hexdigest()[:8], 16)
