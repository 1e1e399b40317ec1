"""Stand-ins: a page's data files and the folders that stand for the Hub's, laid into the kernel's working folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.execute.fingerprint import literals
from site_builder.execute.stand_ins.before_cells import STAND_INS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from site_builder.model.run import CellTask, Job, PageTask

_PAGES = frozenset({".md", ".mdx", ".ipynb"})
_OF_THE_FOLDER = frozenset({STAND_INS_FILE, "README.md", "__pycache__"})
_MARKS = ("config.json", "README.md")
"""Files that make a folder one thing, a model or a dataset: who opens one file of it may read the others natively."""

_LONGEST = 200
"""Characters that a name of a stand-in may have: longer strings of cells are texts."""


def lay(job: Job, page: PageTask, folder: Path) -> None:
    """Fill the kernel's working `folder` with links to the page's data files and to the stand-ins.

    The page's own come first, then those of the page that it translates; what is there already stays. Folders of the stand-ins become real ones that
    have links to files, so that a cell may write beside them; the page's folders stay links until both have one of a name.
    """
    for source in dict.fromkeys((page.folder, page.original or page.folder)):
        for entry in _entries(job.course / source):
            if entry.suffix.lower() not in _PAGES or entry.is_dir():
                _link(entry, folder / entry.name)
    if job.stand_ins:
        for entry in _entries(job.stand_ins):
            if entry.name not in _OF_THE_FOLDER:
                _merge(entry, folder / entry.name)


def _entries(folder: Path) -> list[Path]:
    """Give what a folder has, without hidden files, by name; nothing where it cannot be read."""
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError:
        return []


def _link(source: Path, target: Path) -> None:
    if not os.path.lexists(target):
        target.symlink_to(source.absolute())


def _merge(source: Path, target: Path) -> None:
    """Put `source` at `target`: a folder into a folder, a file only where nothing is."""
    if not source.is_dir():
        _link(source, target)
        return
    if target.is_symlink() and target.is_dir():
        there = target.resolve()
        target.unlink()
        target.mkdir()
        for entry in sorted(there.iterdir()):
            _link(entry, target / entry.name)
    elif not os.path.lexists(target):
        target.mkdir(parents=True)
    elif not target.is_dir():
        return
    for entry in _entries(source):
        _merge(entry, target / entry.name)


def opened(record: Path, job: Job) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give which files were opened: paths relative to the course folder, and relative to that of the stand-ins.

    Of a model or dataset of which one file was opened all files count, since pyarrow and safetensors
    open theirs unheard. Files that are no longer there do not count.
    """
    try:
        lines = record.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        lines = []
    course, stand_ins = job.course.resolve(), job.stand_ins.resolve() if job.stand_ins else None
    of_course: set[str] = set()
    of_stand_ins: set[str] = set()
    for path in {_written(Path(line)) for line in lines}:
        if stand_ins and path.is_relative_to(stand_ins):
            of_stand_ins.update(_whole(path, stand_ins))
        elif path.is_relative_to(course) and path.is_file():
            of_course.add(path.relative_to(course).as_posix())
    return tuple(sorted(of_course)), tuple(sorted(of_stand_ins))


def _written(path: Path) -> Path:
    """Give for a compiled module the file that was written by hand."""
    if path.parent.name == "__pycache__" and path.suffix == ".pyc":
        return path.parent.parent / f"{path.name.partition('.')[0]}.py"
    return path


def _whole(path: Path, root: Path) -> Iterable[str]:
    """Give the files of the model or dataset that `path` is part of; else `path` alone."""
    for folder in path.parents:
        if folder == root:
            break
        if any((folder / mark).is_file() for mark in _MARKS):
            return _files(folder, root)
    return [path.relative_to(root).as_posix()] if path.is_file() else []


def _files(folder: Path, root: Path) -> list[str]:
    found = (each.relative_to(root) for each in folder.rglob("*") if each.is_file())
    return sorted(
        each.as_posix()
        for each in found
        if not any(part.startswith((".", "__pycache__")) for part in each.parts)
    )


def named(cells: Sequence[CellTask], folder: Path) -> tuple[str, ...]:
    """Give the stand-ins' files that cells name by strings such as `PolyAI/minds14`, relative to `folder`, sorted."""
    return named_by({word for cell in cells if not cell.skip for word in literals(cell.code)}, folder)


def named_by(words: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Give the stand-ins' files that any of `words` names, relative to `folder`, sorted."""
    found: set[str] = set()
    for word in words:
        if path := _inside(word, folder):
            found.update(_files(path, folder) if path.is_dir() else [path.relative_to(folder).as_posix()])
    return tuple(sorted(found))


def _inside(word: str, folder: Path) -> Path | None:
    """Give the file or folder that a string names below `folder`, if it does."""
    if (
        not word
        or len(word) > _LONGEST
        or "\0" in word
        or word.startswith(("/", "."))
        or ".." in word.split("/")
    ):
        return None
    path = folder / word
    try:
        return path if path.exists() and path != folder else None
    except OSError:
        return None


def models_in(folder: Path) -> frozenset[str]:
    """Give the ids of the stand-ins that are models: folders with a `config.json`, relative to `folder`."""
    return frozenset(each.parent.relative_to(folder).as_posix() for each in folder.rglob("config.json"))
