"""What the templates know of the course, the edition and the page at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from site_builder.hosts.sitemap import edition_path, translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.model.artifact import Body
    from site_builder.model.course import Course, Edition, Entry, Page
    from site_builder.pipeline import Build


_NUMBERED = re.compile(r"\s*(\D{0,24}\d+(?:\s?\D{1,8})??)\s*[.:：．、-]\s*(\S.*)")


@dataclass(frozen=True)
class PageView:
    """A page in lists: navigation, home page, next and previous."""

    number: int
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
class Step:
    """The next or previous page; `chapter` is its chapter's title where that changes."""

    url: str
    title: str
    chapter: str


@dataclass(frozen=True)
class Alternate:
    """The page at hand in another language; `absolute` is its URL for search engines, empty where they get none."""

    lang: str
    name: str
    url: str
    absolute: str
    current: bool
    share: int


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
            each.language: round(100 * each.translated / max(1, len(each.pages))) for each in self.course.editions
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
    def addresses(self) -> dict[str, dict[str, str]]:
        """The address of each page, by language and id."""
        return {each.language: {page.id: page.address for page in each.pages} for each in self.course.editions}


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
        chapters.append(ChapterView(number, chapter.title, chapter.subtitle or "", chapter.new, views, language))
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
        for local in [local for _, local in entry.frameworks] or [entry.local]:
            page = pages.get(local or "")
            if page and page.id not in seen:
                seen.add(page.id)
                body = build.bodies[edition.language, page.id]
                yield PageView(
                    number=next(numbers),
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


@dataclass(frozen=True)
class CourseView:
    """What the template of one page knows; the template folder's README lists it."""

    shared: EditionView
    root: str
    made: Page | None = None
    body: Body | None = None
    home: bool = False

    def __getattr__(self, name: str) -> object:
        """Give what all pages share as if it were the page's own."""
        return getattr(self.shared, name)

    @classmethod
    def of_page(cls, shared: EditionView, page: Page, body: Body) -> CourseView:
        """Give the view of a page."""
        return cls(shared, "../" * (page.address.count("/") + 1), page, body)

    @property
    def missing(self) -> bool:
        """Whether this is the page for addresses that there are not."""
        return self.made is None and not self.home

    @property
    def title(self) -> str:
        """The course's title."""
        return self.shared.course.title

    @property
    def language(self) -> str:
        """The edition's language."""
        return self.shared.edition.language

    @property
    def repository(self) -> str:
        """The course's repository, empty where it is not known."""
        return self.shared.course.settings.repository

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.shared.edition.direction

    @property
    def description(self) -> str:
        """A sentence or two of the page."""
        return self.body.description if self.body else self.shared.course.settings.description

    @property
    def flags(self) -> tuple[str, ...]:
        """The page's flags."""
        return self.body.flags if self.body else ()

    @property
    def hide_contents(self) -> bool:
        """Whether the page's author wants no table of contents."""
        return "hide-contents" in self.flags

    @property
    def fallback(self) -> bool:
        """Whether the page shows the original."""
        return bool(self.made and self.made.is_fallback)

    @property
    def source_language(self) -> str:
        """The language of the text."""
        return self.made.source_language if self.made else self.language

    @property
    def source_direction(self) -> str:
        """The direction of the text."""
        return self.shared.course.edition(self.source_language).direction

    @property
    def source_url(self) -> str:
        """The page's source in its repository, empty where that is not known."""
        settings = self.shared.course.settings
        if not (self.made and settings.repository):
            return ""
        return f"{settings.repository.rstrip('/')}/blob/{settings.branch}/{self.made.source.path}"

    @property
    def notice_html(self) -> Markup:
        """The notice on a page that is not translated."""
        if not self.fallback:
            return Markup()
        names = {each.language: each.name for each in self.shared.course.editions}
        text = self.shared.translate(
            "This page is not translated into {language} yet, so it is shown in {original}.",
            language=names[self.language],
            original=names[self.source_language],
        )
        link = self.shared.translate("Help translate it")
        where = f' <a href="{escape(self.source_url)}">{escape(link)}</a>' if self.source_url else ""
        return Markup(escape(text) + where)  # noqa: S704 - escaped here

    @cached_property
    def _at(self) -> int:
        return self.shared.place.get(self.made.address, -1) if self.made else -1

    @property
    def page(self) -> int:
        """The page's number in reading order, 0 beyond it."""
        return self.shared.steps[self._at][1].number if self._at >= 0 else 0

    @property
    def chapter(self) -> int:
        """The number of the page's chapter, 0 for none."""
        return self.shared.steps[self._at][0].number if self._at >= 0 else 0

    @property
    def chapter_title(self) -> str:
        """The title of the page's chapter."""
        return self.shared.steps[self._at][0].title if self._at >= 0 else ""

    @property
    def previous(self) -> Step | None:
        """The page before."""
        return self._step(self._at - 1) if self._at > 0 else None

    @property
    def next(self) -> Step | None:
        """The page after."""
        return self._step(self._at + 1) if 0 <= self._at < len(self.shared.steps) - 1 else None

    def _step(self, at: int) -> Step:
        chapter, page = self.shared.steps[at]
        return Step(
            f"{self.root}{page.address}/", page.title, chapter.title if chapter.number != self.chapter else ""
        )

    @cached_property
    def site(self) -> str:
        """The way to the site's root, with a slash at its end; from the home page it may be empty."""
        original = self.language == self.shared.course.original.language
        return self.root if original else f"{self.root}../"

    @property
    def search_worker(self) -> str:
        """The address of the search worker."""
        return f"{self.site or './'}assets/scripts/search_worker.js"

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page in all languages."""
        return [self._alternate(each) for each in self.shared.course.editions]

    def _alternate(self, other: Edition) -> Alternate:
        course, made = self.shared.course, self.made
        path = edition_path(course, other.language)
        if made:
            path += f"{self.shared.addresses[other.language][made.id]}/" if made.id in self.shared.addresses[other.language] else ""
        own = not made or other.language in self.shared.translated_in[made.id]
        address = course.settings.address
        return Alternate(
            lang=other.language,
            name=other.name,
            url=f"{self.site}{path}" or "./",
            absolute=f"{address.rstrip('/')}/{path}" if address and own and not self.missing else "",
            current=other.language == self.language,
            share=self.shared.shares[other.language],
        )

    @property
    def original_url(self) -> str:
        """The URL of the original of this page."""
        return next((each.absolute for each in self.alternates if each.lang == self.shared.course.original.language), "")

    @property
    def canonical(self) -> str:
        """The URL under which search engines shall know the text: the original's for a fallback."""
        language = self.source_language
        return next((each.absolute for each in self.alternates if each.lang == language), "")
