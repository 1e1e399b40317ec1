"""The one writer of a SQLite database: takes all that waits, commits once, and only then answers each."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from site_builder.quiz.storing.database import POOL, fault_of, told_faults
from site_builder.quiz.storing.store import StoreGone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    Work = Callable[[Connection, Sequence[Any]], Sequence[Any]]
    """Does the same for each of several arguments, within one transaction, and gives a result for each."""

MOST = 256
"""Jobs in one commit."""
WAITING = 10_000
"""Jobs that may wait; who comes then is told that the database does not answer."""


class Writer(Protocol):
    """Does work in transactions."""

    def do(self, work: Work, argument: object) -> Future[Any]:
        """Promise the result of `work` on `argument`; it is fulfilled when the transaction is on disk."""
        ...

    def close(self) -> None:
        """Do what was promised, then end."""
        ...


@dataclass(frozen=True, eq=False)
class Job:
    """Work that waits for its transaction."""

    work: Work
    argument: object
    done: Future[Any] = field(default_factory=Future)


class GroupWriter:
    """Writes in one thread over one connection; what comes while a commit runs shares the next.

    Args:
        engine: whose connections this thread alone uses.
        most: jobs in one commit; 1 commits one by one, for comparison.
        afterwards: what is done after a commit that has such work in it.
    """

    def __init__(
        self,
        engine: Engine,
        most: int = MOST,
        afterwards: Mapping[Work, Callable[[Engine], None]] | None = None,
    ) -> None:
        self._engine = engine
        self._most = most
        self._afterwards = afterwards or {}
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._open = True
        self._door = threading.Lock()  # so that nothing comes in behind what ends the thread
        self._thread = threading.Thread(target=self._run, name="quiz-writer", daemon=True)
        self._thread.start()

    def do(self, work: Work, argument: object) -> Future[Any]:
        """Promise the result of `work` on `argument`."""
        job = Job(work, argument)
        with self._door:
            if self._open and self._jobs.qsize() < WAITING:
                self._jobs.put(job)
                return job.done
        job.done.set_exception(StoreGone("too much waits to be written"))
        return job.done

    def close(self) -> None:
        """Write what waits, then end."""
        with self._door:
            self._open = False
            self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        more = True
        while more:
            jobs = self._waiting()
            more = None not in jobs
            group = [job for job in jobs if job and job.done.set_running_or_notify_cancel()]
            if group:
                self._write(group)

    def _waiting(self) -> list[Job | None]:
        """Wait for a job, and give it with all that wait behind it."""
        jobs = [self._jobs.get()]
        while jobs[-1] is not None and len(jobs) < self._most:
            try:
                jobs.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return jobs

    def _write(self, group: Sequence[Job]) -> None:
        """Commit a group. If that fails for the fault of one, each gets its own transaction."""
        try:
            results = _committed(self._engine, group)
            for work in {job.work for job in group} & set(self._afterwards):
                self._afterwards[work](self._engine)
        except Exception as error:  # noqa: BLE001 - handed to who waits
            # A connection after a failed commit is not to be trusted: the next transaction gets a new one.
            self._engine.dispose()
            fault = fault_of(error)
            if fault is None and len(group) > 1:
                for job in group:
                    self._write([job])
                return
            for job in group:
                job.done.set_exception(fault or error)
        else:
            for job, result in zip(group, results, strict=True):
                job.done.set_result(result)


class PoolWriter:
    """Gives each job its own transaction, several at once: for databases that group commits themselves."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(POOL, thread_name_prefix="quiz-writer")

    def do(self, work: Work, argument: object) -> Future[Any]:
        """Promise the result of `work` on `argument`."""
        return self._threads.submit(self._write, Job(work, argument))

    def close(self) -> None:
        """Write what waits, then end."""
        self._threads.shutdown(wait=True)

    def _write(self, job: Job) -> Any:  # noqa: ANN401 - what the work gives
        with told_faults():
            return _committed(self._engine, [job])[0]


def _committed(engine: Engine, group: Sequence[Job]) -> list[Any]:
    """Do a group's work in the order in which it came; neighbours of one kind are done together."""
    results: list[Any] = []
    with engine.begin() as connection:
        for work, jobs in groupby(group, key=lambda job: job.work):
            results.extend(work(connection, [job.argument for job in jobs]))
    return results
