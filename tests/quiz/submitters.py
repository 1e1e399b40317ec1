"""Many learners who submit at once, and again until it is acknowledged; and the count of what was lost or kept twice."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from small_bank import QUIZ

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from pathlib import Path

    Row = tuple[str, int, str]
    """A learner, an attempt, and the answer that tells one submission from all others."""

_HEAD = b"%b %b HTTP/1.1\r\nHost: quiz\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%b\r\n%b"


class Line:
    """A connection to one of several servers, opened when it is needed."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ports = ports
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, body: object = None, headers: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Give status and JSON of an answer; OSError or EOFError where there is none."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", random.choice(self.ports))  # noqa: S311 - any will do
        reader, writer = self.streams
        try:
            sent = b"" if body is None else json.dumps(body).encode()
            writer.write(_HEAD % (method.encode(), path.encode(), len(sent), headers.encode(), sent))
            async with asyncio.timeout(20):
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head[head.index(b"content-length:") + 15 :].partition(b"\r")[0])
                return int(head[9:12]), json.loads(await reader.readexactly(length))
        except BaseException:
            self.hang_up()
            raise

    def hang_up(self) -> None:
        """Let go of the connection."""
        if self.streams:
            self.streams[1].close()
        self.streams = None


@dataclass
class Storm:
    """What a storm of submissions came to."""

    acknowledged: set[Row] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    resent: int = 0
    seconds: list[float] = field(default_factory=list)
    wanted: int = 0

    @property
    def over(self) -> bool:
        """Whether enough was acknowledged."""
        return len(self.acknowledged) >= self.wanted

    async def reach(self, number: int) -> None:
        """Wait until so many are acknowledged."""
        while len(self.acknowledged) < min(number, self.wanted):  # noqa: ASYNC110 - a number is waited for, not an event
            await asyncio.sleep(0.005)

    def lost(self, rows: Iterable[Row]) -> set[Row]:
        """Give what was acknowledged and is not among `rows`."""
        return self.acknowledged - set(rows)


def twice(rows: Iterable[Row]) -> int:
    """Give how many submissions were kept more than once."""
    return sum(number > 1 for number in Counter((learner, answer) for learner, _, answer in rows).values())


async def storm(
    ports: Sequence[int],
    wanted: int,
    meanwhile: Callable[[Storm], Awaitable[None]] | None = None,
    *,
    clients: int = 100,
    keys: bool = True,
) -> Storm:
    """Let learners submit until `wanted` submissions are acknowledged.

    Args:
        ports: of servers that share a database.
        wanted: how many.
        meanwhile: what happens at the same time, such as kills.
        clients: learners at once.
        keys: whether a submission that is sent again has the key that it had; the control has another.
    """
    found = Storm(wanted=wanted)
    tasks = [asyncio.create_task(_learner(ports, found, number, keys=keys)) for number in range(clients)]
    try:
        if meanwhile:
            await meanwhile(found)
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return found


async def _learner(ports: Sequence[int], found: Storm, number: int, *, keys: bool) -> None:
    line = Line(ports)
    me = await _again(line, found, "POST", "/api/learners", None, lambda: "")
    token = f"Authorization: Bearer {me['token']}\r\n"
    count = 0
    while not found.over:
        count += 1
        answer = f"answer {count} of {number}"
        body = {"language": "en", "answers": {f"{QUIZ}#who": answer, f"{QUIZ}#1": ["a1"]}}
        tries = iter(range(1_000_000))

        def headers(name: str = f"a-key-{number}-{count}", tries: Iterable[int] = tries) -> str:
            suffix = "" if keys else f"-{next(iter(tries))}"
            return f"{token}Idempotency-Key: {name}{suffix}\r\n"

        start = time.perf_counter()
        kept = await _again(line, found, "POST", f"/api/quizzes/{QUIZ}/submissions", body, headers)
        found.seconds.append(time.perf_counter() - start)
        found.acknowledged.add((str(me["learner"]), int(str(kept["attempt"])), answer))
    line.hang_up()


async def _again(
    line: Line, found: Storm, method: str, path: str, body: object, headers: Callable[[], str]
) -> dict[str, object]:
    """Ask until the answer is 201, as the page does."""
    while True:
        try:
            status, values = await line.ask(method, path, body, headers())
        except (OSError, EOFError, TimeoutError):
            found.resent += 1
            await asyncio.sleep(random.uniform(0.05, 0.3))  # noqa: S311 - any will do
            continue
        found.statuses[status] += 1
        if status == 201:
            return values
        assert status in (503, 507), (status, values)
        await asyncio.sleep(0.2)


def rows_of(database: Path) -> list[Row]:
    """Give what a SQLite database has, once nobody writes to it."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = connection.execute("SELECT learner, attempt, answers FROM submissions").fetchall()
    return [(learner, attempt, json.loads(answers)[f"{QUIZ}#who"]) for learner, attempt, answers in found]
