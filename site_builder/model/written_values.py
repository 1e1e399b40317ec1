"""Values as authors write them, in settings and in front matter: sizes, names of kernels, paths, and where a key stands."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from site_builder.model.source import Span

if TYPE_CHECKING:
    from site_builder.model.source import Source

_SIZE = re.compile(r"([0-9]{1,6}(?:\.[0-9]+)?)\s*([KMGT]?)i?B?", re.IGNORECASE)
_SECONDS = re.compile(r"0*[1-9][0-9]{0,6}(\.[0-9]+)?|0\.0*[1-9][0-9]*")
_FURTHEST = 20_000


def bytes_of(text: str) -> int:
    """Give the bytes of a size such as `512M` or `1.5 GiB` (powers of 1024); 0 where it is none."""
    found = _SIZE.fullmatch(text.strip())
    return int(float(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " ")) if found else 0


def seconds_of(text: str) -> float:
    """Give a number of seconds such as `60` or `0.5`; 0 where it is none."""
    return float(text) if _SECONDS.fullmatch(text) else 0.0


def is_kernel_name(text: str) -> bool:
    """Tell whether a Jupyter kernel may have this name."""
    return re.fullmatch(r"[\w.-]+", text) is not None


def path_fault(text: str) -> str:
    """Say why a path does not lie inside the course folder; empty where it does."""
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", text):
        return "leaves the course folder"
    if any(part.startswith(".") for part in path.parts):
        return "is a hidden folder"
    return "" if text.isprintable() else "has signs that no folder's name has"


def line_of_key(source: Source, key: str) -> Span:
    """Give the line of a page's front matter in which `key` has its value; the file's first line where none is found."""
    line = rf"^[ \t]*+(?:[\"'])?(?P<all>{re.escape(key)}[\"']?[ \t]*+:[^\r\n]*)"
    found = re.search(line, source.text[:_FURTHEST], re.MULTILINE)
    if found is None:
        return Span(source, 0, len(source.line(1)))
    return Span(source, found.start("all"), found.start("all") + len(found["all"].rstrip()))
