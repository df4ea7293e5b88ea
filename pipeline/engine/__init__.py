"""Map documents over this process, a pool of processes or a Dask cluster: bytes in, coded documents out.

A job carries everything a worker needs; a worker holds its codebook, tagger and reading
child for as long as it lives. Results come back in the order of the jobs, so that one
worker or many give the same bytes.
"""

from __future__ import annotations

from pipeline.engine.batches import iter_batches
from pipeline.engine.cluster import ClusterSettings
from pipeline.engine.jobs import EngineSettings, Job, Prepared
from pipeline.engine.local import prepare_documents
from pipeline.engine.mapping import map_chunks
from pipeline.engine.worker import to_prepared

__all__ = [
    "ClusterSettings",
    "EngineSettings",
    "Job",
    "Prepared",
    "iter_batches",
    "map_chunks",
    "prepare_documents",
    "to_prepared",
]
