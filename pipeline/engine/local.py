"""Documents over this process or a pool of processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from pipeline.engine.batches import iter_batches
from pipeline.engine.jobs import EngineSettings, Job, Prepared
from pipeline.engine.worker import Worker, prepare_batch
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


def prepare_documents(jobs: Iterable[Job], settings: EngineSettings) -> Iterator[Prepared]:
    """Extract, recognise, segment and tag each job; results in the order of the jobs, as they are ready."""
    for batch in map_chunks_locally(iter_batches(jobs, Job.measure), _keep, settings):
        yield from batch


def map_chunks_locally(
    chunks: Iterable[Sequence[Job]], finish: Callable[[list[Prepared]], T], settings: EngineSettings
) -> Iterator[T]:
    """``finish`` of each chunk's results, in order; ``finish`` runs where the documents were prepared.

    A single chunk is worked on here: starting a pool would take longer.
    """
    stream = iter(chunks)
    first = list(islice(stream, 2 if settings.processes > 1 else 0))
    if len(first) > 1:
        yield from _map_in_pool(chain(first, stream), finish, settings)
        return
    worker = Worker(settings)
    try:
        for chunk in chain(first, stream):
            yield finish(prepare_batch(worker, chunk))
    finally:
        worker.close()


def _keep(prepared: list[Prepared]) -> list[Prepared]:
    return prepared


_pool_worker: Worker | None = None


def _start_pool_worker(settings: EngineSettings) -> None:
    global _pool_worker
    from multiprocessing.util import Finalize

    _pool_worker = Worker(settings)
    Finalize(None, _pool_worker.close, exitpriority=1)  # atexit does not run in the processes of a pool


def _run_chunk(chunk: Sequence[Job], finish: Callable[[list[Prepared]], T]) -> T:
    assert _pool_worker is not None
    return finish(prepare_batch(_pool_worker, chunk))


def _map_in_pool(
    chunks: Iterable[Sequence[Job]], finish: Callable[[list[Prepared]], T], settings: EngineSettings
) -> Iterator[T]:
    """A few chunks in flight, so that memory does not grow with their number."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    stream = iter(chunks)
    with ProcessPoolExecutor(settings.processes, initializer=_start_pool_worker, initargs=(settings,)) as pool:
        flying: deque[tuple[Sequence[Job], Future[T]]] = deque()
        while True:
            for chunk in islice(stream, 3 * settings.processes - len(flying)):
                flying.append((chunk, pool.submit(_run_chunk, chunk, finish)))
            if not flying:
                return
            chunk, future = flying.popleft()
            try:
                yield future.result()
            except BrokenProcessPool as error:
                names = ", ".join(job.name for job in chunk[:3])
                raise PipelineError(
                    f"{names}: a worker process died; run again, the finished documents are kept"
                ) from error
