"""Tags and conditions: what opens, what closes, and what is never closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.dialect.conditions import read_test
from site_builder.dialect.tag_scan import EMPTY_NAMES, Tag
from site_builder.parse.builder import Builder, make_element
from site_builder.parse.cells import with_cells
from site_builder.parse.nesting import CONDITION, Frame, Part, Stack, as_blocks
from site_builder.parse.switches import make_switch

if TYPE_CHECKING:
    from site_builder.dialect.conditions import Condition
    from site_builder.model.document import Block

_DEEPEST = 30
"""How deep components may stand in each other; a tag beyond it is dropped, its content stays."""


def read_tag(page: Builder, stack: Stack, tag: Tag) -> None:
    """Open or close a component, or add one that is closed by itself."""
    if tag.kind == "close":
        if tag.name not in EMPTY_NAMES:
            _close(page, stack, tag)
    elif tag.kind == "self" or tag.name in EMPTY_NAMES:
        stack.top.parts.append(make_element(page, tag))
    elif page.depth < _DEEPEST:
        _open(page, stack, Frame(tag=tag, element=make_element(page, tag)))
    else:
        page.findings.append(_unclosed(page, tag, f"`<{tag.name}>` stands in too many others"))


def read_late(page: Builder, stack: Stack) -> None:
    """Close here what the end of a list item or of a quote meant to close: `- last item</Tip>`."""
    late, page.late = page.late, []
    for each in late:
        if isinstance(each, Tag):
            _close(page, stack, each)
        else:
            read_condition(page, stack, each)


def _open(page: Builder, stack: Stack, frame: Frame) -> None:
    page.depth += 1
    page.open[frame.name] += 1
    stack.push(frame)


def _shut(page: Builder, stack: Stack) -> Frame:
    frame = stack.pop()
    page.depth -= 1
    page.open[frame.name] -= 1
    return frame


def _close(page: Builder, stack: Stack, tag: Tag) -> None:
    if not stack.names[tag.name] and page.open[tag.name]:
        page.late.append(tag)
        return
    if not stack.names[tag.name]:
        span = page.place.span(tag.start, tag.end)
        page.findings.append(
            Finding(
                "stray-close",
                span,
                f"`</{tag.name}>` closes nothing",
                f"remove it, or write `<{tag.name}>` above",
            )
        )
        return
    while stack.top.tag is None or stack.top.tag.name != tag.name:
        give_up(page, stack)
    frame = _shut(page, stack)
    if frame.element and frame.tag:
        span = page.place.span(frame.tag.start, tag.end)
        children = _finish(page, frame.parts)
        if children and children[-1].span.end > span.end:  # closed at the end of a list item
            span = replace(span, end=children[-1].span.end)
        stack.top.parts.append(replace(frame.element, span=span, children=children))


def _finish(page: Builder, parts: list[Part]) -> tuple[Block, ...]:
    return as_blocks(with_cells(parts, page.findings), page.place)


def give_up(page: Builder, stack: Stack) -> None:
    """Close a frame that nothing closes: its tag stays as an element without content, its content follows it."""
    frame = _shut(page, stack)
    if frame.tag and frame.element:
        page.findings.append(_unclosed(page, frame.tag, f"`<{frame.tag.name}>` is never closed"))
        stack.top.parts.append(frame.element)
    elif frame.mark:
        first = frame.arms[0][0] if frame.arms else frame.mark
        span = page.place.span(first.start, first.end)
        page.findings.append(
            Finding("unclosed-condition", span, "the condition is never closed", "close it with `{/if}`")
        )
    stack.top.parts += frame.all_parts


def _unclosed(page: Builder, tag: Tag, message: str) -> Finding:
    span = page.place.span(tag.start, tag.end)
    return Finding(
        "unclosed-component",
        span,
        message,
        f"close it with `</{tag.name}>`, or end it with `/>` if it has no content",
    )


def read_condition(page: Builder, stack: Stack, mark: Condition) -> None:
    """Open a condition, go to its next variant, or close it."""
    if mark.kind == "if":
        _check(page, mark)
        if page.depth < _DEEPEST:
            _open(page, stack, Frame(mark=mark))
        return
    if not stack.names[CONDITION] and page.open[CONDITION]:
        page.late.append(mark)
        return
    if not stack.names[CONDITION]:
        span = page.place.span(mark.start, mark.end)
        message = f"`{span.text}` belongs to no `{{#if …}}`"
        page.findings.append(Finding("bad-condition", span, message, "remove it, or write `{#if …}` above"))
        return
    _check(page, mark)
    while stack.top.mark is None:
        give_up(page, stack)
    if mark.kind == "end":
        _end_condition(page, stack, mark)
    else:
        stack.top.arms.append((stack.top.mark, stack.top.parts))
        stack.top.mark, stack.top.parts = mark, []


def _end_condition(page: Builder, stack: Stack, mark: Condition) -> None:
    frame = _shut(page, stack)
    first = frame.arms[0][0] if frame.arms else frame.mark or mark
    whole = page.place.span(first.start, mark.end)
    stack.top.parts.append(make_switch(frame, whole, page.place, lambda parts: _finish(page, parts)))


def _check(page: Builder, mark: Condition) -> None:
    """Note what is wrong with a condition's mark."""
    span = page.place.span(mark.start, mark.end)
    if mark.meant:
        page.findings.append(
            Finding("bad-condition", span, f"`{span.text}` is no condition", f"write `{mark.meant}`")
        )
    elif mark.kind in {"if", "elif"} and read_test(mark.test) is None:
        message = f"the test `{mark.test}` cannot be read"
        page.findings.append(Finding("bad-condition", span, message, "write a test such as `fw === 'pt'`"))
