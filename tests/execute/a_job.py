"""Jobs for tests: a course of one page, cells given as text, small limits."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from site_builder.model.run import CellTask, Job, Limits, PageTask

if TYPE_CHECKING:
    from collections.abc import Iterable

PATIENCE = 2.0
"""Seconds after which nothing may be left of a job."""


def course_in(folder: Path) -> Path:
    """Make a course of one page with a data file."""
    course = folder / "course"
    (course / "chapters").mkdir(parents=True)
    (course / "chapters" / "page.md").write_text("# Page\n", encoding="utf-8")
    (course / "chapters" / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return course


def job_of(course: Path, *cells: str | CellTask, limits: Limits | None = None, **more: Any) -> Job:
    """Give a job of one page `page`; cells given as text may take 20 seconds."""
    page = page_of("page", *cells)
    return Job((page,), frozenset(), course, limits=limits or Limits(), **{"sandbox": "off", **more})


def page_of(name: str, *cells: str | CellTask) -> PageTask:
    tasks = (each if isinstance(each, CellTask) else CellTask(each[:9], each, timeout=20) for each in cells)
    return PageTask(name, "en", "chapters", tuple(tasks))


def left_behind() -> list[str]:
    """Give what jobs of this process have left, waiting a little for it to go."""
    until = time.monotonic() + PATIENCE
    while (found := list(_left())) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def _left() -> Iterable[str]:
    yield from (f"process {each.pid} {each.name()}" for each in psutil.Process().children(recursive=True))
    name = f"course-run-{os.getpid()}-*"
    yield from map(str, Path(tempfile.gettempdir()).glob(name))
    yield from map(str, Path("/sys/fs/cgroup").glob(f"**/{name}"))
