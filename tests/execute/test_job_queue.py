"""How many jobs run at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from site_builder.execute.jobs.job_queue import Executor, ended_jobs
from site_builder.model.run import Job, JobResult, Limits

GIGABYTE = 2**30


def job(memory: int) -> Job:
    return Job((), frozenset(), Path(), limits=Limits(memory=memory * GIGABYTE))


@pytest.mark.parametrize(
    ("memories", "places", "memory", "most"),
    [
        ([1] * 6, 4, 99, 4),
        ([1] * 6, 1, 99, 1),
        ([4] * 6, 4, 9, 2),
        ([50] * 3, 4, 9, 1),
        ([8, 1, 1, 1], 4, 9, 3),
    ],
)
def test_as_many_run_as_there_are_places_and_memory_for(
    memories: list[int], places: int, memory: int, most: int
) -> None:
    lock, running, highest, promised = threading.Lock(), [], [], []
    reached = threading.Event()
    with ThreadPoolExecutor(len(memories)) as threads:

        def work(each: Job) -> JobResult:
            with lock:
                running.append(each)
                highest.append(len(running))
                promised.append(sum(one.limits.memory for one in running))
                if len(running) == most:
                    reached.set()
            if each.limits.memory == min(memories) * GIGABYTE:  # the larger make room for them
                reached.wait(10)
            time.sleep(0.05)  # for one more to begin, if one more could
            with lock:
                running.remove(each)
            return JobResult({}, {}, {})

        jobs = [job(each) for each in memories]
        executor = Executor(lambda each: threads.submit(work, each), places, memory * GIGABYTE)
        ended = [number for number, _ in ended_jobs(jobs, executor)]
    assert sorted(ended) == list(range(len(jobs)))
    assert max(highest) == most
    assert max(promised) <= max(memory * GIGABYTE, max(memories) * GIGABYTE)


def test_a_fault_of_a_job_is_in_its_future() -> None:
    failed: Future[JobResult] = Future()
    failed.set_exception(ValueError("x"))
    ((number, future),) = ended_jobs([job(1)], Executor(lambda _: failed, 1))
    assert (number, str(future.exception())) == (0, "x")
