"""Servers that are killed while a hundred learners submit: what was acknowledged is there, once."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from awaiting import awaited
from real_server import PLAIN, RealServer
from submitters import Storm, rows_of, storm, twice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

KILLS = 20
WANTED = 10_000
HERE = Path(__file__).parent


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    (tmp_path / "data").mkdir()
    found = RealServer(tmp_path, str(tmp_path / "data" / "quiz.sqlite")).start()
    yield found
    found.kill()


def killing(
    servers: Sequence[RealServer], kills: int, between: Callable[[], None] = lambda: None
) -> Callable[[Storm], object]:
    """Give a function that kills servers in turn while a storm goes on, and starts them again."""

    async def kill(found: Storm) -> None:
        for number in range(1, kills + 1):
            await found.reach(number * found.wanted // (kills + 1))
            await asyncio.sleep(random.random() * 0.1)  # noqa: S311 - at any moment
            victim = servers[number % len(servers)]
            victim.kill()
            between()
            victim.launch()

    return kill


@pytest.mark.slow
def test_nothing_is_lost_or_kept_twice_when_the_server_is_killed(server: RealServer) -> None:
    found = awaited(storm([server.port], WANTED, killing([server], KILLS)))
    server.end()
    rows = rows_of(Path(server.database))
    assert found.resent > KILLS, "the kills were noticed"
    assert len(found.acknowledged) >= WANTED
    assert found.lost(rows) == set()
    assert twice(rows) == 0
    assert len(rows) == len(found.acknowledged), "nor is there anything that nobody sent"
    attempts = {
        learner: sorted(row[1] for row in rows if row[0] == learner) for learner in {row[0] for row in rows}
    }
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in attempts.values())


@pytest.mark.slow
def test_the_control_without_keys_keeps_some_twice(server: RealServer) -> None:
    found = awaited(storm([server.port], 1500, killing([server], 5), keys=False))
    server.end()
    rows = rows_of(Path(server.database))
    assert found.lost(rows) == set()
    assert twice(rows) > 0


# ---- a power cut -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What keeps, in a server, that which is surely on disk."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a C compiler: apt-get install gcc libc6-dev")
        pytest.skip("a power cut is simulated with a C compiler (apt-get install gcc libc6-dev)")
    made = tmp_path_factory.mktemp("shim") / "power_cut.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", made, HERE / "power_cut.c", "-ldl"], check=True
    )
    return made


def powered(folder: Path, shim: Path) -> tuple[RealServer, Callable[[], None]]:
    """Give a server, and a function that leaves of its files what was surely on disk."""
    files, disk = folder / "data", folder / "disk"
    files.mkdir()
    disk.mkdir()
    server = RealServer(folder, str(files / "quiz.sqlite"))
    server.environment = {"LD_PRELOAD": str(shim), "QUIZ_FILES": str(files), "QUIZ_DISK": str(disk)}

    def cut() -> None:
        for path in files.iterdir():
            kept = disk / path.name
            if kept.exists():
                shutil.copyfile(kept, path)
            else:
                path.unlink()

    return server, cut


def after_cuts(folder: Path, shim: Path, wanted: int, cuts: int, synchronous: str) -> set[object]:
    """Give what is lost of a storm during which the power fails a few times, and at its end."""
    server, cut = powered(folder, shim)
    server.start().end()  # the tables are on disk before
    server.program, server.more = PLAIN, ("--synchronous", synchronous)
    server.start()
    try:
        found = awaited(asyncio.wait_for(storm([server.port], wanted, killing([server], cuts, cut)), 300))
        server.kill()
        cut()
        assert len(found.acknowledged) >= wanted
        return set(found.lost(rows_of(Path(server.database))))
    finally:
        server.kill()


@pytest.mark.slow
def test_nothing_is_lost_when_the_power_fails(tmp_path: Path, shim: Path) -> None:
    assert after_cuts(tmp_path, shim, 1000, 3, "FULL") == set()


@pytest.mark.slow
def test_the_control_that_does_not_wait_for_the_disk_loses(tmp_path: Path, shim: Path) -> None:
    """The power fails once, at the end: before that, learners would find themselves unknown."""
    assert after_cuts(tmp_path, shim, 200, 0, "OFF") != set()
