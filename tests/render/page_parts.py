"""Makes bodies from Markdown or from blocks, and shows marks as text."""

from __future__ import annotations

from site_builder.dialect.markdown import make_parser
from site_builder.model.course import Page
from site_builder.model.document import Document, Heading, Prose
from site_builder.model.source import Source
from site_builder.render.stage import render

SOURCE = Source("chapters/en/chapter1/1.mdx", "the source of a page")
SPAN = SOURCE.whole
PAGE = Page("chapter1/1", "A page", "en", SOURCE, "en", address="chapter1/1")


def prose(text):
    return Prose(Source("chapters/en/chapter1/1.mdx", text).whole, tuple(make_parser().parse(text, {})))


def inline(text):
    return tuple(make_parser().parseInline(text, {})[0].children)


def heading(level, text, anchor, aliases=()):
    return Heading(SPAN, level, text, inline(text), None, anchor, aliases)


def made(*blocks, remote_images="ask", **parts):
    """Give the body and the findings of a page with `blocks`."""
    return render(Document(SPAN, blocks, **parts), PAGE, remote_images=remote_images)


def html_of(*blocks, **parts):
    """Give the HTML of a page with `blocks`, its marks as `[Word]`, `SITE/` and `EDITION/`."""
    html = made(*blocks, **parts)[0].html
    for mark, shown in (
        ("\ue0f0", "["),
        ("\ue0f1", "]"),
        ("\ue0f2", "SITE/"),
        ("\ue0f3", "EDITION/"),
        ("\ue0f4", "|"),
    ):
        html = html.replace(mark, shown)
    return html.strip()
