"""Rule: components, `<Tag a={…}>`, `</Tag>` and `<Tag />`, wherever a line of a block starts with one."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from site_builder.dialect.tag_scan import EMPTY_NAMES, TAG_START, Fault, Tag, scan_tag
from site_builder.dialect.view import View, is_quoted, lines_view

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_CLOSER = re.compile(r"</([A-Z][A-Za-z0-9_]*(?:\.\w+)*)")

LOOK, MAKE = True, False
"""What a rule is asked for, as markdown-it's `silent`: only whether it fits, or to make its tokens."""

NOTES = "chapter"
"""The key of `Notes` in markdown-it's `env`."""

_FAR, _NEAR, _PATIENCE = 20_000, 200, 8
"""How far a tag's end is looked for, and how far once so many were never finished: each costs time."""


@dataclass
class Notes:
    """What the rules note of a page while it is parsed: tags by their offset, and faults that have no token."""

    known: frozenset[str] = frozenset()
    """The names of components, where the caller knows them."""

    tags: dict[int, Tag | None] = field(default_factory=dict)
    faults: dict[tuple[str, int], Fault] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    unfinished: int = 0
    closers: frozenset[str] | None = None

    def last_place(self, text: str, mark: str) -> int:
        """Give the last place of `mark` in `text`, or -1; looked up once."""
        if mark not in self.last:
            self.last[mark] = text.rfind(mark)
        return self.last[mark]

    def closed_names(self, text: str) -> frozenset[str]:
        """Give the names of all closing tags in `text`, the page's; looked up once."""
        if self.closers is None:
            self.closers = frozenset(_CLOSER.findall(text))
        return self.closers

    def is_placeholder(self, tag: Tag, text: str) -> bool:
        """Tell whether a tag amid text is no tag: `<Your name>` has words alone, is closed nowhere, and is like no component."""
        if tag.kind != "open" or tag.name in self.closed_names(text):
            return False
        if any(each.kind != "flag" for each in tag.attributes):
            return False
        return tag.name not in EMPTY_NAMES and not get_close_matches(tag.name, self.known, n=1, cutoff=0.8)


def notes_of(env: MutableMapping[str, Any]) -> Notes:
    """Give the notes of the page being parsed."""
    found: Notes = env.setdefault(NOTES, Notes())
    return found


def tag_at(state: StateBlock, line: int, at: int, end: int) -> Tag | None:
    """Read the tag at offset `at` of line `line`, in a container that ends before line `end`."""
    notes = notes_of(state.env)
    if at in notes.tags:
        return notes.tags[at]
    found = _scan(state, line, at, end) if TAG_START.match(state.src, at) else None
    if isinstance(found, Fault):
        notes.unfinished += 1
        if _starts_line(state, line, at):
            notes.faults[found.code, found.start] = found
        found = None
    notes.tags[at] = found
    return found


def _starts_line(state: StateBlock, line: int, at: int) -> bool:
    return at == state.bMarks[line] + state.tShift[line]


def _scan(state: StateBlock, line: int, at: int, end: int) -> Tag | Fault | None:
    if not is_quoted(state, line, end):
        reach = _FAR if notes_of(state.env).unfinished < _PATIENCE else _NEAR
        return scan_tag(state.src, at, min(state.eMarks[end - 1], at + reach))
    view = lines_view(state, line, at, end)
    found = scan_tag(view.text, 0, len(view.text))
    return None if found is None else _placed(found, view)


def _placed(found: Tag | Fault, view: View) -> Tag | Fault:
    if isinstance(found, Fault):
        return replace(found, start=view.place(found.start), end=view.place(found.end - 1) + 1)
    parts: Any = [
        tuple(replace(each, start=view.place(each.start), end=view.place(each.end - 1) + 1) for each in group)
        for group in (found.attributes, found.faults)
    ]
    return replace(
        found, start=view.place(0), end=view.place(found.end - 1) + 1, attributes=parts[0], faults=parts[1]
    )


def go_on_after(state: StateBlock, line: int, offset: int) -> None:
    """Let parsing go on at `offset`, which stands in `line` or below it: on the next line where nothing is left."""
    after = bisect_left(state.eMarks, offset, line)
    end = state.eMarks[after]
    rest = state.src[offset:end]
    text = rest.lstrip(" \t")
    state.line = after
    if not text:
        state.line += 1
        return
    state.bMarks[after] = offset
    state.tShift[after] = len(rest) - len(text)
    state.sCount[after] = state.blkIndent


def push(state: StateBlock, kind: str, meta: dict[str, Any], line: int) -> Token:
    """Push a token of type `kind` for what starts in `line` and ends where the state is now."""
    token = state.push(kind, "", 0)
    token.meta = meta
    token.map = [line, max(state.line, line + 1)]
    return token


def component(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read a tag at a block's start."""
    start = state.bMarks[line] + state.tShift[line]
    tag = tag_at(state, line, start, end)
    if tag is None or (tag.attributes and notes_of(state.env).is_placeholder(tag, state.src)):
        return False
    if not silent:
        go_on_after(state, line, tag.end)
        push(state, "component", {"tag": tag, "end": tag.end}, line)
    return True
