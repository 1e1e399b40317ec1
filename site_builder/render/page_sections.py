"""A page for the search index: a section for each heading, in the form that Material's own index has."""

from __future__ import annotations

import re
from html import unescape

from site_builder.model.artifact import Section

_HEADING = re.compile(r'<(h[1-6])(?: [^>]*?)?(?: id="([^"]*)")[^>]*>(.*?)</\1>', re.DOTALL)
_DROPPED_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|del|dfn|em|i|ins|kbd|mark|q|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)"
    r"(?: [^>]*)?>"
)
_DROPPED = re.compile(r"</?(?!(?:p|code|pre|li)[ >])[a-z][^>]*>")
_KEPT = re.compile(r"<(p|code|pre|li) [^>]*>")
_EMPTY = re.compile(r"<(p|code|pre|li)>\s*</\1>")
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")


def page_sections(search: str, title: str) -> tuple[Section, ...]:
    """Split a page's HTML for the search (`Fragment.search`) at its headings.

    Texts are HTML with `p`, `code`, `pre` and `li` only, without attributes; titles are escaped text. What stands
    before any heading has the page's `title`.
    """
    parts = _HEADING.split(search)
    lead = _text(parts[0])
    sections = [Section("", title, lead)] if lead else []
    for at in range(1, len(parts), 4):
        _, anchor, heading, text = parts[at : at + 4]
        sections.append(Section(unescape(anchor), plain(heading), _text(text)))
    return tuple(sections)


def plain(html: str) -> str:
    """Give HTML as text in one line, still escaped."""
    return _SPACE.sub(" ", _TAG.sub("", html)).strip()


def _text(html: str) -> str:
    html = _DROPPED.sub(" ", _DROPPED_INLINE.sub("", html))
    html = _EMPTY.sub("", _KEPT.sub(r"<\1>", html))
    if "<pre>" not in html:
        return _SPACE.sub(" ", html).strip()
    parts = _PRE.split(html)
    return "".join(each if at % 2 else _SPACE.sub(" ", each) for at, each in enumerate(parts)).strip()
