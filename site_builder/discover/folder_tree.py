"""The course folder as a tree of files that may be read: nothing hidden, nothing that leaves the folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

PASSED_OVER = frozenset({"node_modules", "__pycache__", "site", "venv", "dist", "build"})
"""Folders that tools make: never part of a course."""

MOST_FILES = 50_000
"""More than this is no course."""

DEEPEST = 24

LINKED = ""
"""Stands among the folders on the way where a link was followed."""


@dataclass(frozen=True)
class Tree:
    """The files below some folders of a course.

    `folder` is the real course folder, links followed. `files` are paths relative to it, with forward slashes, sorted;
    `folders` likewise. `refused` tells for each path that is not to be touched why (`leads out of the course folder`).
    """

    folder: Path
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    refused: dict[str, str] = field(default_factory=dict, hash=False)

    def below(self, prefix: str) -> tuple[str, ...]:
        """Give the files inside folder `prefix` (`.`: all), as paths relative to the course folder."""
        if prefix in ("", "."):
            return self.files
        return tuple(path for path in self.files if path.startswith(prefix + "/"))

    def children(self, prefix: str) -> tuple[str, ...]:
        """Give the names of the folders that stand directly in folder `prefix` (`.`: the course folder)."""
        start = "" if prefix in ("", ".") else prefix + "/"
        rest = (path[len(start) :] for path in self.folders if path.startswith(start))
        return tuple(name for name in rest if name and "/" not in name)


def is_hidden(path: str) -> bool:
    """Whether a part of `path` starts with a dot, or a tool made the folder."""
    return any(part.startswith(".") or part in PASSED_OVER for part in path.split("/") if part != ".")


def refusal(folder: Path, path: str) -> str:
    """Say why the link at `path` may not be followed; an empty string where it may.

    Args:
        folder: The real course folder.
        path: Relative to it, with forward slashes.
    """
    try:
        real = (folder / path).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links
        return "leads nowhere"
    if not real.is_relative_to(folder):
        return "leads out of the course folder"
    if is_hidden(real.relative_to(folder).as_posix()):
        return "leads to a hidden file"
    if real.is_file() and real.suffix.lower() != Path(path).suffix.lower():
        return "leads to a file of another kind"  # a picture's name must not publish something else
    return ""


def scan(folder: Path, starts: tuple[str, ...]) -> Tree:
    """List the files below `starts`, folders relative to `folder` (`.`: all of it). Hidden ones are passed over."""
    tree: tuple[list[str], list[str], dict[str, str]] = ([], [], {})
    for start in starts:
        beginning = "" if start in ("", ".") else start
        if beginning and (folder / beginning).is_symlink() and (why := refusal(folder, beginning)):
            tree[2][beginning] = why
            continue
        _walk(folder, beginning, (), tree)
    files, folders, refused = tree
    return Tree(folder, tuple(sorted(set(files))), tuple(sorted(set(folders))), refused)


def _walk(
    folder: Path, at: str, chain: tuple[str, ...], tree: tuple[list[str], list[str], dict[str, str]]
) -> None:
    files, folders, refused = tree
    here = os.path.realpath(folder / at)
    if here in chain or len(chain) > DEEPEST:
        refused[at] = "leads back to itself"
        return
    try:
        with os.scandir(folder / at) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if is_hidden(entry.name) or len(files) > MOST_FILES or not _is_utf8(entry.name):
            continue
        path = f"{at}/{entry.name}" if at else entry.name
        if entry.is_symlink() and (why := refusal(folder, path)):
            refused[path] = why
        elif entry.is_dir():
            if entry.is_symlink() and LINKED in chain:
                continue  # a link behind a link: folders that lead to each other would multiply
            folders.append(path)
            _walk(folder, path, (*chain, here, LINKED) if entry.is_symlink() else (*chain, here), tree)
        elif entry.is_file():  # no pipes, no devices
            files.append(path)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\\" not in name and name.isprintable()
