"""The sitemap: every page's own text once, with its addresses in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from site_builder.model.course import Course

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def edition_path(course: Course, language: str) -> str:
    """Give the path of an edition on the site: empty for the original, else `fr/`."""
    return "" if language == course.original.language else f"{language}/"


def sitemap(course: Course, address: str) -> str:
    """Give the sitemap of the site at `address`, a URL with a slash at its end."""
    groups: dict[str, list[tuple[str, str]]] = {
        "": [(edition.language, edition_path(course, edition.language)) for edition in course.editions]
    }
    for edition in course.editions:
        for page in edition.pages:
            if not page.is_fallback:
                path = f"{edition_path(course, edition.language)}{page.address}/"
                groups.setdefault(page.id, []).append((edition.language, path))
    return _HEAD + "".join(_urls(group, address) for group in groups.values()) + "</urlset>\n"


def _urls(group: list[tuple[str, str]], address: str) -> str:
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address + path)}/>\n'
        for language, path in group
    )
    return "".join(
        f"  <url>\n    <loc>{escape(address + path)}</loc>\n{links}  </url>\n" for _, path in group
    )
