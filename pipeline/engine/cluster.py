"""Chunks of documents over an existing Dask cluster.

Tasks are pure and carry their input, so the scheduler can run again whatever a lost worker had.
A chunk that takes down workers is halved until the document at fault stands alone; that one
comes back as an error, the others as they are.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

from pipeline.engine.jobs import EngineSettings, Job, Prepared
from pipeline.engine.worker import Worker, prepare_batch, strip_job
from pipeline.errors import PipelineError, SourceError, UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """``scheduler``: address such as tcp://host:8786. ``in_flight``: chunks at once, 0 for two a thread.

    ``patience``: seconds to wait for the scheduler and for the first worker.
    """

    scheduler: str
    in_flight: int = 0
    patience: float = 30.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """The settings with the files they name, for workers that do not share our disk."""

    settings: EngineSettings
    codebook: bytes
    model: tuple[tuple[str, bytes], ...]
    model_name: str
    key: str


def map_chunks_on_cluster(
    chunks: Iterable[Sequence[Job]],
    finish: Callable[[list[Prepared]], T],
    settings: EngineSettings,
    cluster: ClusterSettings,
) -> Iterator[T]:
    """``finish`` of each chunk's results in order. Raises UsageError where no scheduler or worker answers."""
    packed = pack_settings(settings)
    with _connect(cluster) as client:
        parcel = client.submit(_hand_over, packed, pure=False)  # A task: it travels once a worker, and is made again.
        limit = cluster.in_flight or 2 * max(sum(client.nthreads().values()), 1)
        stream = iter(chunks)
        flying: deque[tuple[Sequence[Job], Any]] = deque()
        while True:
            for chunk in islice(stream, limit - len(flying)):
                flying.append((chunk, client.submit(run_chunk, parcel, list(chunk), finish, pure=False)))
            if not flying:
                return
            chunk, future = flying.popleft()
            yield _collect(client, parcel, chunk, finish, future)


def run_chunk(parcel: Parcel, jobs: Sequence[Job], finish: Callable[[list[Prepared]], T]) -> T:
    """The task: runs on the worker, one at a time in its process."""
    with _worker_lock:
        return finish(prepare_batch(_get_worker(parcel), jobs))


def pack_settings(settings: EngineSettings) -> Parcel:
    """Read the codebook and the model, so that they travel with the tasks."""
    codebook = Path(settings.codebook_path).read_bytes()
    folder = Path(settings.model_dir) if settings.model_dir else None
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    model = tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files if folder)
    digest = hashlib.sha256(codebook)
    for name, data in model:
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return Parcel(settings, codebook, model, folder.name if folder else "", digest.hexdigest()[:16])


def _connect(cluster: ClusterSettings) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--engine dask: not installed; run: pip install 'parley[dask]'") from error
    try:
        client: Any = cast(Any, Client)(cluster.scheduler, timeout=cluster.patience, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {cluster.scheduler}: no scheduler answers there; check the address") from error
    try:
        client.wait_for_workers(1, timeout=cluster.patience)
    except TimeoutError as error:
        client.close()
        raise UsageError(f"--scheduler {cluster.scheduler}: it has no workers; start some with dask worker") from error
    return client


def _collect(client: Any, parcel: Any, chunk: Sequence[Job], finish: Callable[[list[Prepared]], T], future: Any) -> T:
    """The result of a chunk; where it takes down its workers, of the same documents one by one."""
    from distributed import KilledWorker

    try:
        return future.result()  # type: ignore[no-any-return]
    except KilledWorker:
        return finish(_isolate(client, parcel, list(chunk)))
    except PipelineError:
        raise
    except Exception as error:
        names = ", ".join(job.name for job in chunk[:3])
        raise PipelineError(f"{names}: the cluster failed ({type(error).__name__}: {error}); run again") from error
    finally:
        future.release()


def _isolate(client: Any, parcel: Any, jobs: list[Job]) -> list[Prepared]:
    """Halve the jobs until the one that kills its worker stands alone."""
    from distributed import KilledWorker

    if len(jobs) == 1:
        error = SourceError("crashed", jobs[0].source, "it took down the worker that read it")
        return [Prepared(strip_job(jobs[0]), error=error)]
    result: list[Prepared] = []
    for half in (jobs[: len(jobs) // 2], jobs[len(jobs) // 2 :]):
        future = client.submit(run_chunk, parcel, half, keep_prepared, pure=False)
        try:
            result += future.result()
        except KilledWorker:
            result += _isolate(client, parcel, half)
        finally:
            future.release()
    return result


def keep_prepared(prepared: list[Prepared]) -> list[Prepared]:
    """The results as they are."""
    return prepared


def _hand_over(parcel: Parcel) -> Parcel:
    return parcel


def _get_worker(parcel: Parcel) -> Worker:
    """The worker of this process for these settings; its files are unpacked once."""
    import atexit

    place = f"{parcel.key}:{parcel.settings}"
    if place not in _workers:
        for old in _workers.values():
            old.close()
        _workers.clear()
        folder = Path(tempfile.mkdtemp(prefix="parley-"))
        atexit.register(_remove, folder)
        (folder / "codebook.yaml").write_bytes(parcel.codebook)
        for name, data in parcel.model:
            (folder / parcel.model_name / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / parcel.model_name / name).write_bytes(data)
        settings = replace(
            parcel.settings,
            codebook_path=str(folder / "codebook.yaml"),
            model_dir=str(folder / parcel.model_name) if parcel.model else "",
        )
        _workers[place] = Worker(settings)
        atexit.register(_workers[place].close)
    return _workers[place]


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


_workers: dict[str, Worker] = {}
_worker_lock = threading.Lock()
