"""What Python and NumPy do behind our back, set for many small objects and small matrices."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000
"""Objects made before the collector looks again: 700 by default, so that it spends a tenth of a run on looking."""


def relax_collector() -> None:
    """Look seldom for cycles, and never again among what stands now (codebook, model, modules)."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)


def hold_one_core() -> None:
    """Linear algebra in this process on one core: our matrices are small, and threads that wait for them cost a tenth.

    A run on several cores has a process for each. Numbers do not depend on how many threads shared a sum either.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
