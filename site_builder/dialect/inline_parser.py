"""The inline parser: markdown-it's loop, choosing rules by character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import (
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    fragments_join,
    image,
    link,
    link_pairs,
    newline,
    strikethrough,
)

from site_builder.dialect.emphasis import ChapterInline
from site_builder.dialect.html_tags import html_inline
from site_builder.dialect.inline_marks import footnote_ref, mark_inline
from site_builder.dialect.jsx import LOOK, MAKE
from site_builder.dialect.math import math_inline
from site_builder.dialect.web_addresses import web_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

RULES: dict[str, tuple[RuleFuncInlineType, ...]] = {
    "\n": (newline,),
    "\\": (math_inline, escape),
    "$": (math_inline,),
    "`": (backtick,),
    "~": (strikethrough.tokenize,),
    "*": (emphasis.tokenize,),
    "_": (emphasis.tokenize,),
    "[": (footnote_ref, link),
    "!": (image,),
    "<": (autolink, mark_inline, html_inline),
    "{": (mark_inline,),
    "&": (entity,),
    "h": (web_address,),
    "w": (web_address,),
}
"""The rules by the character at which they start."""

_STOP = re.compile(r"[\n\\$`~*_\[\]!<{&]|(?<![A-Za-z0-9])(?:https?://|www\.)(?=\w)")


class ChapterInlines(ParserInline):
    """The inline parser of chapters."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _STOP

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """Go past one token without making it; what was found is remembered for the next time."""
        start = state.pos
        if start in state.cache:
            state.pos = state.cache[start]
            return
        if state.level >= state.md.options.maxNesting:
            state.pos = state.posMax
        elif not self._plain(state, silent=True):
            state.level += 1
            ok = any(rule(state, LOOK) for rule in RULES.get(state.src[start], ()))
            state.level -= 1
            if not ok:
                state.pos = start + 1
        state.cache[start] = state.pos

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of the state's text."""
        while state.pos < state.posMax:
            if self._plain(state, silent=False):
                continue
            src, start = state.src, state.pos
            deep = state.level >= state.md.options.maxNesting
            if not deep and any(rule(state, MAKE) for rule in RULES.get(src[start], ())):
                continue
            state.append_pending(src[start])
            state.pos = start + 1
        if state.pending:
            state.pushPending()

    @staticmethod
    def _plain(state: StateInline, *, silent: bool) -> bool:
        """Take what stands before the next character that can start anything; tell whether there was some."""
        stop = _STOP.search(state.src, state.pos, state.posMax)
        end = stop.start() if stop else state.posMax
        if end == state.pos:
            return False
        if not silent:
            state.append_pending(state.src[state.pos : end])
        state.pos = end
        return True

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Make the tokens of `src`, and put them behind `tokens`."""
        state = ChapterInline(src, md, env, tokens)
        self.tokenize(state)
        if state.delimiters or any(state.tokens_meta):
            link_pairs(state)
            strikethrough.postProcess(state)
            emphasis.postProcess(state)
        fragments_join(state)
        return state.tokens
