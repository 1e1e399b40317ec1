"""The course folder to the kept runs of its pages: where they lie, and which there are."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from site_builder.discover.course_root import join
from site_builder.discover.folder_tree import refusal
from site_builder.model.course import RunFile

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from site_builder.model.course import Course, Edition, Page
    from site_builder.model.settings import Settings

USUAL, BESIDE_PAGES = "notebooks", "kept_runs"
"""The folder of kept runs, and the one where the editions themselves lie in `notebooks`."""

LARGEST = 100_000_000
"""Bytes: a kept run has at most 10 MB of outputs."""


def kept_runs_folder(settings: Settings, root: str) -> str:
    """Give the folder of kept runs, relative to the course folder, for editions in folder `root`."""
    usual = BESIDE_PAGES if root.split("/", maxsplit=1)[0] == USUAL else USUAL
    return settings.kept_runs.strip("/") or usual


def with_runs(editions: tuple[Edition, ...], home: Path, folder: str) -> tuple[Edition, ...]:
    """Give the editions with the kept runs of their pages that lie in `folder`, relative to the course folder `home`."""
    if not editions or not (home / folder).is_dir():
        return editions
    original = editions[0].language
    theirs = {page.id: _run_file(home, folder, original, page) for page in editions[0].pages}

    def with_run(page: Page) -> Page:
        own = None
        if page.source_language != original:
            own = _run_file(home, folder, page.language, page)
        run = theirs.get(page.id)
        return replace(page, run=run, own_run=own) if run or own else page

    return tuple(replace(each, pages=tuple(with_run(page) for page in each.pages)) for each in editions)


def other_runs(course: Course, known: Collection[str]) -> list[RunFile]:
    """Give the notebooks among the kept runs whose paths are not `known`: those of pages that are gone or were renamed."""
    place = course.folder / course.settings.kept_runs
    names = {each.language for each in course.editions}
    folders = sorted(place / name for name in names if (place / name).is_dir())
    files = (each for folder in folders for each in sorted(folder.rglob("*.ipynb")))
    paths = (file.relative_to(course.folder).as_posix() for file in files)
    found = (_file_at(course.folder, path) for path in paths if path not in known)
    return [each for each in found if each]


def _run_file(home: Path, folder: str, language: str, page: Page) -> RunFile | None:
    return _file_at(home, join(folder, f"{language}/{page.id}.ipynb"))


def _file_at(home: Path, path: str) -> RunFile | None:
    file = home / path
    try:
        if not file.is_file() or file.stat().st_size > LARGEST or refusal(home, path):
            return None
        return RunFile(path, file, blake2b(file.read_bytes(), digest_size=16).hexdigest())
    except OSError:
        return None
