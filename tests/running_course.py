"""Running a small course in tests: a copy with a package of its own, and how many cells ran on which page."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.discover.stage import discover
from site_builder.execute.jobs.job_queue import local_executor
from site_builder.hosts.notebook_files import finisher
from site_builder.running import Outcome, Plan, plan, run

if TYPE_CHECKING:
    from collections.abc import Collection

BELLS = Path(__file__).parent / "courses" / "bells"


@dataclass(frozen=True)
class Ran:
    """What a run did. `executed` counts by page the cells that a kernel was given, those of pages that only lead to others included."""

    plan: Plan
    outcome: Outcome
    executed: Counter[str]

    @property
    def pages(self) -> dict[str, int]:
        """How many cells ran on each page that was kept."""
        return {page: len(run.cells) for (_, page), run in self.outcome.runs.items()}


def planned(folder: Path, asked: Collection[str] | None = None, **settings: object) -> Plan:
    course, _ = discover(folder, {"sandbox": "off", **settings})
    return plan(course, asked)


def ran(
    folder: Path,
    asked: Collection[str] | None = None,
    *,
    jobs: int = 2,
    fail_fast: bool = False,
    **settings: object,
) -> Ran:
    made = planned(folder, asked, **settings)
    executed: Counter[str] = Counter()

    def tell(page: str, _cell: int, _cells: int, what: str) -> None:
        executed[page] += what == "runs"

    finish = finisher(made.course, made.course.settings.kept_runs)
    with local_executor(jobs, tell) as executor:
        outcome = run(made, executor, finish, fail_fast=fail_fast)
    return Ran(made, outcome, +executed)


def with_package(place: Path, name: str, version: str) -> None:
    """Install a package that does nothing, as pip would, for the kernel `bells`."""
    site = place / "site"
    for old in site.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    info = site / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (site / f"{name}.py").write_text(f"volume = {version!r}\n")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "RECORD").write_text(f"{name}.py,,\n")


def with_kernel(place: Path) -> None:
    """Give Jupyter the kernel `bells`: this Python, with the packages of `place`."""
    folder = place / "jupyter" / "kernels" / "bells"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {
        "argv": argv,
        "display_name": "Bells",
        "language": "python",
        "env": {"PYTHONPATH": str(place / "site")},
    }
    (folder / "kernel.json").write_text(json.dumps(spec))


def changed(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in the file once."""
    text = file.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new))
