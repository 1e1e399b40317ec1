"""A cold build against its peers, a second one, one process against two, and memory."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.bench import peers
from tests.bench.large_course import make_course
from tests.bench.measure import Cost, cost

_BIN = Path(sys.executable).parent


def run(corpora: Path, place: Path) -> None:
    """Print what builds cost, beside the cost of plain Material for MkDocs in the same run."""
    course = corpora / "audio-course"
    if not course.is_dir():
        course = make_course(place / "course", 250)
        print(f"no corpora at {corpora}: a made course of 250 pages stands in")
    projects = peers.plain_material(course, place / "plain")
    control = Cost(0, 0, 0)
    for project in projects:
        control += cost([str(_BIN / "mkdocs"), "build", "-q"], project)
    print(control.row("plain Material, once a language", control))
    project = peers.static_i18n(course, place / "i18n")
    print(cost([str(_BIN / "mkdocs"), "build", "-q"], project).row("mkdocs-static-i18n", control))
    for jobs in (1, 2):
        print(_build(course, place, jobs, cold=True).row(f"course build, cold, {jobs} process(es)", control))
    print(_build(course, place, 2, cold=False).row("course build, nothing changed", control))
    large = make_course(place / "large", 1000)
    for jobs in (1, 2):
        cost_of = _build(large, place / "l", jobs, cold=True)
        print(cost_of.row(f"course build, cold, 1,000 pages, {jobs} process(es)", control))
    print(
        _build(large, place / "l", 2, cold=False).row("course build, 1,000 pages, nothing changed", control)
    )


def _build(course: Path, place: Path, jobs: int, *, cold: bool) -> Cost:
    if cold:
        shutil.rmtree(place / "kept", ignore_errors=True)
        shutil.rmtree(place / "site", ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    command = [str(_BIN / "course"), "build", str(course), "-o", str(place / "site"), "--jobs", str(jobs)]
    return cost(command, place, {"COURSE_CACHE": str(place / "kept")}, codes=(0, 1))
