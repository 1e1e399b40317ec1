"""A MkDocs page whose text is made already: Python-Markdown never sees a chapter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from site_builder.hosts.interface_words import fill_marks
from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from site_builder.model.artifact import Anchor, Body
    from site_builder.model.course import Page

BODY_PLACE = "<!--course-body <h1-->"
"""Stands for the body while the frame is rendered, so that the frame's scripts can be told from the
body's; `<h1` keeps Material from adding a title of its own."""


class CoursePage(MkDocsPage):
    """A page of an edition in MkDocs' terms; `page` is `None` for the edition's home page."""

    def __init__(
        self, page: Page | None, body: Body | None, title: str, file: File, config: MkDocsConfig
    ) -> None:
        super().__init__(title, file, config)
        self.course_page = page
        self.body = body

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """Read nothing: there is no Markdown."""
        self.markdown = ""
        self.meta = (
            {"template": "home.html", "hide": ["navigation", "toc"]}
            if self.body is None
            else _meta(self.body)
        )

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Leave a place for the body, and give the table of contents."""
        self.content = BODY_PLACE
        self.toc = table_of_contents(self.body.headings if self.body else ())


def _meta(body: Body) -> dict[str, object]:
    meta: dict[str, object] = {"description": body.description} if body.description else {}
    if "hide-contents" in body.flags:
        meta["hide"] = ["toc"]
    return meta


def generated_file(address: str, config: MkDocsConfig) -> File:
    """Give a MkDocs file that is published at `address`, a path without slashes at its ends."""
    path = f"{address}/index.html" if address else "index.html"
    source = f"{address}.md" if address else "index.md"
    file = File(
        source,
        None,
        config.site_dir,
        use_directory_urls=True,
        dest_uri=path,
        inclusion=InclusionLevel.INCLUDED,
    )
    file.content_string = ""
    return file


def way_up(address: str) -> str:
    """Give the way from the page at `address` to its edition's root, with a slash at its end."""
    return "../" * (address.count("/") + 1)


def table_of_contents(headings: Iterable[Anchor]) -> TableOfContents:
    """Nest `headings` by their levels; a page's title has the others as children."""
    top: list[AnchorLink] = []
    open_items: list[AnchorLink] = []
    for heading in headings:
        item = AnchorLink(heading.text, heading.id, heading.level)
        while open_items and open_items[-1].level >= heading.level:
            open_items.pop()
        (open_items[-1].children if open_items else top).append(item)
        open_items.append(item)
    return TableOfContents(top)


_ROOTS = re.compile(f"[{EDITION_ROOT}{SITE_ROOT}]")


def finished_body(body: Body, to_edition: str, to_site: str, translate: Callable[..., str]) -> str:
    """Give the HTML of `body` for one place.

    Args:
        body: a body with its marks.
        to_edition: the way from the page to its edition's root, with a slash at its end.
        to_site: the way to the site's root.
        translate: gives an interface word in the reader's language.
    """
    html = _ROOTS.sub(lambda mark: to_edition if mark[0] == EDITION_ROOT else to_site, body.html)
    return fill_marks(html, translate)
