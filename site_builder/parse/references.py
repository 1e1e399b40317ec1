"""The links and pictures of a page, Markdown and HTML, as the author wrote them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from site_builder.dialect.embedded import is_embedded
from site_builder.model.document import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from site_builder.model.source import Span
    from site_builder.parse.place import Place

_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)\s[^<>]*?>", re.DOTALL)
_ADDRESS = re.compile(r"\b(href|src|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+))", re.IGNORECASE)
_IN_STRING = re.compile(r"(!?)\[[^\[\]]*\]\(\s*<?([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)")
_KINDS = {"a": "link", "area": "link", "img": "image", "image": "image"}


def inline_references(inline: Token, place: Place) -> Iterator[Reference]:
    """Give the references of an inline token, each at its place in the token's lines."""
    first, after = inline.map or (0, 0)
    start, end = place.line_start(first), place.line_start(after)
    for address, kind, written in _addresses(inline.children or ()):
        found = place.text.find(written, start, end) if written else -1
        at = place.text.find(address, max(found, start), end)
        if at >= 0:
            yield Reference(place.span(at, at + len(address)), address, kind)
            start = at + len(address)
        else:
            yield Reference(place.trimmed(start, end), address, kind)


def _addresses(tokens: list[Token] | tuple[()]) -> Iterator[tuple[str, str, str]]:
    """Give each address with its kind and what stands before it in the text."""
    opened: list[Token] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append(token)
        elif (
            token.type == "link_close" and opened
        ):  # the address stands behind the text, which may have a picture
            link = opened.pop()
            yield (
                str(link.attrs.get("href", "")),
                "link",
                "" if link.markup in {"linkify", "autolink"} else "](",
            )
        elif token.type == "image":
            yield from _addresses(token.children or ())
            if not is_embedded(str(token.attrs.get("src", ""))):
                yield str(token.attrs.get("src", "")), "image", "]("
        elif token.type == "html_inline":
            yield from ((address, kind, "=") for address, kind, _ in html_addresses(token.content))


def html_references(token: Token, place: Place) -> Iterator[Reference]:
    """Give the references of a block of HTML."""
    first, after = token.map or (0, 0)
    start, end = place.line_start(first), place.line_start(after)
    for address, kind, written in html_addresses(token.content):
        at = place.text.find(written, start, end)
        span = place.span(at, at + len(written)) if at >= 0 else place.trimmed(start, end)
        start = max(start, at)
        yield Reference(span, address, kind)


def html_addresses(text: str) -> Iterator[tuple[str, str, str]]:
    """Give each address in the tags of `text`: as a browser reads it, its kind, and as it is written."""
    if "=" not in text:
        return
    for tag in _TAG.finditer(text):
        name = tag[1].lower()
        for match in _ADDRESS.finditer(tag[0]):
            written = match[2] or match[3] or match[4] or ""
            if written and not is_embedded(written):
                kind = "image" if match[1].lower() == "poster" else _KINDS.get(name, "media")
                yield html.unescape(written), kind, written


def property_references(value: Any, span: Span) -> Iterator[Reference]:  # noqa: ANN401 - any JSON value
    """Give the references in the strings of a property: those of questions have links."""
    if isinstance(value, str):
        if "](" in value or "<" in value:
            for match in _IN_STRING.finditer(value):
                yield Reference(span.find(match[2]), match[2], "image" if match[1] else "link")
            for address, kind, written in html_addresses(value):
                yield Reference(span.find(written), address, kind)
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from property_references(each, span)
