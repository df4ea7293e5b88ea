"""One entry for chunks of documents, wherever they are worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from pipeline.engine.cluster import ClusterSettings, map_chunks_on_cluster
from pipeline.engine.jobs import EngineSettings, Job, Prepared
from pipeline.engine.local import map_chunks_locally

T = TypeVar("T")


def map_chunks(
    chunks: Iterable[Sequence[Job]],
    finish: Callable[[list[Prepared]], T],
    settings: EngineSettings,
    *,
    cluster: ClusterSettings | None = None,
) -> Iterator[T]:
    """``finish`` of the prepared documents of each chunk, in the order of the chunks.

    ``finish`` must be a function of a module: it runs on the worker. On a cluster the jobs carry
    their bytes; only a few chunks are in flight.
    """
    if cluster is None:
        yield from map_chunks_locally(chunks, finish, settings)
    else:
        yield from map_chunks_on_cluster(chunks, finish, settings, cluster)
