"""Run a function in a second process while this one goes on: half the analyses of a report on each of two cores."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from pipeline.machine import count_cores

Result = TypeVar("Result")


def start_aside(function: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:
    """Start ``function`` in a fork; the callable that is returned waits for its result.

    A fork inherits the arguments, so only the result is sent. Where there is no fork, one core, or this
    process is itself a worker, the function runs when its result is asked for. What it raises is raised there.
    """
    if (
        count_cores() < 2
        or "fork" not in multiprocessing.get_all_start_methods()
        or multiprocessing.current_process().daemon
    ):
        return partial(function, *arguments)
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, function, arguments), daemon=True)
    process.start()
    sender.close()

    def wait() -> Result:
        try:
            done, value = receiver.recv()
        except EOFError:
            done, value = True, function(*arguments)  # the fork was killed, by the system when memory is short
        process.join()
        if not done:
            raise value
        result: Result = value
        return result

    return wait


def _run(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        sender.send((True, function(*arguments)))
    except Exception as error:
        sender.send((False, error))
    finally:
        sender.close()
