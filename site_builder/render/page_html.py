"""Blocks become HTML: what authors wrote as a stream for the clean-up, all else as pieces of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from site_builder.model.document import (
    Callout,
    Cell,
    Code,
    Demo,
    Element,
    Heading,
    NotebookLinks,
    Prose,
    Quiz,
    Switch,
    Video,
)
from site_builder.model.words import word
from site_builder.render.cards import demo_card, notebook_links, video_card
from site_builder.render.cell_html import cell_html
from site_builder.render.checked_line import checked_line
from site_builder.render.escaping import escaped, quoted
from site_builder.render.finished_html import may_be_id
from site_builder.render.inline_html import author_inline
from site_builder.render.markdown_html import hold_code, render_inline, render_tokens
from site_builder.render.quiz_form import quiz_form
from site_builder.render.switch_tabs import switch_tabs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.model.document import Block, Syntax
    from site_builder.render.draft import Draft, Fragment

_CALLOUTS = {
    "note": ("note", "Note"),
    "tip": ("tip", "Tip"),
    "important": ("info course-important", "Important"),
    "warning": ("warning", "Warning"),
    "caution": ("danger", "Caution"),
}


def page_html(draft: Draft) -> Fragment:
    """Give the finished HTML of a document, with its footnotes and what its cells were checked with."""
    stream = blocks_html(draft.document.blocks, draft)
    return draft.finish(stream + _footnotes(draft) + checked_line(draft))


def blocks_html(blocks: Iterable[Block], draft: Draft) -> str:
    """Give the stream for blocks that follow each other."""
    return "".join([block_html(block, draft) for block in blocks])


def block_html(block: Block, draft: Draft) -> str:  # noqa: C901 - one arm a kind of block
    """Give the stream for a block."""
    match block:
        case Prose():
            return render_tokens(
                block.syntax, draft, block.span, block.islands, lambda each: block_html(each, draft)
            )
        case Heading():
            return _heading(block, draft)
        case Code():
            return hold_code(draft, block.text, block.language)
        case Cell():
            return cell_html(block, draft)
        case Callout():
            return _callout(block, draft)
        case Video():
            return draft.hold(video_card(block, draft), _searched(block.title)) + "\n"
        case Quiz():
            return quiz_form(block, draft)
        case Demo():
            return draft.hold(demo_card(block, draft), _searched(block.title)) + "\n"
        case NotebookLinks():
            return draft.hold(notebook_links(block, draft)) + "\n"
        case Switch():
            return switch_tabs(block, draft, lambda children: draft.finish(blocks_html(children, draft)))
        case Element():
            return blocks_html(block.children, draft)
        case _:
            assert_never(block)


def _searched(title: str) -> str:
    return f"<p>{escaped(title)}</p>" if title else ""


def _heading(block: Heading, draft: Draft) -> str:
    """Hold a heading, whole, so that nothing an author writes in one reaches into the next paragraph."""
    text = draft.finish(render_inline(block.syntax, draft, block.span))
    if not may_be_id(block.anchor):
        return (
            draft.hold(*(f"<h{block.level}>{each}</h{block.level}>" for each in (text.html, text.search)))
            + "\n"
        )
    anchor = quoted(block.anchor)
    aliases = "".join(
        f'<span class="course-alias" id="{quoted(each)}"></span>' for each in block.aliases if may_be_id(each)
    )
    link = f'<a class="headerlink" href="#{_fragment(block.anchor)}" title="{word("Link to this heading")}">\u00b6</a>'
    html = f'<h{block.level} id="{anchor}">{aliases}{text.html}{link}</h{block.level}>'
    return draft.hold(html, f'<h{block.level} id="{anchor}">{text.search}</h{block.level}>') + "\n"


def _fragment(anchor: str) -> str:
    return quoted(anchor.replace("%", "%25").replace(" ", "%20"))


def _callout(block: Callout, draft: Draft) -> str:
    classes, name = _CALLOUTS.get(block.kind, _CALLOUTS["note"])
    title = author_inline(block.title, draft, block.span) if block.title else None
    inner = draft.finish(blocks_html(block.children, draft))
    shown = title.html if title else word(name)
    html = f'<div class="admonition {classes}">\n<p class="admonition-title">{shown}</p>\n{inner.html}</div>'
    return draft.hold(html, (f"<p>{title.search}</p>" if title else "") + inner.search) + "\n"


def _footnotes(draft: Draft) -> str:
    """Give the stream of the page's footnotes; each is an item of its own that is finished by itself."""
    items: list[Fragment] = []
    ids: list[int] = []
    start = 0
    tokens = draft.document.footnotes
    for at, token in enumerate(tokens):
        if token.type == "footnote_open":
            start = at + 1
            ids.append(token.meta["id"] + 1)
        elif token.type == "footnote_close":
            items.append(draft.finish(_note(tokens[start:at], draft)))
    if not items:
        return ""
    html = "".join(f'<li id="fn-{number}">{item.html}</li>' for number, item in zip(ids, items, strict=True))
    search = "".join(f"<li>{item.search}</li>" for item in items)
    frame = f'<section class="footnotes footnote" aria-label="{word("Footnotes")}"><ol>{html}</ol></section>'
    return draft.hold(frame, search) + "\n"


def _note(tokens: Syntax, draft: Draft) -> str:
    document = draft.document
    return render_tokens(
        tokens, draft, document.span, document.footnote_islands, lambda each: block_html(each, draft)
    )
