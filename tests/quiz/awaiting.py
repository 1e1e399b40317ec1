"""Coroutines in tests: in a thread of their own, since a browser of other tests may keep a loop running in this one."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

Result = TypeVar("Result")


def awaited(coroutine: Coroutine[object, object, Result]) -> Result:
    """Give what `coroutine` gives."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, coroutine).result()


@contextmanager
def one_loop() -> Iterator[Callable[[Coroutine[object, object, Any]], Any]]:
    """Give a function that runs coroutines, all in one loop."""
    with ThreadPoolExecutor(1) as aside:
        runner = aside.submit(asyncio.Runner).result()
        try:
            yield lambda coroutine: aside.submit(runner.run, coroutine).result()
        finally:
            aside.submit(runner.close).result()
