"""Worker processes: the same group of pages goes to the same process, in every step."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from ctypes import CDLL
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

Result = TypeVar("Result")

_TELL_WHEN_PARENT_ENDS = 1
"""PR_SET_PDEATHSIG of Linux."""


def usable_cores() -> int:
    """Give how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shares(weights: Sequence[int], number: int) -> list[list[int]]:
    """Share the indices of `weights` among `number` workers so that each has about the same weight."""
    found: list[list[int]] = [[] for _ in range(number)]
    loads = [0] * number
    for index in sorted(range(len(weights)), key=lambda each: -weights[each]):
        lightest = loads.index(min(loads))
        found[lightest].append(index)
        loads[lightest] += weights[index]
    return found


def end_with_parent() -> None:
    """Have this process ended when the one that started it is, even by force; Linux alone can."""
    with suppress(AttributeError, OSError):
        CDLL(None).prctl(_TELL_WHEN_PARENT_ENDS, signal.SIGKILL)


class Workers:
    """Processes that keep what they have computed between calls.

    With one job everything runs in this process. Where the system can fork, workers start with all
    that this process has already loaded.
    """

    def __init__(self, jobs: int) -> None:
        """Prepare `jobs` workers; they start with the first call."""
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if "fork" in methods else None)
        self.jobs = jobs
        self._pools = (
            [ProcessPoolExecutor(1, context, end_with_parent) for _ in range(jobs)] if jobs > 1 else []
        )

    def start(
        self, work: Callable[..., Result], arguments: Sequence[tuple[Any, ...]]
    ) -> list[Future[Result]]:
        """Call `work` with `arguments[n]` in worker n; one job: at once, in this process."""
        if not self._pools:
            return [_done(work(*each)) for each in arguments]
        return [pool.submit(work, *each) for pool, each in zip(self._pools, arguments, strict=True)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools:
            pool.shutdown(wait=kind is None, cancel_futures=True)


def _done(value: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(value)
    return future
