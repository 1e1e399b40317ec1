"""The parser's tokens to blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import CALLOUT_KINDS, Callout, Heading
from site_builder.parse.builder import Builder, extent_of, inline_parts, start_of_mark
from site_builder.parse.cells import with_cells
from site_builder.parse.enclosing import give_up, read_condition, read_late, read_tag
from site_builder.parse.fences import read_fence
from site_builder.parse.flags import flags_in, without_comments
from site_builder.parse.nesting import Chunk, Part, Stack, as_blocks
from site_builder.parse.plain_text import leaves
from site_builder.parse.references import html_references
from site_builder.parse.tag_properties import finding_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from site_builder.model.document import Block

    Reader = Callable[[Builder, Stack, int, int, int], None]
    """Reads what starts at a token's index and stands between two offsets."""


def container(page: Builder, first: int, after: int) -> list[Part]:
    """Give the parts of tokens `first` to before `after`, which are all of one container."""
    stack = Stack()
    at = first
    while at < after:
        token = page.tokens[at]
        start, end = extent_of(page, token)
        _READERS.get(token.type, _other)(page, stack, at, start, end)
        page.cursor = max(page.cursor, end)
        at = page.closes.get(at, at) + 1
    while len(stack.frames) > 1:
        give_up(page, stack)
    return with_cells(stack.top.parts, page.findings)


def _fence(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    token = page.tokens[at]
    block, findings = read_fence(token, page.place, start_of_mark(page, token.markup, start, end), end)
    stack.top.parts.append(block)
    page.findings += findings


def _component(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:  # noqa: ARG001 - a reader's form
    read_tag(page, stack, page.tokens[at].meta["tag"])


def _condition(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:  # noqa: ARG001 - a reader's form
    read_condition(page, stack, page.tokens[at].meta["condition"])


def _fault(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:  # noqa: ARG001 - a reader's form
    page.findings.append(finding_of(page.tokens[at].meta["fault"], page.place))


def _other(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    """Read a token that stands alone, or a list, a quote, a table: its tokens, with what is not plain as islands."""
    close = page.closes.get(at, at)
    items: list[Token | Block] = [page.tokens[at]]
    if close > at:
        for part in container(page, at + 1, close):
            items += part.items if isinstance(part, Chunk) else [part]
        items.append(page.tokens[close])
    stack.top.parts.append(Chunk(items, start, end))
    read_late(page, stack)


def _plain(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    """Read a paragraph, or the text of a table's cell."""
    close = page.closes.get(at, at)
    inline = page.tokens[at + (close > at)]
    extra = inline_parts(page, inline)
    if inline.children or close == at:
        stack.top.parts.append(Chunk(list(page.tokens[at : close + 1]), start, end))
    stack.top.parts += extra
    read_late(page, stack)


def _heading(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    token, inline = page.tokens[at], page.tokens[at + 1]
    extra = inline_parts(page, inline)
    start = start_of_mark(
        page, token.markup if token.markup.startswith("#") else inline.content[:10], start, end
    )
    children = tuple(inline.children or ())
    span = page.place.trimmed(start, end)
    stack.top.parts.append(
        Heading(span, int(token.tag[1]), leaves(children), children, token.meta.get("explicit"))
    )
    stack.top.parts += extra
    read_late(page, stack)


def _html(page: Builder, stack: Stack, at: int, start: int, end: int) -> None:
    token = page.tokens[at]
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
        _other(page, stack, at, start, end)
        return
    start = start_of_mark(page, ">", start, end)
    span = page.place.trimmed(start, end)
    if kind not in CALLOUT_KINDS:
        message = f"no callout is called `{kind.upper()}`"
        page.findings.append(
            Finding(
                "unknown-component",
                span.find("[!" + page.tokens[at].meta["written"]),
                message,
                "use `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`",
            )
        )
        kind = "note"
    children = as_blocks(container(page, at + 1, close), page.place)
    stack.top.parts.append(Callout(span, kind, "", children))
    read_late(page, stack)


_READERS: dict[str, Reader] = {
    "heading_open": _heading,
    "fence": _fence,
    "component": _component,
    "condition": _condition,
    "fault": _fault,
    "html_block": _html,
    "blockquote_open": _quote,
    "paragraph_open": _plain,
    "inline": _plain,
}
