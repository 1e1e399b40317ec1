"""The quizzes of a course as banks: read from its folder, for the server, for files and for other systems."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.discover.stage import discover
from site_builder.keep.cache import Cache
from site_builder.keep.page_work import finished_document, forget
from site_builder.pipeline import find_atlases
from site_builder.render.quiz_files import bank_of_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from site_builder.model.course import Course, Page
    from site_builder.model.quiz import Bank


def banks(
    folder: Path, overrides: Mapping[str, object] | None = None, *, graded: bool = False
) -> dict[str, Bank]:
    """Give the banks of the quizzes in the course in `folder`, by the ids of their pages.

    Args:
        folder: the course folder.
        overrides: settings that win over `mkdocs.yml`, by name.
        graded: give only those that the settings say a server grades.
    """
    course, _ = discover(folder, overrides)
    return banks_of(course, Cache.of_course(folder), graded=graded)


def banks_of(course: Course, kept: Cache, *, graded: bool = False) -> dict[str, Bank]:
    """Give the banks of a course; pages whose facts `kept` has are parsed only if they may have questions."""
    groups = _pages(course, graded=graded)
    if not groups:
        return {}
    atlases = find_atlases(course, kept, jobs=1)
    found = {}
    for id_, pages in groups.items():
        # The key is what a bank is for, also where the page is without.
        keyed = [replace(page, graded=False) for page in pages]
        bank = bank_of_page([(page, finished_document(page, atlases[page.language])[0]) for page in keyed])
        forget()
        if bank.items:
            found[id_] = bank
    return found


def _pages(course: Course, *, graded: bool) -> dict[str, list[Page]]:
    """Give the pages that may have questions by id, the original's first and in its order."""
    groups: dict[str, list[Page]] = {}
    editions = sorted(course.editions, key=lambda each: each is not course.original)
    for edition in editions:
        for page in edition.pages:
            if not page.is_fallback and (page.graded or not graded):
                groups.setdefault(page.id, []).append(page)
    return {id_: pages for id_, pages in groups.items() if "<question" in pages[0].source.text.casefold()}
