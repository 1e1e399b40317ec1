"""The folder of a site: a new one is filled beside the old and put in its place in one step."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from ctypes import CDLL
from glob import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EXCHANGE = 2
_HERE = -100


def refuse_to_replace(destination: Path, course: Path) -> None:
    """Refuse to delete a folder that no build has made, or that holds more than a site.

    Args:
        destination: the folder to be replaced.
        course: the course folder, which must not be deleted with it.

    Raises:
        FileExistsError: `destination` is not empty and is no site, or holds the course or a repository.
        NotADirectoryError: `destination` is a file.
    """
    if destination.exists() and not destination.is_dir():
        raise NotADirectoryError(f"`{destination}` is a file: name a folder")
    if course.resolve().is_relative_to(destination.resolve()):
        raise FileExistsError(f"`{destination}` holds the course itself: name another folder")
    if (destination / ".git").exists():
        raise FileExistsError(
            f"`{destination}` is a Git repository, which a build would delete: name another folder"
        )
    is_site = all((destination / name).is_file() for name in ("404.html", "search/search_index.json"))
    if destination.exists() and any(destination.iterdir()) and not is_site:
        raise FileExistsError(
            f"`{destination}` is not empty and holds no site: name another folder, or empty it yourself"
        )


@contextmanager
def staging_folder(destination: Path) -> Iterator[Path]:
    """Give a new folder beside `destination`, and leave none behind."""
    for old in destination.parent.glob(f".{escape(destination.name)}.*.new"):
        if not _is_another_build(old.name.split(".")[-2]):
            shutil.rmtree(old, ignore_errors=True)
    staging = destination.with_name(f".{destination.name}.{os.getpid()}.new")
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_another_build(process: str) -> bool:
    """Whether `process` is the number of a process that runs, and not of this one: in containers numbers return."""
    try:
        number = int(process)
        os.kill(number, 0)
    except PermissionError:
        return True
    except (ValueError, OverflowError, OSError):
        return False
    return number != os.getpid()


def swap(staging: Path, destination: Path) -> None:
    """Put `staging` in the place of `destination`, and delete what was there.

    Linux exchanges the two in one step (renameat2); elsewhere there is a moment without `destination`.
    """
    if not destination.exists():
        staging.rename(destination)
    elif not _exchange(staging, destination):
        old = destination.with_name(f".{destination.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        destination.rename(old)
        staging.rename(destination)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    with suppress(OSError, AttributeError):
        rename = CDLL(None, use_errno=True).renameat2
        return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False


def merge(source: Path, target: Path) -> None:
    """Move all files of `source` into `target`, which has none of them; `source` is gone afterwards."""
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir()):
        place = target / entry.name
        if entry.is_dir() and place.is_dir():
            merge(entry, place)
        else:
            entry.rename(place)
    source.rmdir()
