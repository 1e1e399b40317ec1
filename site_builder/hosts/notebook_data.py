"""The course's files that the cells of a notebook open by their names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from site_builder.model.course import Course, Page

_LONGEST = 200
"""Signs of a name: longer constants are texts."""


def data_files(course: Course, page: Page, literals: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Give the course's files that cells name by a constant: the name, relative to the page's folder, and the file.

    They are looked for in the folder of the page, and for a translation in that of the page it is made from.
    """
    sources = [page.source, *([page.made_from] if page.made_from else [])]
    for name in literals:
        if not name or len(name) > _LONGEST or name.startswith("/") or "\0" in name or "\\" in name:
            continue
        plain = posixpath.normpath(name)
        if plain.startswith(".."):
            continue
        for source in sources:
            path = posixpath.join(posixpath.dirname(source.path), plain)
            if path in course.files:
                yield plain, course.folder / path
                break
