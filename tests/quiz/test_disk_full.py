"""A disk without room: refused with a clear message, nothing acknowledged lost, and on again when there is room."""

from __future__ import annotations

import os
import resource
import subprocess
from typing import TYPE_CHECKING

import httpx
import pytest
from quiz_client import Person, learner
from real_server import RealServer
from small_bank import QUIZ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
LONG = {f"{QUIZ}#who": "x" * 1500}


def by_limit(folder: Path) -> tuple[Path, Callable[[RealServer], None], Callable[[RealServer], None]]:
    """Files may not grow any more, then they may again."""

    def limited(most: int) -> Callable[[RealServer], None]:
        return lambda server: (
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
            and None
        )  # type: ignore[union-attr]

    return folder, limited(500_000), limited(resource.RLIM_INFINITY)


def by_disk(folder: Path) -> tuple[Path, Callable[[RealServer], None], Callable[[RealServer], None]]:
    """A small disk is filled, then there is room again."""
    disk = folder / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("only root may mount a small disk")

    def fill(_server: RealServer) -> None:
        with (disk / "filler").open("wb") as filler:
            filler.write(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 200_000))

    return disk, fill, lambda _server: (disk / "filler").unlink()


@pytest.fixture(params=[by_limit, by_disk])
def full(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Path, Callable[..., None], Callable[..., None]]]:
    found = request.param(tmp_path)
    yield found
    if found[0] != tmp_path:
        subprocess.run(["umount", found[0]], check=False)


def submit_until_refused(ada: Person) -> tuple[int, httpx.Response]:
    for number in range(2000):
        answer = ada.submit(LONG, key=f"key-number-{number}")
        if answer.status_code != 201:
            return number, answer  # type: ignore[return-value]
    pytest.fail("the disk was never full")


def test_a_full_disk(tmp_path: Path, full: tuple[Path, Callable[..., None], Callable[..., None]]) -> None:
    place, fill, make_room = full
    server = RealServer(tmp_path, str(place / "quiz.sqlite")).start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
            ada = learner(client)  # type: ignore[arg-type]
            before = ada.submit(LONG).json()
            fill(server)
            number, refused = submit_until_refused(ada)
            assert (refused.status_code, refused.json()["saved"], refused.json()["code"]) == (
                507,
                False,
                "no-room",
            )
            assert "not saved" in refused.json()["message"]
            assert len(ada.kept()) == number + 1, "what was acknowledged can still be read"
            assert ada.submit(LONG).status_code == 507
            make_room(server)
            again = ada.submit(LONG, key=f"key-number-{number}")
            assert (again.status_code, again.json()["attempt"]) == (201, number + 2)
            server.kill()
            server.start()
            kept = ada.kept()
            assert kept[0] == before
            assert [each["attempt"] for each in kept] == list(range(1, number + 3))
    finally:
        server.kill()
