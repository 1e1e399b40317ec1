"""The parser of chapters: CommonMark with tables, strikethrough, footnotes, formulas, components and variants."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote.index import footnote_tail

from site_builder.dialect.block_parser import ChapterBlocks
from site_builder.dialect.callouts import callouts
from site_builder.dialect.inline_parser import ChapterInlines

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_DEEPEST = 60
_EXPLICIT_ID = re.compile(r"\s*\[\[([^\[\]\n]+)\]\]\s*$")


class ChapterMarkdown(MarkdownIt):
    """A parser that leaves addresses as they are written: resolve judges them, and render encodes them."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - markdown-it's name and form
        """Take any address: resolve has findings for those that are not allowed."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Leave the address as written."""
        return url


@lru_cache(maxsize=1)
def make_parser() -> MarkdownIt:
    """Give the parser; one for the process, since it keeps nothing of a page."""
    parser = ChapterMarkdown("commonmark", {"maxNesting": _DEEPEST})
    parser.block = ChapterBlocks()
    parser.inline = ChapterInlines()
    parser.core.ruler.before("inline", "explicit_id", explicit_id)
    parser.core.ruler.before("inline", "callouts", callouts)
    parser.core.ruler.after("inline", "footnote_tail", footnote_tail)
    parser.core.ruler.enable(["explicit_id", "callouts", "footnote_tail"])
    return parser


def explicit_id(state: StateCore) -> None:
    """Take `[[x]]` off the end of headings; it goes to the `meta` of the opening token."""
    for at, token in enumerate(state.tokens):
        if token.type == "heading_open":
            inline = state.tokens[at + 1]
            match = _EXPLICIT_ID.search(inline.content[-300:]) if inline.content.endswith("]]") else None
            if match:
                token.meta = {"explicit": match[1]}
                inline.content = inline.content[: -len(match[0])]
