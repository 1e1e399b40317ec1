"""What the templates know of the page at hand; the template folder's README lists it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder.hosts.interface_words import language_name
from site_builder.hosts.mkdocs_page import way_up
from site_builder.hosts.notebook_doors import doors, source_address
from site_builder.hosts.notebook_files import notebook_name
from site_builder.hosts.page_scripts import facts_of, scripts_of
from site_builder.hosts.sitemap import edition_path
from site_builder.model.document import LABELS

if TYPE_CHECKING:
    from site_builder.hosts.edition_view import EditionView
    from site_builder.hosts.notebook_doors import Door
    from site_builder.model.artifact import Body
    from site_builder.model.course import Edition, Page

_SHORTEST = 24
_SENTENCES = re.compile(r".{8,}(?:[.!?।۔؟](?=\s|$)|[。！？])", re.DOTALL)
"""Whole sentences: a greeting, or half a sentence, says nothing of a course."""


_BANNER = '<div class="course-notebooks">'


def _is_linked(url: str, html: str) -> bool:
    """Tell whether a page's banner of notebooks leads to the host of `url`."""
    banners = [each.partition("</div>")[0] for each in html.split(_BANNER)[1:]]
    return any(f'href="https://{urlsplit(url).netloc}/' in each for each in banners)


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
        return cls(shared, way_up(page.address), page, body)

    @property
    def missing(self) -> bool:
        """Whether this is the page for addresses that there are not."""
        return self.made is None and not self.home

    @property
    def graded(self) -> bool:
        """Whether the page is a quiz that the server grades."""
        return bool(self.made and self.made.graded)

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
        """A sentence or two of the page; of the course where the page is none, or else of its first page."""
        if self.body:
            return self.body.description
        # Nobody has translated the setting; the first page of a translation speaks its language.
        set_by_author = self.shared.course.settings.description
        is_original = self.language == self.shared.course.original.language
        return set_by_author if set_by_author and is_original else self._first_words() or set_by_author

    def _first_words(self) -> str:
        first = next(iter(self.shared.edition.pages), None)
        if not self.home or first is None or first.is_fallback:
            return ""
        text = self.shared.build.bodies[self.language, first.id].description
        sentences = _SENTENCES.match(text)
        return sentences[0] if sentences and len(sentences[0]) >= _SHORTEST else text

    @property
    def flags(self) -> tuple[str, ...]:
        """The page's flags, and what the settings say of the look of its cells."""
        numbered = ("cell-numbers",) if self.shared.course.settings.cell_numbers == "on" else ()
        return (*self.body.flags, *numbered) if self.body else ()

    @property
    def hide_contents(self) -> bool:
        """Whether the page's author wants no table of contents."""
        return "hide-contents" in self.flags

    @property
    def fallback(self) -> bool:
        """Whether the page shows the original."""
        return bool(self.made and self.made.is_fallback)

    @property
    def untitled(self) -> bool:
        """Whether the frame has to show the page's title, because its text has no level-1 heading."""
        return self.body is not None and all(each.level != 1 for each in self.body.headings)

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
        if not self.made:
            return ""
        return source_address(
            self.shared.course.settings, self.shared.place_in_repository + self.made.source.path
        )

    @property
    def notebooks(self) -> list[tuple[str, str]]:
        """The page's notebooks to download: the name of each, beside the page, and the name of its variant."""
        if not (self.made and self.body):
            return []
        return [
            (notebook_name(self.made.address, framework), LABELS.get(framework, framework))
            for framework, _ in self.body.notebooks
        ]

    @property
    def doors(self) -> list[Door]:
        """Where the page's kept run can be opened, but for places that the author has linked to already."""
        run = self.made and (self.made.own_run or self.made.run)
        if not (run and self.notebooks and self.body):
            return []
        found = doors(self.shared.course.settings, self.shared.place_in_repository + run.path)
        return [each for each in found if not _is_linked(each.url, self.body.html)]

    @property
    def notice_html(self) -> Markup:
        """The notice on a page that is not translated."""
        if not self.fallback:
            return Markup()
        text = self.shared.translate(
            "This page is not translated into {language} yet, so it is shown in {original}.",
            language=language_name(self.language, self.language),
            original=language_name(self.source_language, self.language),
        )
        if self.source_url:
            link, url = self.shared.translate("Help translate it"), self.source_url
        else:
            link = self.shared.translate("Read it in the original edition")
            url = next(each.url for each in self.alternates if each.lang == self.source_language)
        return Markup(f'{escape(text)} <a href="{escape(url)}">{escape(link)}</a>')  # noqa: S704 - escaped here

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

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of the scripts that the page needs, in their order."""
        return scripts_of(self)

    @property
    def facts(self) -> dict[str, object]:
        """What the scripts know of the page."""
        return facts_of(self)

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page in all languages."""
        return [self._alternate(each) for each in self.shared.course.editions]

    def _alternate(self, other: Edition) -> Alternate:
        course, made = self.shared.course, self.made
        path = edition_path(course, other.language)
        if made:
            path += (
                f"{self.shared.addresses[other.language][made.id]}/"
                if made.id in self.shared.addresses[other.language]
                else ""
            )
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
        return next(
            (each.absolute for each in self.alternates if each.lang == self.shared.course.original.language),
            "",
        )

    @property
    def canonical(self) -> str:
        """The URL under which search engines shall know the text: the original's for a fallback."""
        language = self.source_language
        return next((each.absolute for each in self.alternates if each.lang == language), "")
