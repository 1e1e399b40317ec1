"""Inline Markdown that authors wrote as a value, such as a choice or a title, becomes finished HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.dialect.markdown import make_parser
from site_builder.render.markdown_html import render_inline, render_tokens

if TYPE_CHECKING:
    from site_builder.model.source import Span
    from site_builder.render.draft import Draft, Fragment


_PARTS = frozenset({"component", "condition", "fault", "mark_inline"})
"""Tokens of a chapter that parse makes blocks of; a value has none."""


def author_inline(text: str, draft: Draft, span: Span) -> Fragment:
    """Give inline Markdown with HTML as finished HTML; `span` is where findings about it point."""
    tokens = make_parser().parseInline(text, {})
    children = (tokens[0].children if tokens else None) or ()
    return draft.finish(render_inline([each for each in children if each.type not in _PARTS], draft, span))


def author_blocks(text: str, draft: Draft, span: Span) -> Fragment:
    """Give Markdown of any kind, such as a cell's output, as finished HTML."""
    tokens = make_parser().parse(text, {})
    return draft.finish(render_tokens([each for each in tokens if each.type not in _PARTS], draft, span))
