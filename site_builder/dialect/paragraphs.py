"""Rule: paragraphs and underlined headings, to the line that starts something else or the component inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_block import blockquote as quote
from markdown_it.rules_block import fence, heading, hr, list_block, table
from mdit_py_plugins.footnote.index import footnote_def

from site_builder.dialect.conditions import condition
from site_builder.dialect.html_tags import html_block
from site_builder.dialect.jsx import LOOK, component, go_on_after
from site_builder.dialect.math import math_block
from site_builder.dialect.splitting import first_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

STARTERS: dict[str, tuple[Rule, ...]] = {
    "`": (fence,),
    "~": (fence,),
    "$": (math_block,),
    "\\": (math_block,),
    ">": (quote,),
    "*": (hr, list_block),
    "-": (hr, list_block),
    "_": (hr,),
    "+": (list_block,),
    "[": (footnote_def,),
    "<": (component, html_block),
    "{": (condition,),
    "#": (heading,),
    **dict.fromkeys("0123456789", (list_block,)),
}
"""The rules that can start a block, by the first character of its first line; `table` and paragraphs apart."""

_EVEN_INDENTED = (component, condition)
_NO_LIST_END = (list_block, heading, html_block, footnote_def)


def char_at(state: StateBlock, line: int) -> str:
    """Give the first character of a line that is not white space; an empty string on an empty line."""
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at] if at < state.eMarks[line] else ""


def starts_table(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Tell whether a table starts at `line`, or make it; looks at the line below first, which is cheap."""
    return line + 1 < end and char_at(state, line + 1) in {"|", "-", ":"} and table(state, line, end, silent)


def ends_paragraph(state: StateBlock, line: int, end: int) -> bool:
    """Tell whether a block starts at `line` that ends a paragraph above it."""
    rules = STARTERS.get(char_at(state, line), ())
    if state.sCount[line] - state.blkIndent > 3:  # noqa: PLR2004 - four spaces; only what is ours ends a paragraph there
        return any(rule(state, line, end, LOOK) for rule in rules if rule in _EVEN_INDENTED)
    if state.sCount[line] < 0:
        return False
    return any(rule(state, line, end, LOOK) for rule in rules) or starts_table(state, line, end, LOOK)


def ends_container(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Rule: what ends a quote, as markdown-it's chain `blockquote` has it; makes nothing."""
    return silent and any(rule(state, line, end, LOOK) for rule in STARTERS.get(char_at(state, line), ()))


def ends_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Rule: what ends a list between two items, as markdown-it's chain `list` has it; makes nothing."""
    rules = STARTERS.get(char_at(state, line), ())
    return silent and any(rule(state, line, end, LOOK) for rule in rules if rule not in _NO_LIST_END)


def paragraph(state: StateBlock, line: int, end: int) -> None:
    """Make a paragraph, or a heading where `===` or `---` stands under it."""
    outer, state.parentType = state.parentType, "paragraph"
    after, level, mark = line, 0, -1
    while True:
        mark = first_mark(state, after, end)
        after += 1
        if mark >= 0 or after >= end or state.isEmpty(after):
            break
        level = _underline(state, after)
        if level or ends_paragraph(state, after, end):
            break
    state.parentType = outer
    if mark >= 0:
        _push_cut(state, line, after, mark)
    else:
        _push(state, line, after, level)


def _underline(state: StateBlock, line: int) -> int:
    """Give the level of heading that a line under text makes of it, or 0."""
    char = char_at(state, line)
    if char not in {"-", "="} or not char or not 0 <= state.sCount[line] - state.blkIndent <= 3:  # noqa: PLR2004 - spaces
        return 0
    text = state.src[state.bMarks[line] : state.eMarks[line]].strip(" \t")
    return 0 if text.strip(char) else (1 if char == "=" else 2)


def _push(state: StateBlock, line: int, after: int, level: int) -> None:
    state.line = after + (level > 0)
    kind, tag = ("heading", f"h{level}") if level else ("paragraph", "p")
    token = state.push(f"{kind}_open", tag, 1)
    token.map = [line, state.line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(line, after, state.blkIndent, keepLastLF=False).strip(" \t\n\r\f\v")
    inline.map = [line, after]
    inline.children = []
    closing = state.push(f"{kind}_close", tag, -1)
    token.markup = closing.markup = ("=" if level == 1 else "-") if level else ""


def _push_cut(state: StateBlock, line: int, after: int, mark: int) -> None:
    """Make a paragraph that ends before `mark` in its last line, where a component or condition stands."""
    last = after - 1
    end, state.eMarks[last] = state.eMarks[last], mark
    _push(state, line, after, 0)
    state.eMarks[last] = end
    state.tokens[-3].meta = {"end": mark}
    go_on_after(state, last, mark)
