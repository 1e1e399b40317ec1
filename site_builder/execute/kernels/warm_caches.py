"""Caches that libraries would make anew for each kernel: copies of what this user's own programs have left."""

from __future__ import annotations

import os
import re
import shutil
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.execute.sandboxes.scratch import Scratch

NUMBA, MATPLOTLIB = ".numba", ".matplotlib"
"""Folders in a kernel's home where the two look for theirs."""

_NEEDS_NUMBA = re.compile(r"^Requires-Dist: numba\b", re.MULTILINE)


def lay_caches(scratch: Scratch, interpreter: Iterable[Path]) -> None:
    """Put compiled functions and lists of fonts into a sandboxed kernel's home.

    Without them librosa's first call takes ten seconds and more on each page. They are copies: what cells write
    never comes back, since the next page's cells would run it.
    """
    home = scratch.host / "home"
    for folder in interpreter:
        for source in _compiled(folder):
            target = home / NUMBA / _numba_name(source.parent)
            target.mkdir(parents=True, exist_ok=True)
            for file in source.glob("*.nb[ci]"):
                shutil.copyfile(file, target / file.name)
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    for file in cached.glob("fontlist-*.json"):
        (home / MATPLOTLIB).mkdir(exist_ok=True)
        shutil.copyfile(file, home / MATPLOTLIB / file.name)


def _numba_name(folder: Path) -> str:
    """Give the name under which numba looks for the cache of a folder's modules."""
    return f"{folder.name}_{sha1(str(folder).encode(), usedforsecurity=False).hexdigest()}"


@cache
def _compiled(prefix: Path) -> tuple[Path, ...]:
    """Give the folders below an interpreter's in which numba has left compiled functions."""
    found = set()
    for metadata in prefix.glob("lib/python3*/site-packages/*.dist-info/METADATA"):
        if _NEEDS_NUMBA.search(metadata.read_text(encoding="utf-8", errors="replace")):
            package = metadata.parent.parent / metadata.parent.name.partition("-")[0]
            found |= {file.parent for file in package.glob("**/__pycache__/*.nbi")}
    return tuple(sorted(found))
