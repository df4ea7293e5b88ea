"""A second process gives back what the function returns or raises."""

from __future__ import annotations

import os

import pytest

from pipeline.errors import UsageError
from pipeline.machine import count_cores
from pipeline.steps.aside import start_aside


def test_result_comes_back() -> None:
    """The value is that of the function, computed elsewhere where there is a second core."""
    wait = start_aside(lambda a, b: (a + b, os.getpid()), 2, 3)
    total, process = wait()
    assert total == 5
    assert (process == os.getpid()) == (count_cores() < 2)


def test_error_is_raised_where_the_result_is_asked_for() -> None:
    """The error keeps its kind and its words."""

    def fail() -> None:
        raise UsageError("no round 9")

    wait = start_aside(fail)
    with pytest.raises(UsageError, match="no round 9"):
        wait()


def test_killed_process_is_made_good() -> None:
    """Where the second process dies without a word, the work is done here."""
    here = os.getpid()

    def die_elsewhere() -> str:
        if os.getpid() != here:
            os._exit(9)
        return "done"

    assert start_aside(die_elsewhere)() == "done"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system cannot hold a process to some cores")
def test_held_to_one_core_it_waits_for_nobody() -> None:
    """A process that may use one core of several starts no second process."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert count_cores() == 1
        assert start_aside(os.getpid)() == os.getpid()
    finally:
        os.sched_setaffinity(0, before)
