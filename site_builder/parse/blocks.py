"""The parser's tokens to blocks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import CALLOUT_KINDS, Block, Callout, Element, Heading
from site_builder.parse.cells import with_cells
from site_builder.parse.fences import read_fence
from site_builder.parse.flags import flags_in, without_comments
from site_builder.parse.headings_text import leaves
from site_builder.parse.nesting import Chunk, Frame, Part, Stack, as_blocks, make_switch
from site_builder.parse.properties import finding_of, read_properties
from site_builder.parse.references import html_references, inline_references, property_references

if TYPE_CHECKING:
    from markdown_it.token import Token

    from site_builder.dialect.conditions import Condition
    from site_builder.dialect.tag_scan import Tag
    from site_builder.model.document import Reference
    from site_builder.parse.place import Place

_DEEPEST = 30
"""How deep components may stand in each other; a tag beyond it is dropped, its content stays."""


@dataclass
class Builder:
    """What is gathered while a page's tokens become blocks."""

    place: Place
    tokens: list[Token]
    findings: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    depth: int = 0
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


def container(page: Builder, first: int, after: int) -> list[Part]:
    """Give the parts of tokens `first` to before `after`, which are all of one container."""
    stack = Stack()
    at = first
    while at < after:
        at = _next(page, stack, at)
    while len(stack.frames) > 1:
        _give_up(page, stack)
    return with_cells(stack.top.parts)


def _next(page: Builder, stack: Stack, at: int) -> int:
    """Read what starts at token `at`; gives the index of the token after it."""
    token = page.tokens[at]
    close = page.closes.get(at, at)
    start, end = _extent(page, token)
    match token.type:
        case "heading_open":
            _heading(page, stack, at, start, end)
        case "fence":
            start = _place_of_mark(page, token.markup, start, end)
            block, findings = read_fence(token, page.place, start, end)
            stack.top.parts.append(block)
            page.findings += findings
        case "component":
            _tag(page, stack, token.meta["tag"])
            end = token.meta["tag"].end
        case "condition":
            _condition(page, stack, token.meta["condition"])
            end = token.meta["condition"].end
        case "fault":
            page.findings.append(finding_of(token.meta["fault"], page.place))
        case "html_block":
            _html(page, stack, token, start, end)
        case "blockquote_open":
            _quote(page, stack, at, start, end)
        case "paragraph_open" | "inline":
            _plain(page, stack, at, close, start, end)
        case "math_block" | "hr":
            stack.top.parts.append(Chunk([token], start, end))
        case _ if close > at:
            stack.top.parts.append(_nested(page, at, close, start, end))
        case _:
            stack.top.parts.append(Chunk([token], start, end))
    if token.map:
        page.cursor = max(page.cursor, end)
    return close + 1


def _extent(page: Builder, token: Token) -> tuple[int, int]:
    """Give the offsets between which a token's text stands; not before what was read last."""
    if token.map is None:
        return page.cursor, page.cursor
    start = max(page.place.line_start(token.map[0]), page.cursor)
    end = token.meta["end"] if "end" in token.meta else page.place.line_start(token.map[1])
    return start, max(start, end)


def _place_of_mark(page: Builder, mark: str, start: int, end: int) -> int:
    """Give where `mark` stands, if something but white space stands before it in its line, else the line's start."""
    at = page.place.text.find(mark, start, end)
    return at if at >= 0 and page.place.text[start:at].strip() else start


def _nested(page: Builder, at: int, close: int, start: int, end: int) -> Chunk:
    """Read a list, a quote or a table: its tokens, with what is not plain as islands."""
    tokens = page.tokens
    items: list[Token | Block] = [tokens[at]]
    for part in container(page, at + 1, close):
        items += part.items if isinstance(part, Chunk) else [part]
    items.append(tokens[close])
    return Chunk(items, start, end)


def _plain(page: Builder, stack: Stack, at: int, close: int, start: int, end: int) -> None:
    """Read a paragraph, or the text of a table's cell."""
    inline = page.tokens[at + (close > at)]
    extra = inline_parts(page, inline)
    if inline.children or close == at:
        stack.top.parts.append(Chunk(list(page.tokens[at : close + 1]), start, end))
    stack.top.parts += extra


def inline_parts(page: Builder, inline: Token) -> list[Part]:
    """Note the references of an inline token, drop its comments, and give the components that stood in it."""
    children = inline.children or []
    if any(each.type in {"link_open", "image", "html_inline"} for each in children):
        page.references += inline_references(inline, page.place)
    odd = [each for each in children if each.type == "mark_inline" or each.content.startswith("<!--")]
    if not odd:
        return []
    parts: list[Part] = []
    for each in odd:
        page.flags |= flags_in(each.content)
        if each.type == "mark_inline":
            parts += _hoisted(page, inline, each)
    inline.children = [each for each in children if each not in odd]
    return parts


def _hoisted(page: Builder, inline: Token, token: Token) -> list[Part]:
    """Give the component that stands in a heading or a table as a block to put behind it."""
    mark: Any = token.meta.get("tag") or token.meta["condition"]
    first, after = inline.map or (0, 0)
    written = inline.content[mark.start : mark.end]
    start = page.place.text.find(written, page.place.line_start(first), page.place.line_start(after))
    shift = max(0, start) - mark.start
    if "tag" in token.meta and mark.kind == "self":
        moved = tuple(replace(each, start=each.start + shift, end=each.end + shift) for each in mark.attributes)
        return [_element(page, replace(mark, start=mark.start + shift, end=mark.end + shift, attributes=moved, faults=()))]
    code = "bad-condition" if "condition" in token.meta else "stray-close" if mark.kind == "close" else "unclosed-component"
    span = page.place.span(mark.start + shift, mark.end + shift)
    page.findings.append(Finding(code, span, f"`{written}` cannot stand in a heading or a table", "put it on a line of its own"))
    return []


def _heading(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    token, inline = page.tokens[at], page.tokens[at + 1]
    extra = inline_parts(page, inline)
    start = _place_of_mark(page, token.markup if token.markup.startswith("#") else inline.content[:10], start, end)
    children = tuple(inline.children or ())
    span = page.place.trimmed(start, end)
    stack.top.parts.append(Heading(span, int(token.tag[1]), leaves(children), children, token.meta.get("explicit")))
    stack.top.parts += extra


def _html(page: Builder, stack: Stack, token: Token, start: int, end: int) -> None:
    if "<!--" in token.content:
        page.flags |= flags_in(token.content)
        token.content = without_comments(token.content)
    if token.content.strip():
        page.references += html_references(token, page.place)
        stack.top.parts.append(Chunk([token], start, end))


def _quote(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    close = page.closes[at]
    kind = page.tokens[at].meta.get("callout")
    if kind is None:
        stack.top.parts.append(_nested(page, at, close, start, end))
        return
    start = _place_of_mark(page, ">", start, end)
    span = page.place.trimmed(start, end)
    if kind not in CALLOUT_KINDS:
        message = f"no callout is called `{kind.upper()}`"
        page.findings.append(Finding("unknown-component", span.find("[!" + page.tokens[at].meta["written"]), message, "use `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`"))
        kind = "note"
    children = as_blocks(container(page, at + 1, close), page.place)
    stack.top.parts.append(Callout(span, kind, "", children))


def _tag(page: Builder, stack: Stack, tag: Tag) -> None:
    if tag.kind == "close":
        _close(page, stack, tag)
    elif tag.kind == "open" and page.depth < _DEEPEST:
        page.depth += 1
        stack.push(Frame(tag=tag, element=_element(page, tag)))
    elif tag.kind == "open":
        page.findings.append(_unclosed(page, tag, f"`<{tag.name}>` stands in too many others"))
    else:
        stack.top.parts.append(_element(page, tag))


def _element(page: Builder, tag: Tag) -> Element:
    values, places, findings = read_properties(tag, page.place)
    page.findings += findings
    for name, value in values.items():
        if tag.name != "iframe":
            page.references += property_references(value, places[name])
    span = page.place.span(tag.start, tag.end)
    return Element(span, span, tag.name, values, places, (), tag.kind == "self")


def _close(page: Builder, stack: Stack, tag: Tag) -> None:
    if not stack.names[tag.name]:
        span = page.place.span(tag.start, tag.end)
        page.findings.append(Finding("stray-close", span, f"`</{tag.name}>` closes nothing", f"remove it, or write `<{tag.name}>` above"))
        return
    while stack.top.tag is None or stack.top.tag.name != tag.name:
        _give_up(page, stack)
    frame = stack.pop()
    page.depth -= 1
    if frame.element and frame.tag:
        span = page.place.span(frame.tag.start, tag.end)
        stack.top.parts.append(replace(frame.element, span=span, children=_finish(page, frame.parts)))


def _finish(page: Builder, parts: list[Part]) -> tuple[Block, ...]:
    return as_blocks(with_cells(parts), page.place)


def _give_up(page: Builder, stack: Stack) -> None:
    """Close a frame that nothing closes: its tag stays as an element without content, its content follows it."""
    frame = stack.pop()
    page.depth -= 1
    if frame.tag and frame.element:
        page.findings.append(_unclosed(page, frame.tag, f"`<{frame.tag.name}>` is never closed"))
        stack.top.parts.append(frame.element)
    elif frame.mark:
        first = frame.arms[0][0] if frame.arms else frame.mark
        span = page.place.span(first.start, first.end)
        page.findings.append(Finding("unclosed-condition", span, "the condition is never closed", "close it with `{/if}`"))
    stack.top.parts += frame.all_parts


def _unclosed(page: Builder, tag: Tag, message: str) -> Finding:
    span = page.place.span(tag.start, tag.end)
    return Finding("unclosed-component", span, message, f"close it with `</{tag.name}>`, or end it with `/>` if it has no content")


def _condition(page: Builder, stack: Stack, mark: Condition) -> None:
    span = page.place.span(mark.start, mark.end)
    if mark.meant:
        page.findings.append(Finding("bad-condition", span, f"`{span.text}` is no condition", f"write `{mark.meant}`"))
    if mark.kind == "if":
        if page.depth < _DEEPEST:
            page.depth += 1
            stack.push(Frame(mark=mark))
        return
    if not stack.names["{#if}"]:
        page.findings.append(Finding("bad-condition", span, f"`{span.text}` belongs to no `{{#if …}}`", "remove it, or write `{#if …}` above"))
        return
    while stack.top.mark is None:
        _give_up(page, stack)
    if mark.kind == "end":
        frame = stack.pop()
        page.depth -= 1
        first = frame.arms[0][0] if frame.arms else mark if frame.mark is None else frame.mark
        whole = page.place.span(first.start, mark.end)
        stack.top.parts.append(make_switch(frame, whole, page.place, lambda parts: _finish(page, parts)))
        return
    stack.top.arms.append((stack.top.mark, stack.top.parts))
    stack.top.mark, stack.top.parts = mark, []
