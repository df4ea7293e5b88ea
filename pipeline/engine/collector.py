"""The garbage collector, told that much is made here and little of it is garbage."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000
"""Objects made before the collector looks again: 700 by default, so that it spends a tenth of a run on looking."""


def relax_collector() -> None:
    """Look seldom for cycles, and never again among what stands now (codebook, model, modules)."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)
