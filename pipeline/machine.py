"""What this process may use of the machine, how often Python looks for objects that are gone, what is imported."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

_NEW_OBJECTS = 50_000
"""Objects made before the collector looks again: 700 by default, so that it spends a tenth of a run on looking."""
_UNASKED = frozenset({"ctypeslib", "f2py", "ma", "polynomial", "testing"})


def count_cores() -> int:
    """Cores this process may use, at least 1: a job scheduler, a container or ``taskset`` may hold it to fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def relax_collector() -> None:
    """Look seldom for cycles, and never again among what stands now (codebook, model, modules)."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)


def import_scipy() -> None:
    """Import scipy.sparse without NumPy's test tools, compilers and masked arrays, which take more than half of its time.

    scipy copies all that NumPy names; these are imported only where they are named, and scipy uses them nowhere.
    """
    import numpy

    if "scipy" in sys.modules:
        return
    library: Any = numpy
    named, list_names = library.__all__, library.__dir__
    try:
        library.__all__ = [name for name in named if name not in _UNASKED]
        library.__dir__ = lambda: [name for name in list_names() if name not in _UNASKED]
        import scipy.sparse  # noqa: F401
    finally:
        library.__all__, library.__dir__ = named, list_names
