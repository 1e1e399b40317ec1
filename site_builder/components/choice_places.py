"""Where the objects of a list stand in the text of a property."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = re.compile(r"\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*'|//[^\n]*|/\*[\s\S]*?\*/|[{}\[\]]")


def object_spans(span: Span, depth: int = 2) -> tuple[Span, ...]:
    """Give the places of the objects at bracket depth `depth` (`choices={[{…}]}`: 2) inside `span`."""
    found, level, start = [], 0, span.start
    for match in _PARTS.finditer(span.source.text, span.start, span.end):
        mark = match[0]
        if mark in {"{", "["}:
            if level == depth and mark == "{":
                start = match.start()
            level += 1
        elif mark in {"}", "]"}:
            level -= 1
            if level == depth and mark == "}":
                found.append(Span(span.source, start, match.end()))
    return tuple(found)


def key_span(span: Span, key: str) -> Span:
    """Give the place of `key:` in an object, outside of its strings; the object's place where it has no such key."""
    for start, end in _gaps(span):
        match = re.compile(rf"(?<![\w$]){re.escape(key)}(?=\s*:)").search(span.source.text, start, end)
        if match:
            return Span(span.source, match.start(), match.end())
    quoted = re.compile(rf"[\"']{re.escape(key)}[\"'](?=\s*:)").search(span.source.text, span.start, span.end)
    return Span(span.source, quoted.start(), quoted.end()) if quoted else span


def _gaps(span: Span) -> Iterator[tuple[int, int]]:
    at = span.start
    for match in _PARTS.finditer(span.source.text, span.start, span.end):
        if match[0] not in {"{", "}", "[", "]"}:
            yield at, match.start()
            at = match.end()
    yield at, span.end
