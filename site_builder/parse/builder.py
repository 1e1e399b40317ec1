"""What is gathered while a page's tokens become blocks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Element
from site_builder.parse.flags import flags_in
from site_builder.parse.references import inline_references, property_references
from site_builder.parse.tag_properties import read_properties

if TYPE_CHECKING:
    from markdown_it.token import Token

    from site_builder.dialect.conditions import Condition
    from site_builder.dialect.tag_scan import Tag
    from site_builder.model.document import Reference
    from site_builder.parse.nesting import Part
    from site_builder.parse.place import Place

_LONE = re.compile(r"<(/?)([bisu])>", re.IGNORECASE)


@dataclass
class Builder:
    """What is gathered while a page's tokens become blocks."""

    place: Place
    tokens: list[Token]
    findings: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    depth: int = 0
    open: Counter[str] = field(default_factory=Counter)
    """How many components of a name and conditions are open, in all containers around here."""

    late: list[Tag | Condition] = field(default_factory=list)
    """What was read inside a list or a quote and closes something that was opened outside it."""

    cursor: int = 0
    """The offset after what was read last."""

    closes: dict[int, int] = field(default_factory=dict)
    """For each opening token its closing one, by index."""

    def __post_init__(self) -> None:
        """Pair the tokens."""
        opened: list[int] = []
        for at, token in enumerate(self.tokens):
            if token.nesting > 0:
                opened.append(at)
            elif token.nesting < 0 and opened:
                self.closes[opened.pop()] = at


def extent_of(page: Builder, token: Token) -> tuple[int, int]:
    """Give the offsets between which a token's text stands; not before what was read last."""
    if token.map is None:
        return page.cursor, page.cursor
    start = max(page.place.line_start(token.map[0]), page.cursor)
    end = token.meta["end"] if "end" in token.meta else page.place.line_start(token.map[1])
    return start, max(start, end)


def start_of_mark(page: Builder, mark: str, start: int, end: int) -> int:
    """Give where `mark` stands, if something but white space stands before it in its line, else the line's start."""
    at = page.place.text.find(mark, start, end)
    return at if at >= 0 and page.place.text[start:at].strip() else start


def make_element(page: Builder, tag: Tag) -> Element:
    """Give a tag as an element without children, and note what its properties have."""
    values, places, findings = read_properties(tag, page.place)
    page.findings += findings
    for name, value in values.items():
        if tag.name != "iframe":
            page.references += property_references(value, places[name])
    span = page.place.span(tag.start, tag.end)
    return Element(span, span, tag.name, values, places, (), tag.kind == "self")


def inline_parts(page: Builder, inline: Token) -> list[Part]:
    """Note the references of an inline token, drop its comments, and give the components that stood in it."""
    children = inline.children or []
    if any(each.type in {"link_open", "image", "html_inline"} for each in children):
        page.references += inline_references(inline, page.place)
        _show_lone_tags(children)
    odd = [each for each in children if _is_odd(each)]
    if not odd:
        return []
    parts: list[Part] = []
    for each in odd:
        page.flags |= flags_in(each.content)
        if each.type == "mark_inline":
            parts += _hoisted(page, inline, each)
    inline.children = [each for each in children if not _is_odd(each)]
    return parts


def _show_lone_tags(children: list[Token]) -> None:
    """Make text of `<s>` and its like that nothing closes: a token's name, and a page struck through if it were a tag."""
    opened: dict[str, list[Token]] = {}
    for token in children:
        match = _LONE.fullmatch(token.content) if token.type == "html_inline" else None
        if match is None:
            continue
        waiting = opened.setdefault(match[2].lower(), [])
        if not match[1]:
            waiting.append(token)
        elif waiting:
            waiting.pop()
        else:
            token.type = "text"
    for token in (each for waiting in opened.values() for each in waiting):
        token.type = "text"


def _is_odd(token: Token) -> bool:
    return token.type == "mark_inline" or (token.type == "html_inline" and token.content.startswith("<!--"))


def _hoisted(page: Builder, inline: Token, token: Token) -> list[Part]:
    """Give the component that stands in a heading or a table as a block to put behind it; what closes is left for later."""
    mark: Any = token.meta.get("tag") or token.meta["condition"]
    first, after = inline.map or (0, 0)
    written = inline.content[mark.start : mark.end]
    start = page.place.text.find(
        written, max(page.cursor, page.place.line_start(first)), page.place.line_start(after)
    )
    shift = max(page.cursor, start) - mark.start
    page.cursor = mark.end + shift
    moved: Any = replace(mark, start=mark.start + shift, end=mark.end + shift)
    if mark.kind in {"close", "else", "elif", "end"}:
        page.late.append(moved)
    elif mark.kind == "self":
        attributes = tuple(
            replace(each, start=each.start + shift, end=each.end + shift) for each in mark.attributes
        )
        return [make_element(page, replace(moved, attributes=attributes, faults=()))]
    else:
        code = "unclosed-component" if "tag" in token.meta else "unclosed-condition"
        message = f"`{written}` cannot stand in a heading or a table"
        page.findings.append(
            Finding(code, page.place.span(moved.start, moved.end), message, "put it on a line of its own")
        )
    return []
