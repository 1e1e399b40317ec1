"""One edition in MkDocs: its files, what its templates know, its finished pages."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from site_builder.hosts.edition_view import EditionView, edition_view
from site_builder.hosts.interface_words import material_language, words_for
from site_builder.hosts.mkdocs_config import dress
from site_builder.hosts.mkdocs_page import BODY_PLACE, CoursePage, finished_body, generated_file, way_up
from site_builder.hosts.notebook_files import fill, notebook_name
from site_builder.hosts.page_scripts import origin_of
from site_builder.hosts.page_view import CourseView
from site_builder.hosts.policy import with_policy
from site_builder.hosts.search_index import entries, index
from site_builder.hosts.templates import environment, offer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MkDocsPage

    from site_builder.model.artifact import Body
    from site_builder.model.course import Course, Edition, Page
    from site_builder.pipeline import Build


class _SearchConfig(Config):
    enabled = config_options.Type(bool, default=True)


class SearchSwitch(BasePlugin[_SearchConfig]):
    """Tells Material's templates that there is a search; the index is ours."""


_FEWEST = 16


@dataclass(frozen=True)
class Part:
    """A share of an edition's pages that one process builds; the first has all that is not a page, too."""

    language: str
    number: int
    pages: tuple[Page, ...]

    @property
    def is_first(self) -> bool:
        """Whether the start page, the 404 page, the search index and the theme's files belong to this part."""
        return self.number == 0


def parts(course: Course, jobs: int) -> list[Part]:
    """Share the pages of all editions into parts, several for each of `jobs` processes."""
    total = sum(len(edition.pages) for edition in course.editions)
    size = max(_FEWEST, total // (jobs * 6)) if jobs > 1 else total
    return [
        Part(edition.language, number, edition.pages[start : start + size])
        for edition in course.editions
        for number, start in enumerate(range(0, max(1, len(edition.pages)), max(1, size)))
    ]


@dataclass
class EditionFrame:
    """What the plugin `course` does for a part of an edition of `build`."""

    build: Build
    part: Part
    views: dict[str, EditionView] = field(default_factory=dict)
    """By language: what the parts of an edition share, made for the first of them."""

    @cached_property
    def edition(self) -> Edition:
        """The edition."""
        return self.build.course.edition(self.language)

    @property
    def language(self) -> str:
        """The edition's language."""
        return self.part.language

    @cached_property
    def is_original(self) -> bool:
        """Whether the edition lies at the site's root."""
        return self.language == self.build.course.original.language

    @cached_property
    def translate(self) -> Callable[..., str]:
        """Gives an interface word in the reader's language."""
        return words_for(self.language)

    @property
    def view(self) -> EditionView:
        """What all templates of the edition may know."""
        if self.language not in self.views:
            self.views[self.language] = edition_view(self.build, self.edition, self.translate)
        return self.views[self.language]

    def dress(self, config: MkDocsConfig) -> None:
        """Make `config` that of this edition."""
        dress(config, self.build.course, self.language, material_language(self.language))
        config.theme.get_env = partial(environment, config.theme)  # type: ignore[method-assign]
        config.theme.static_templates = {"404.html"}
        switch = SearchSwitch()
        switch.load_config({})
        config.plugins["material/search"] = switch
        # The outline is ours: MkDocs' own navigation is left empty, which costs least.
        config.nav = ["index.md"]
        config.validation.nav.omitted_files = config.validation.nav.not_found = logging.DEBUG
        if not self.part.is_first:
            config.theme.static_templates.clear()

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Give the edition's pages; the theme's own files go to the site's root alone."""
        for file in list(files):
            if not (self.is_original and self.part.is_first) or file.is_documentation_page():
                files.remove(file)
        if self.part.is_first:
            home = generated_file("", config)
            files.append(home)
            CoursePage(None, None, self.build.course.title, home, config)
        for page in self.part.pages:
            file = generated_file(page.address, config)
            files.append(file)
            CoursePage(page, self.build.bodies[self.language, page.id], page.title, file, config)
        return files

    def environment(self, env: Environment, config: MkDocsConfig) -> Environment:
        """Give the templates what they need of this edition."""
        offer(
            env,
            translate=self.translate,
            material=config.theme["language"],
            language=self.language,
            direction=self.edition.direction,
            is_original=self.is_original,
        )
        return env

    def page_context(self, context: Any, page: MkDocsPage) -> Any:  # noqa: ANN401 - MkDocs' type changes
        """Give the context of a page's template."""
        assert isinstance(page, CoursePage)  # noqa: S101 - all pages are made in `files`
        if page.course_page and page.body:
            context["course"] = CourseView.of_page(self.view, page.course_page, page.body)
        else:
            context["course"] = CourseView(self.view, "", home=True)
        return context

    def template_context(self, context: Any) -> Any:  # noqa: ANN401 - MkDocs' type changes
        """Give the context of the 404 page's template."""
        context["course"] = CourseView(self.view, f"{context['base_url'].rstrip('/')}/")
        return context

    def finished(self, frame: str, page: MkDocsPage) -> str:
        """Put the body of `page` into its rendered `frame`, with a policy made before."""
        assert isinstance(page, CoursePage)  # noqa: S101 - all pages are made in `files`
        if page.body is None:
            return self.guarded(frame)
        server = origin_of(self.view.quiz_server)
        guarded = with_policy(frame, page.body.frames, remote_media=page.body.remote_media, server=server)
        return guarded.replace(BODY_PLACE, self._body(page), 1)

    def _body(self, page: CoursePage) -> str:
        assert page.body is not None  # noqa: S101 - `finished` asked
        assert page.course_page is not None  # noqa: S101 - only the home page has none
        to_edition = way_up(page.course_page.address)
        to_site = to_edition if self.is_original else f"../{to_edition}"
        return finished_body(page.body, to_edition, to_site, self.translate)

    def guarded(self, frame: str) -> str:
        """Put a policy into a page that has no body of an author."""
        return with_policy(frame, server=origin_of(self.view.quiz_server))

    def search_docs(self, page: Page) -> Iterator[dict[str, str]]:
        """Give the entries of `page` for the search index."""
        return entries(f"{page.address}/", self.build.bodies[self.language, page.id].sections)

    def notebooks(self, page: Page, body: Body) -> Iterator[tuple[str, str]]:
        """Give the notebooks of `page`: the name of each, beside the page, and its JSON."""
        for framework, text in body.notebooks:
            yield (
                notebook_name(page.address, framework),
                fill(text, self.translate, self.view.notebook_roots),
            )

    def write_notebooks(self, destination: Path) -> None:
        """Write the notebooks of the part's pages into `destination`, the edition's folder."""
        for page in self.part.pages:
            for name, text in self.notebooks(page, self.build.bodies[self.language, page.id]):
                (destination / page.address / name).write_text(text, encoding="utf-8")

    def write_search_index(self, destination: Path) -> None:
        """Write the search index into `destination`, the edition's folder; the first part has it."""
        if not self.part.is_first:
            return
        file = destination / "search" / "search_index.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        docs = [doc for page in self.edition.pages for doc in self.search_docs(page)]
        file.write_text(index(docs), encoding="utf-8")
