"""Where a paragraph or a stretch of HTML is cut: at the first component or condition inside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.dialect.conditions import condition_at
from site_builder.dialect.jsx import notes_of, tag_at
from site_builder.dialect.tag_scan import PLAIN_NAMES

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_MARK = rf"</?(?:[A-Z]|(?i:{PLAIN_NAMES}))|\{{[#:/]"
_HINT = re.compile(_MARK)
_STOP = re.compile(rf"\\[\s\S]|(`+)|<!--|({_MARK})")


def first_mark(state: StateBlock, line: int, end: int) -> int:
    """Give the offset of the first component or condition inside `line`, but not in code or comments; -1 if none.

    `end` is the line after the container's last: a tag may go on to there.
    """
    src, start, limit = state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not _HINT.search(src, start, limit):
        return -1
    at = start
    while match := _STOP.search(src, at, limit):
        at = match.end()
        if match[1]:
            at = _after_code(src, match[1], at, limit)
        elif match[0] == "<!--":
            at = max(at, src.find("-->", at, limit))
        elif match[2] and match.start() > start and _is_mark(state, line, match.start(), end):
            return match.start()
    return -1


def _after_code(src: str, ticks: str, at: int, limit: int) -> int:
    """Give the offset after the code span that `ticks` open before `at`; `at` where they open none."""
    close = src.find(ticks, at, limit)
    while close >= 0 and src.startswith("`", close + len(ticks)):
        close += len(ticks)
        while src.startswith("`", close):
            close += 1
        close = src.find(ticks, close, limit)
    return at if close < 0 else close + len(ticks)


def _is_mark(state: StateBlock, line: int, at: int, end: int) -> bool:
    if state.src[at] == "{":
        return condition_at(state.src, at, state.eMarks[line], alone=False) is not None
    tag = tag_at(state, line, at, end)
    return tag is not None and not notes_of(state.env).is_placeholder(tag, state.src)
