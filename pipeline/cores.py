"""How many processes may work at once."""

from __future__ import annotations

import os


def count_cores() -> int:
    """Cores this process may use, at least 1: a job scheduler, a container or ``taskset`` may hold it to fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
