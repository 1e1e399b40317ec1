"""Where words go: colours, widths, and how paths are shown from here."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

NARROW, WIDE = 60, 120
PLAIN_WIDTH = 100


def is_terminal(stream: TextIO) -> bool:
    """Whether a person watches `stream` on a terminal that can move its cursor."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_colour(stream: TextIO) -> bool:
    """Whether `stream` takes colours: a terminal, unless `NO_COLOR` is set; others where `FORCE_COLOR` is."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def width() -> int:
    """Give how many columns text may take."""
    if not sys.stdout.isatty():
        return PLAIN_WIDTH
    return min(WIDE, max(NARROW, shutil.get_terminal_size().columns))


def plural(number: int, thing: str) -> str:
    """Give `1 page`, `2 pages`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def prefix_of(folder: Path) -> str:
    """Give what stands before a course's paths so that they lead there from the current folder; empty outside it."""
    try:
        inside = folder.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):
        return ""
    return "" if inside == "." else inside + "/"
