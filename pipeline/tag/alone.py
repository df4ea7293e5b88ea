"""How a batch is tagged: alone in its process, and without search for reference cycles.

What is remembered of words and rankings grows with every batch, and two threads would give one number to two words.
Threads gain nothing here anyway: the work is Python's, which runs one thread at a time. Use processes for more cores.

Tagging makes very many small objects and no reference cycles; the search for cycles would walk them over and over.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.RLock()


@contextmanager
def work_alone() -> Iterator[None]:
    """Other threads wait; no search for cycles within, but what is no longer used is freed all the same."""
    with _LOCK:
        running = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if running:
                gc.enable()
