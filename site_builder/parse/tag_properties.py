"""A tag's attributes to an element's properties."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding
from site_builder.dialect.literals import NotALiteralError, read_literal

if TYPE_CHECKING:
    from site_builder.dialect.tag_scan import Attribute, Fault, Tag
    from site_builder.model.source import Span
    from site_builder.parse.place import Place

_HANDLER = re.compile(r"on(?:[A-Z]|:)|bind:|@|use:|class:|let:|v-|x-")


def read_properties(tag: Tag, place: Place) -> tuple[dict[str, Any], dict[str, Span], tuple[Finding, ...]]:
    """Give the values of a tag's properties, the places of them (`name={…}` as written), and what is wrong.

    A property whose value cannot be read has a place and no value. A name alone is true; `{name}` alone as well.
    """
    values: dict[str, Any] = {}
    places: dict[str, Span] = {}
    findings = [finding_of(fault, place) for fault in tag.faults]
    for each in tag.attributes:
        span = place.span(each.start, each.end)
        if each.kind == "spread" or _HANDLER.match(each.name):
            what = "a spread" if each.kind == "spread" else f"the handler `{each.name}`"
            findings.append(Finding("mdx-expression", span, f"{what} does not work in chapters", "remove it"))
            continue
        places[each.name] = span
        _read(each, place, values, findings)
    return values, places, tuple(findings)


def _read(each: Attribute, place: Place, values: dict[str, Any], findings: list[Finding]) -> None:
    if each.kind == "flag" or (each.kind == "braces" and each.name == each.text):
        values[each.name] = True
    elif each.kind == "string":
        values[each.name] = html.unescape(each.text) if "&" in each.text else each.text
    else:
        try:
            values[each.name] = read_literal(each.text)
        except NotALiteralError as error:
            findings.append(_unreadable(each, place, error))


def _unreadable(each: Attribute, place: Place, error: NotALiteralError) -> Finding:
    start = max(
        each.start,
        place.text.find(each.text[:1], place.text.find("{", each.start)) if each.text else each.start,
    )
    at = min(start + error.offset, max(each.start, each.end - 1))
    if error.is_code:
        span = place.span(each.start, each.end)
        return Finding(
            "mdx-expression",
            span,
            f"the value of `{each.name}` is an expression",
            "write the value itself, a JSON5 literal",
        )
    return Finding(
        "bad-prop",
        place.span(at, at + 1),
        f"the value of `{each.name}` cannot be read: {error}",
        "check its quotation marks, commas and brackets",
    )


def finding_of(fault: Fault, place: Place) -> Finding:
    """Give the finding of a fault that the dialect found."""
    return Finding(fault.code, place.span(fault.start, fault.end), fault.message, fault.help)
