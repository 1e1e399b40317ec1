"""What the templates know of an edition: its chapters, its pages, how much of it there is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from site_builder.discover.course_repository import place_in_clone
from site_builder.hosts.notebook_files import site_roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.hosts.notebook_files import Roots
    from site_builder.model.course import Course, Edition, Entry, Page
    from site_builder.pipeline import Build


_NUMBERED = re.compile(r"\s*(\D{0,24}\d+(?:\s?\D{1,8})??)\s*[.:：．、-]\s*(\S.*)")


@dataclass(frozen=True)
class PageView:
    """A page in lists: navigation, home page, next and previous."""

    number: int
    id: str
    address: str
    title: str
    language: str
    translated: bool
    minutes: int
    quiz: bool
    notebook: bool
    group: str = ""


@dataclass(frozen=True)
class ChapterView:
    """A chapter and its pages; `language` is that of its title."""

    number: int
    title: str
    subtitle: str
    new: bool
    pages: list[PageView]
    language: str

    @property
    def label(self) -> str:
        """What stands before the name in a title such as `Unit 1. Sound as numbers`, else nothing."""
        found = _NUMBERED.match(self.title)
        return found[1] if found else ""

    @property
    def name(self) -> str:
        """The title without its label."""
        found = _NUMBERED.match(self.title)
        return found[2] if found else self.title

    @property
    def minutes(self) -> int:
        """The reading time of all pages."""
        return sum(page.minutes for page in self.pages)


@dataclass(frozen=True)
class Totals:
    """How much there is in an edition; `done` pages are in its own language."""

    chapters: int
    pages: int
    minutes: int
    done: int
    quizzes: int
    notebooks: int


@dataclass(frozen=True)
class EditionView:
    """What all pages of an edition share."""

    build: Build
    edition: Edition
    chapters: tuple[ChapterView, ...]
    translate: Callable[..., str] = field(repr=False)

    @property
    def course(self) -> Course:
        """The course."""
        return self.build.course

    @cached_property
    def steps(self) -> list[tuple[ChapterView, PageView]]:
        """All pages in reading order, with their chapters."""
        return [(chapter, page) for chapter in self.chapters for page in chapter.pages]

    @cached_property
    def place(self) -> dict[str, int]:
        """Where the page of an address stands in `steps`."""
        return {page.address: at for at, (_, page) in enumerate(self.steps)}

    @cached_property
    def other_ids(self) -> dict[str, str]:
        """The ids of pages whose address is another, by address."""
        return {page.address: page.id for _, page in self.steps if page.address != page.id}

    @cached_property
    def quiz_server(self) -> str:
        """The address of the server that grades quizzes; empty where no page is graded."""
        graded = any(page.graded for page in self.edition.pages)
        return self.course.settings.quiz_server if graded else ""

    @cached_property
    def totals(self) -> Totals:
        """The sums over all pages."""
        pages = [page for _, page in self.steps]
        return Totals(
            chapters=len(self.chapters),
            pages=len(pages),
            minutes=sum(page.minutes for page in pages),
            done=sum(page.translated for page in pages),
            quizzes=sum(page.quiz for page in pages),
            notebooks=sum(page.notebook for page in pages),
        )

    @cached_property
    def shares(self) -> dict[str, int]:
        """The share of pages, in percent, that each edition has in its own language."""
        return {
            each.language: round(100 * each.translated / max(1, len(each.pages)))
            for each in self.course.editions
        }

    @cached_property
    def translated_in(self) -> dict[str, frozenset[str]]:
        """The languages that have each page, by its id, as their own text."""
        found: dict[str, set[str]] = {}
        for edition in self.course.editions:
            for page in edition.pages:
                if not page.is_fallback:
                    found.setdefault(page.id, set()).add(edition.language)
        return {page: frozenset(languages) for page, languages in found.items()}

    @cached_property
    def notebook_roots(self) -> Roots:
        """Where the links of the edition's notebooks lead."""
        return site_roots(self.course, self.edition.language)

    @cached_property
    def place_in_repository(self) -> str:
        """The way from the repository's root to the course folder, with a slash at its end."""
        return place_in_clone(self.course.folder)

    @cached_property
    def addresses(self) -> dict[str, dict[str, str]]:
        """The address of each page, by language and id."""
        return {
            each.language: {page.id: page.address for page in each.pages} for each in self.course.editions
        }


def edition_view(build: Build, edition: Edition, translate: Callable[..., str]) -> EditionView:
    """Give what the templates of `edition` share; `translate` gives interface words in its language."""
    pages = {page.id: page for page in edition.pages}
    seen: set[str] = set()
    numbers = iter(range(1, len(pages) + 2))
    chapters = []
    for number, chapter in enumerate(edition.chapters, 1):
        views = list(_page_views(build, edition, chapter.entries or (chapter,), "", pages, seen, numbers))
        foreign = bool(views) and not any(view.translated for view in views)
        language = build.course.original.language if foreign else edition.language
        chapters.append(
            ChapterView(number, chapter.title, chapter.subtitle or "", chapter.new, views, language)
        )
    return EditionView(build, edition, tuple(each for each in chapters if each.pages), translate)


def _page_views(
    build: Build,
    edition: Edition,
    entries: tuple[Entry, ...],
    group: str,
    pages: dict[str, Page],
    seen: set[str],
    numbers: Iterator[int],
) -> Iterator[PageView]:
    for entry in entries:
        for local in [local for _, local in entry.frameworks] or [entry.local or ""]:
            page = pages.get(local)
            if page and page.id not in seen:
                seen.add(page.id)
                body = build.bodies[edition.language, page.id]
                yield PageView(
                    number=next(numbers),
                    id=page.id,
                    address=page.address,
                    title=page.title,
                    language=page.source_language,
                    translated=not page.is_fallback,
                    minutes=body.minutes,
                    quiz=page.quiz is not None or body.questions > 0,
                    notebook=body.cells > 0,
                    group=group,
                )
        if entry.entries:
            yield from _page_views(build, edition, entry.entries, entry.title, pages, seen, numbers)
