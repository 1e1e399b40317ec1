"""What changes in a course folder while it is served."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from watchfiles import watch

from site_builder.discover.course_settings import FILES
from site_builder.discover.folder_tree import is_hidden
from site_builder.discover.stage import READMES

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

    from watchfiles import Change

    from site_builder.hosts.live_course import LiveCourse

_TURN = 400
"""Milliseconds between looks at the files beside the editions."""


def changes_of(live: LiveCourse, stop: threading.Event) -> Iterator[None]:
    """Yield after each change of the course that `live` shows, until `stop` is set.

    The system tells of changes in the folder of the editions. The few files beside it are looked at: editors put a new
    file in the place of the old one, and then the system's watch of a file ends.
    """
    known = _beside(live)
    while not stop.is_set():
        root = live.course.folder / live.course.root
        place = _identity(root)
        if place is None:
            stop.wait(_TURN / 1000)
            continue
        runs = live.course.folder / live.course.settings.kept_runs
        folders = (root, runs) if runs.is_dir() else (root,)
        for found in watch(
            *folders, watch_filter=Writing(live.course.folder), debounce=100, step=20, rust_timeout=_TURN, yield_on_timeout=True,
            stop_event=stop, ignore_permission_denied=True,
        ):  # fmt: skip
            now = _beside(live)
            if found or now != known:
                known = now
                yield
            moved = live.course.folder / live.course.root != root or _identity(root) != place
            if moved or runs.is_dir() != (runs in folders):
                break
        else:
            return
        known = None


class Writing:
    """Whether a change below the folder `root` may be an author's: not one of tools, of hidden files or of copies that editors keep."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, change: Change, path: str) -> bool:  # noqa: ARG002 - the library's signature
        """Say so for `path`."""
        below = os.path.relpath(path, self._root).replace(os.sep, "/")
        return below.startswith("../") or not (is_hidden(below) or below.endswith("~"))


def _beside(live: LiveCourse) -> tuple[object, ...] | None:
    return tuple(_identity(live.course.folder / name, written=True) for name in (*FILES, *READMES))


def _identity(path: Path, *, written: bool = False) -> tuple[int, ...] | None:
    """Tell a file or folder from another in its place; `written`: and from an earlier state of it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino, *((found.st_size, found.st_mtime_ns) if written else ()))
