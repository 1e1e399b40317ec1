"""What running costs beyond the cells' own time, pages a minute, and a build that shows kept runs."""

from __future__ import annotations

import shutil
import statistics
import struct
import subprocess
import sys
import zlib
from base64 import b64encode
from concurrent.futures import Future
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import nbclient
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from site_builder.discover.stage import discover
from site_builder.execute.fingerprint import cell_key
from site_builder.execute.jobs.job_queue import Executor
from site_builder.execute.stage import execute
from site_builder.hosts.notebook_files import finisher
from site_builder.model.notebook import Output
from site_builder.model.run import RAN, CellRun, CellTask, Job, JobResult, PageTask
from site_builder.running import plan
from site_builder.running import run as run_plan
from tests.bench.large_course import make_course
from tests.bench.measure import clock, cost

if TYPE_CHECKING:
    from collections.abc import Callable

_BIN = Path(sys.executable).parent
_ROUNDS = 5
_CELLS = 10
_PAGES = 12
_BUSY = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end:\n    pass\nprint('done')\n"
_SIDE = 100


def run(_corpora: Path, place: Path) -> None:
    """Print the three, each with its control in the same run."""
    _overhead(place)
    _pages_a_minute(place)
    _builds(place)


# ---- a page beyond its cells -----------------------------------------------------------------------------


def _overhead(place: Path) -> None:
    """A kernel, ten cells that do next to nothing: what is left is ours, Jupyter's and the kernel's start."""
    (place / "page").mkdir()
    ways: dict[str, Callable[[], object]] = {
        "nbclient alone": _with_nbclient,
        "course run, no sandbox": lambda: execute(_job(place, "off")),
        "course run, sandbox": lambda: execute(_job(place, "auto")),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        for name, act in ways.items():
            start = clock()
            act()
            times[name].append(clock() - start)
    control = statistics.median(times["nbclient alone"])
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(
            f"a page of {_CELLS} empty cells, {name:<24} {middle:6.2f} s   x{middle / control:.2f}   (most {max(seconds):.2f} s)"
        )


def _with_nbclient() -> object:
    notebook = new_notebook(cells=[new_code_cell(f"x = {number}") for number in range(_CELLS)])
    return nbclient.NotebookClient(nbformat.from_dict(notebook), timeout=60, kernel_name="python3").execute(
        stderr=subprocess.DEVNULL
    )


def _job(place: Path, sandbox: str) -> Job:
    cells = tuple(CellTask(cell_key(f"x = {number}"), f"x = {number}") for number in range(_CELLS))
    page = PageTask("page/one", "en", "page", cells)
    return Job((page,), frozenset({"page/one"}), place, sandbox=sandbox)


# ---- pages a minute --------------------------------------------------------------------------------------


def _pages_a_minute(place: Path) -> None:
    course = place / "busy"
    edition = course / "chapters" / "en"
    names = [f"part/page{number}" for number in range(_PAGES)]
    (edition / "part").mkdir(parents=True)
    outline = "".join(f"  - local: {name}\n    title: {name}\n" for name in names)
    (edition / "_toctree.yml").write_text(f"- title: Part\n  sections:\n{outline}")
    for number, name in enumerate(names):
        (edition / f"{name}.mdx").write_text(
            f"# Page\n\n```python\nnumber = {number}\n{_BUSY}```\n\n```python\n{_BUSY}```\n"
        )
    rates = {}
    for jobs in (1, 2):
        command = [str(_BIN / "course"), "run", "-C", str(course), "--all", "--jobs", str(jobs)]
        seconds = cost(command, place, {"COURSE_CACHE": str(place / "kept")}).wall
        rates[jobs] = 60 * _PAGES / seconds
        print(
            f"pages of one second of work, {jobs} job(s): {rates[jobs]:6.1f} a minute   x{rates[jobs] / rates[1]:.2f}"
        )
    nothing = cost(
        [str(_BIN / "course"), "run", "-C", str(course)], place, {"COURSE_CACHE": str(place / "kept")}
    )
    print(f"course run, nothing changed, {_PAGES} pages: {nothing.wall:.2f} s")


# ---- builds ----------------------------------------------------------------------------------------------


def _builds(place: Path) -> None:
    course = make_course(place / "course", 250)
    control = None
    for name in ("no kept run", "250 kept runs"):
        if name != "no kept run":
            keep_runs(course)
        for folder in ("kept", "site"):
            shutil.rmtree(place / folder, ignore_errors=True)
        command = [str(_BIN / "course"), "build", str(course), "-o", str(place / "site")]
        variables = {"COURSE_CACHE": str(place / "kept")}
        cold = cost(command, place, variables, codes=(0, 1))
        control = control or cold
        print(cold.row(f"course build, cold, 250 pages, {name}", control))
        print(cost(command, place, variables, codes=(0, 1)).row("course build, nothing changed", control))


def keep_runs(folder: Path) -> int:
    """Give each page of a course a kept run, with a text and a picture as outputs of each cell, and run nothing; how many there are."""
    course, _ = discover(folder)
    planned = plan(course)
    executor = Executor(_pretended, places=1)
    return len(run_plan(planned, executor, finisher(course, course.settings.kept_runs)).runs)


def _pretended(job: Job) -> Future[JobResult]:
    done: Future[JobResult] = Future()
    cells = {page.page: tuple(_given(cell) for cell in page.cells) for page in job.pages}
    done.set_result(JobResult(cells, dict.fromkeys(cells, ()), dict.fromkeys(cells, ()), "3.11.2"))
    return done


def _given(cell: CellTask) -> CellRun:
    picture = b64encode(_png(cell.key)).decode()
    outputs = (
        Output("stream", "(440,)\n", name="stdout"),
        Output("display_data", "<Figure>", {"text/plain": "<Figure>", "image/png": picture}),
    )
    return CellRun(cell.key, cell.code, RAN, outputs, 0.1)


def _png(seed: str) -> bytes:
    """Give a picture of 30 kB that no other cell has: noise."""
    noise = Random(seed)  # noqa: S311 - a picture, no secret
    rows = b"".join(b"\0" + noise.randbytes(3 * _SIDE) for _ in range(_SIDE))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 1)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
