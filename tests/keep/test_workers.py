"""Workers give what the work gives, each its own share."""

from __future__ import annotations

import os

import pytest

from site_builder.keep.workers import Workers, shares


def _double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def _fail() -> None:
    raise ZeroDivisionError


def test_shares_are_even_and_complete() -> None:
    found = shares([9, 1, 5, 5, 4], 2)
    assert sorted(index for each in found for index in each) == [0, 1, 2, 3, 4]
    assert sorted(sum([9, 1, 5, 5, 4][index] for index in each) for each in found) == [11, 13]


def test_one_job_stays_in_this_process() -> None:
    with Workers(1) as workers:
        assert workers.start(_double, [(4,)])[0].result() == (8, os.getpid())


def test_a_worker_keeps_its_process_between_calls() -> None:
    with Workers(2) as workers:
        first = [each.result() for each in workers.start(_double, [(1,), (2,)])]
        second = [each.result() for each in workers.start(_double, [(3,), (4,)])]
    assert [value for value, _ in (*first, *second)] == [2, 4, 6, 8]
    assert [process for _, process in first] == [process for _, process in second]
    assert os.getpid() not in {process for _, process in first}


def test_a_worker_that_fails_says_so() -> None:
    with Workers(2) as workers, pytest.raises(ZeroDivisionError):
        workers.start(_fail, [(), ()])[0].result()
