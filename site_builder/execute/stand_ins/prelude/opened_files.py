"""A record of the files that cells open: those of the course and of the stand-ins, each once."""
# ruff: noqa: PTH100, PTH114, PTH115, PTH118, PTH119, PTH120 - this runs at every `open`: strings are quicker than paths

from __future__ import annotations

import os
import sys
from typing import Any

MOST_REMEMBERED = 50_000
LINKS = 8
"""Links that are followed one by one, since the file that is watched may itself be a link to elsewhere."""


class Record:
    """Hears of each file that is opened and writes down those below `roots`."""

    def __init__(self, path: str, roots: list[str]) -> None:
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.roots = tuple(folder(each) for each in roots)
        self.ignored = tuple(folder(each) for each in {sys.prefix, sys.base_prefix})
        self.seen: set[str] = set()

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take an audit event; no exception leaves it, since that would stop the cell that opens a file."""
        if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        try:
            if reads(*arguments[1:3]):
                self.look(os.path.abspath(os.fsdecode(arguments[0])))
        except (OSError, ValueError, TypeError):
            return

    def look(self, path: str) -> None:
        """Write `path` down if it is watched and new."""
        if path in self.seen:
            return
        if len(self.seen) < MOST_REMEMBERED:
            self.seen.add(path)
        if found := self.watched(path):
            os.write(self.descriptor, os.fsencode(f"{found}\n"))

    def watched(self, path: str) -> str:
        """Give the watched file that `path` is or links to, or nothing."""
        for _ in range(LINKS):
            above = os.path.realpath(os.path.dirname(path))
            path = os.path.join(above, os.path.basename(path))
            if path.startswith(self.ignored):
                return ""
            if path.startswith(self.roots):
                return path
            if not os.path.islink(path):
                return ""
            path = os.path.join(above, os.readlink(path))
        return ""


def folder(path: str) -> str:
    """Give a folder's real path with a slash at its end."""
    return os.path.join(os.path.realpath(path), "")


def reads(mode: object, flags: object) -> bool:
    """Tell whether a file is opened for reading."""
    return (flags & os.O_ACCMODE) != os.O_WRONLY if isinstance(flags, int) else "r" in str(mode)


def prepare(given: dict[str, Any]) -> None:
    """Write the path of each file under `given["watched"]` that is opened for reading to the file `given["record"]`."""
    if given.get("record") and given.get("watched"):
        sys.addaudithook(Record(given["record"], given["watched"]).hear)
