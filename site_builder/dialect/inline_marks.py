"""Rules: footnote marks `[^x]`, and components where no block can stand, in headings and cells of tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.footnote.index import footnote_ref as standard_ref

from site_builder.dialect.conditions import condition_at
from site_builder.dialect.jsx import notes_of
from site_builder.dialect.tag_scan import Tag, scan_tag

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_LONGEST = 300
"""How many characters a tag in a heading or a cell may have: those that never end are looked for no further."""

_FOOTNOTE = re.compile(r"\[\^[^\s\]]{1,200}\]")


def footnote_ref(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read a footnote's mark."""
    return _FOOTNOTE.match(state.src, state.pos, state.posMax) is not None and standard_ref(state, silent)


def mark_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read a component's tag or a condition's mark where no block can stand: a token, which the page builder takes out."""
    if state.src[state.pos] == "{":
        mark = condition_at(state.src, state.pos, state.posMax, alone=False)
        meta, end = {"condition": mark}, mark.end if mark else 0
    else:
        tag = scan_tag(state.src, state.pos, min(state.posMax, state.pos + _LONGEST))
        if not isinstance(tag, Tag) or notes_of(state.env).is_placeholder(tag, state.src):
            return False
        meta, end = {"tag": tag}, tag.end  # type: ignore[dict-item]  # one of two metas
    if not end:
        return False
    if not silent:
        state.push("mark_inline", "", 0).meta = meta
    state.pos = end
    return True
