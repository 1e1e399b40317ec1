"""Reads and rewrites the case files: Markdown in which a heading is a case and four-backtick fences its parts."""

from __future__ import annotations

import fcntl
import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OPENING = re.compile(r"^(`{4,})\s*(\S+)(?:[ \t]+(.*))?$")
DEFAULT_PATH = "chapters/en/chapter1/1.mdx"


@dataclass(frozen=True)
class Part:
    """A labelled fence of a case file; `first` and `last` are the lines of its content, counted from 0."""

    label: str
    options: tuple[str, ...]
    lines: tuple[str, ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        """The content, with a line end at its end unless it is empty."""
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True)
class Case:
    """One case: its files by path and the views that are expected of it."""

    path: Path
    title: str
    files: Mapping[str, bytes]
    views: tuple[Part, ...]


def read_cases(path: Path, view_names: frozenset[str]) -> list[Case]:
    """Read all cases of a file; headings without fences are plain prose."""
    cases = []
    for title, parts in _sections(path.read_text(encoding="utf-8")):
        if parts:
            views = tuple(part for part in parts if part.label in view_names)
            files = dict(_input_file(part) for part in parts if part.label not in view_names)
            cases.append(Case(path, title, files, views))
    return cases


def _sections(text: str) -> list[tuple[str, list[Part]]]:
    sections: list[tuple[str, list[Part]]] = [("", [])]
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = OPENING.match(lines[at])
        if opening:
            last = next(i for i in range(at + 1, len(lines)) if lines[i] == opening[1])
            options = tuple((opening[3] or "").split())
            sections[-1][1].append(Part(opening[2], options, tuple(lines[at + 1 : last]), at + 1, last))
            at = last
        elif lines[at].startswith("#"):
            sections.append((lines[at].lstrip("#").strip(), []))
        at += 1
    return sections


def _input_file(part: Part) -> tuple[str, bytes]:
    """Give the path and bytes of an input; the options `crlf`, `cr`, `bom` and `no-newline` change the bytes."""
    paths = [option for option in part.options if "/" in option or "." in option]
    text = part.text
    if "no-newline" in part.options:
        text = text[:-1]
    for option, end in (("crlf", "\r\n"), ("cr", "\r")):
        if option in part.options:
            text = text.replace("\n", end)
    if "bom" in part.options:
        text = "\ufeff" + text
    return (paths[0] if paths else DEFAULT_PATH), text.encode("utf-8")


def rewrite_views(case: Case, views: Mapping[str, str], view_names: frozenset[str]) -> None:
    """Put `views` (by label) into the case's file; safe beside other workers that rewrite the same file."""
    with case.path.open("r+", encoding="utf-8", newline="") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        lines = text.split("\n")
        parts = next(parts for title, parts in _sections(text) if title == case.title and parts)
        for part in reversed(parts):
            if part.label in view_names and part.label in views:
                lines[part.first : part.last] = views[part.label].split("\n")[:-1]
        file.seek(0)
        file.truncate()
        file.write("\n".join(lines))


def difference(label: str, expected: str, actual: str) -> str:
    """Give a readable diff of a view, empty where both are equal."""
    lines = unified_diff(
        expected.splitlines(), actual.splitlines(), f"expected {label}", f"actual {label}", lineterm="", n=2
    )
    return "\n".join(lines)
