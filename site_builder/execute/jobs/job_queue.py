"""Jobs that run at once: as many as there are places and memory for, each told when it ends."""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from site_builder.model.run import Job, JobResult

    Tell = Callable[[str, int, int, str], None]

_SPARED = 0.9
"""The share of the free memory that jobs may be promised."""


@dataclass(frozen=True)
class Executor:
    """Where jobs run: `start` begins one, at most `places` at once, and these may be promised `memory` bytes together."""

    start: Callable[[Job], Future[JobResult]]
    places: int
    memory: float = float("inf")


@contextmanager
def local_executor(places: int, tell: Tell) -> Iterator[Executor]:
    """Give what runs jobs on this machine, a thread each; at the end of the block what still runs is stopped and gone."""
    from site_builder.execute.stage import execute  # noqa: PLC0415 - loads Jupyter

    stop = threading.Event()
    threads = ThreadPoolExecutor(places, "job")
    try:
        yield Executor(lambda job: threads.submit(execute, job, tell, stop), places, _SPARED * free_memory())
    finally:
        stop.set()
        threads.shutdown(wait=True, cancel_futures=True)


def free_memory() -> float:
    """Give the bytes of memory that programs may still take."""
    import psutil  # noqa: PLC0415 - a plan needs none of it

    return float(psutil.virtual_memory().available)


def ended_jobs(jobs: Sequence[Job], executor: Executor) -> Iterator[tuple[int, Future[JobResult]]]:
    """Run `jobs`, the first first, and give the index of each when it has ended; one runs even if it is promised more than there is."""
    waiting = list(range(len(jobs)))
    running: dict[Future[JobResult], int] = {}
    while waiting or running:
        for number in tuple(waiting):
            promised = sum(jobs[each].limits.memory for each in (*running.values(), number))
            if len(running) < executor.places and (not running or promised <= executor.memory):
                waiting.remove(number)
                running[executor.start(jobs[number])] = number
        ended, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in ended:
            yield running.pop(future), future
