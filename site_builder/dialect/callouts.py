"""Rule: `> [!TIP]` and its kind: the mark is taken off the quote's first line and noted on its token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_MARK = re.compile(r"\\?\[!([A-Za-z]{2,20})\\?\](?!\()[ \t]*\n?")


def callouts(state: StateCore) -> None:
    """Note `callout`, the kind in small letters, in the `meta` of the quotes that start with a mark.

    The mark goes off the text; a paragraph that had nothing else goes whole.
    """
    kept: list[Token] = []
    opened = -9
    for at, token in enumerate(state.tokens):
        kept.append(token)
        if token.type == "blockquote_open":
            opened = at
        elif token.type == "inline" and at == opened + 2:
            match = _MARK.match(token.content)
            if match is not None:
                state.tokens[opened].meta = {"callout": match[1].lower(), "written": match[1]}
                token.content = token.content[match.end() :]
        elif at == opened + 3 and "callout" in state.tokens[opened].meta and not state.tokens[at - 1].content:
            del kept[-3:]
    state.tokens[:] = kept
