"""What this process may use of the machine, and how often Python looks for objects that are gone."""

from __future__ import annotations

import gc
import os

_NEW_OBJECTS = 50_000
"""Objects made before the collector looks again: 700 by default, so that it spends a tenth of a run on looking."""


def count_cores() -> int:
    """Cores this process may use, at least 1: a job scheduler, a container or ``taskset`` may hold it to fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def relax_collector() -> None:
    """Look seldom for cycles, and never again among what stands now (codebook, model, modules)."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)
