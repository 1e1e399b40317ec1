"""Cells that do what they must not: contained and reported in the sandbox, and able to do it in the control without one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from site_builder.execute.sandboxes.sandbox import sandbox_available
from site_builder.execute.stage import execute
from site_builder.model.run import CellRun, CellTask, Limits
from tests.execute.a_job import course_in, job_of, left_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

SMALL = Limits(memory=300 * 2**20, disk=50 * 2**20, output=2 * 2**20, processes=100)
WIDE = replace(SMALL, output=2**30)


@dataclass(frozen=True)
class Abuse:
    """A cell of the file: what it is called, what is to become of it with and without a sandbox, its code."""

    name: str
    contained: str
    unboxed: str
    code: str


def read_abuses() -> list[Abuse]:
    text = (Path(__file__).parent / "abusive_cells.md").read_text(encoding="utf-8")
    found = []
    for section in text.split("\n## ")[1:]:
        said = dict(re.findall(r"^(contained|unboxed): `(.+)`$", section, re.MULTILINE))
        code = section.partition("```python\n")[2].partition("```")[0]
        found.append(
            Abuse(section.partition("\n")[0], said["contained"], said.get("unboxed", "^ran $"), code)
        )
    return found


ABUSES = read_abuses()


def test_there_are_more_than_twenty() -> None:
    assert len({each.name for each in ABUSES}) > 20


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What cells try to reach: files, folders, a process, servers, a variable; all of them the test's own."""
    token, secret = f"canary-{token_hex(8)}", token_hex(16)
    course = course_in(tmp_path)
    (course / ".git").mkdir()
    (course / ".git" / "config").write_text(secret, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    home_file = Path.home() / f".{token}"
    home_file.write_text(secret, encoding="utf-8")
    other = Path(tempfile.mkdtemp(prefix="course-run-other-"))
    (other / "work").mkdir()
    (other / "work" / token).touch()
    monkeypatch.setenv("COURSE_TEST_SECRET", secret)
    canary = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"], start_new_session=True)
    with servers(token) as port:
        yield {
            "token": token,
            "secret": secret,
            "course": str(course),
            "elsewhere": str(tmp_path / "elsewhere"),
            "home_file": str(home_file),
            "temporary": tempfile.gettempdir(),
            "port": port,
            "canary": canary.pid,
            "processes": os.readlink("/proc/self/ns/pid"),  # noqa: PTH115 - a link of no file
        }
    canary.kill()
    canary.wait()
    home_file.unlink()
    (other / "work" / token).unlink()
    (other / "work").rmdir()
    other.rmdir()


class servers:  # noqa: N801 - used as a function is
    """Servers on loopback, by TCP, UDP and a socket without a file, that say `succeeded` to whoever comes."""

    def __init__(self, token: str) -> None:
        self._sockets = [socket.create_server(("127.0.0.1", 0))]
        port = self._sockets[0].getsockname()[1]
        self._sockets.append(socket.socket(socket.AF_UNIX))
        self._sockets[1].bind("\0" + token)
        self._sockets[1].listen()
        self._sockets.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._sockets[2].bind(("127.0.0.1", port))
        self._port = port

    def __enter__(self) -> int:
        for each in self._sockets:
            threading.Thread(target=self._serve, args=(each,), daemon=True).start()
        return self._port

    def __exit__(self, *_: object) -> None:
        for each in self._sockets:
            each.close()

    @staticmethod
    def _serve(server: socket.socket) -> None:
        try:
            while True:
                if server.type == socket.SOCK_DGRAM:
                    server.sendto(b"succeeded", server.recvfrom(99)[1])
                else:
                    connection, _ = server.accept()
                    connection.sendall(b"succeeded")
                    connection.close()
        except OSError:
            return


def attempt(
    abuse: Abuse, given: dict[str, Any], mode: str, limits: Limits, timeout: float
) -> tuple[str, str, CellRun]:
    """Run an abusive cell between two others; give its state and reason, what it printed, and the cell after it."""
    cells = (
        f"G = { ({**given, 'boxed': mode != 'off'})!r}",
        CellTask("abuse", abuse.code, timeout=timeout),
        "1",
    )
    job = job_of(Path(given["course"]), *cells, limits=limits, sandbox=mode)
    _, tried, after = execute(job).cells["page"]
    printed = "".join(each.text for each in tried.outputs if each.kind == "stream")
    return f"{tried.state} {tried.reason}", printed, after


def children_but(canary: int) -> list[str]:
    return [each for each in left_behind() if f"process {canary} " not in each]


@pytest.mark.skipif(bool(sandbox_available()), reason=sandbox_available() or "there is a sandbox")
@pytest.mark.parametrize("abuse", ABUSES, ids=lambda each: each.name)
def test_it_is_contained(abuse: Abuse, given: dict[str, Any]) -> None:
    limit = 1 if "loop" in abuse.name or "interrupt" in abuse.name else 20
    became, printed, after = attempt(abuse, given, "required", SMALL, limit)
    assert re.search(abuse.contained, became), (became, printed)
    assert "succeeded" not in printed or abuse.unboxed != "^ran $"
    if became.startswith("lost") and "loop" not in abuse.name:
        assert after.state == "lost"
        assert after.reason.startswith("not reached: the kernel ended in cell 2 of `page` (")
    else:
        assert after.state == "ran"
    assert_unharmed(given)
    assert children_but(given["canary"]) == []


def assert_unharmed(given: dict[str, Any]) -> None:
    """What the test has is as it was."""
    course = Path(given["course"])
    assert (course / "chapters" / "page.md").read_text(encoding="utf-8") == "# Page\n"
    assert (course / "chapters" / "data.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"
    assert list(Path(given["elsewhere"]).iterdir()) == []
    assert psutil.Process(given["canary"]).status() != psutil.STATUS_ZOMBIE
    assert with_word(given["token"]) == []


def with_word(token: str) -> list[int]:
    return [each.pid for each in psutil.process_iter(["cmdline"]) if token in (each.info["cmdline"] or ())]


@pytest.mark.parametrize("abuse", ABUSES, ids=lambda each: each.name)
def test_without_a_sandbox_it_can_be_done(abuse: Abuse, given: dict[str, Any]) -> None:
    if abuse.name.startswith(("rights", "reading another", "files of the whole")) and os.geteuid() != 0:
        pytest.skip("only an administrator can do it")
    became, printed, _ = attempt(abuse, given, "off", WIDE, 30)
    assert re.search(abuse.unboxed, became), became
    match abuse.name:
        case "killing a process of the user":
            assert psutil.Process(given["canary"]).status() == psutil.STATUS_ZOMBIE
        case "a detached child":
            survivors = with_word(given["token"])
            assert len(survivors) == 1
            psutil.Process(survivors[0]).kill()
        case _:
            assert "succeeded" in printed
    assert children_but(given["canary"]) == []
