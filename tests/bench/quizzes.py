"""How many submissions a server takes and how long each waits, beside commits one by one and what the disk can do."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.model.quiz import Mark
from site_builder.quiz.storing.sql_store import open_store
from site_builder.quiz.storing.store import STORED, Entry, Learner
from site_builder.quiz.storing.writer import MOST
from tests.bench.measure import clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_CLIENTS = 50
_SUBMISSIONS = 2000
_SECONDS = 3
_HERE = Path(__file__).parents[1] / "quiz"


def run(_corpora: Path, place: Path) -> None:
    """Print rates and times, each twice in turn, so that a busy machine shows."""
    print(f"writes of 4 KB that wait for the disk: {_synced_writes(place / 'synced'):6.0f} a second")
    for _ in range(2):
        for name, most in (("in groups", MOST), ("one by one", 1)):
            database = place / f"{name}.sqlite"
            print(f"store, {name:<11} {asyncio.run(_store(str(database), most, _SECONDS))}")
            database.unlink()
    for _ in range(2):
        for name, most in (("in groups", MOST), ("one by one", 1)):
            print(f"server, {name:<10} {_server(place, most)}")


def _synced_writes(path: Path) -> float:
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    start, count = clock(), 0
    while clock() - start < _SECONDS:
        os.write(file, bytes(4096))
        os.fdatasync(file)
        count += 1
    os.close(file)
    return count / (clock() - start)


def _shown(times: list[float], seconds: float) -> str:
    cut = statistics.quantiles(times, n=100)
    return f"{len(times) / seconds:7.0f} submissions a second, median {cut[49] * 1000:6.1f} ms, 99th percentile {cut[98] * 1000:6.1f} ms"


async def _store(database: str, most: int, seconds: float) -> str:
    """Let learners submit to a store, each as soon as their last is acknowledged."""
    store = open_store(database, most)
    times: list[float] = []
    start = clock()

    async def submit(number: int) -> None:
        await store.add_learner(Learner(str(number), "", datetime.now(UTC)))
        count = 0
        while clock() - start < seconds:
            count += 1
            begun = clock()
            assert (await store.submit(_entry(str(number), f"key {count}"))).what == STORED
            times.append(clock() - begun)

    await asyncio.gather(*map(submit, range(_CLIENTS)))
    took = clock() - start
    await store.close()
    return _shown(times, took)


def _entry(learner: str, key: str) -> Entry:
    answers = {f"chapter1/quiz#{number}": ["a1b2c3d4"] for number in range(7)}
    marks = tuple(Mark(item, "right", 1.0) for item in answers)
    return Entry(
        learner,
        key,
        "body",
        "chapter1/quiz",
        "en",
        "bank",
        answers,
        marks,
        1.0,
        True,
        datetime.now(UTC),
        False,
    )


def _server(place: Path, most: int) -> str:
    """Let learners submit to a server over HTTP; they run in this process, on another core."""
    sys.path.insert(0, str(_HERE))
    from real_server import PLAIN, RealServer  # noqa: PLC0415 - the tests' own
    from submitters import storm  # noqa: PLC0415

    storming: Callable[..., Awaitable[object]] = storm
    folder = place / f"server{most}{clock()}"
    folder.mkdir()
    server = RealServer(folder, str(folder / "quiz.sqlite"))
    server.program, server.more = PLAIN, ("--most", str(most))
    server.start()
    try:
        start = clock()
        found = asyncio.run(storming([server.port], _SUBMISSIONS, clients=_CLIENTS))
        return _shown(found.seconds, clock() - start)  # type: ignore[attr-defined]
    finally:
        server.kill()
