"""Blocks become cells of a notebook."""

from __future__ import annotations

import re
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
from site_builder.render.cards import video_address
from site_builder.render.escaping import without_marks
from site_builder.render.notebooks.notebook_cells import Frame
from site_builder.render.notebooks.notebook_code import fenced, put_cell
from site_builder.render.notebooks.notebook_prose import put_tokens
from site_builder.render.notebooks.notebook_quiz import put_quiz

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.model.document import Block
    from site_builder.render.notebooks.notebook_draft import NotebookDraft

FRAMEWORKS = "fw"
"""The group of switches whose arms are the same code for different frameworks."""

_CALLOUTS = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
}
_BRACKETS = re.compile(r"([\[\]\\])")


def put_blocks(blocks: Iterable[Block], draft: NotebookDraft) -> None:
    """Write blocks that follow each other."""
    for block in blocks:
        put_block(block, draft)


def put_block(block: Block, draft: NotebookDraft) -> None:  # noqa: C901 - one arm a kind of block
    """Write a block."""
    match block:
        case Prose():
            put_tokens(block.syntax, draft, block.islands, put_block)
        case Heading():
            draft.writer.put(heading(block, draft))
        case Code():
            draft.writer.put(fenced(block.text, block.info))
        case Cell():
            put_cell(block, draft)
        case Callout():
            _put_callout(block, draft)
        case Video():
            title = block.title or word("Watch on {host}", host="YouTube")
            draft.writer.put(f"[\u25b6 {_link_text(title)}]({video_address(block)})")
        case Quiz():
            put_quiz(block, draft)
        case Demo():
            is_space = block.kind == "space"
            title = block.title or word("Open demo in a new tab" if is_space else "Open in a new tab")
            draft.writer.put(f"[{_link_text(title)}]({draft.url(block.address)})")
        case NotebookLinks():
            pass  # the reader has the notebook
        case Switch():
            _put_switch(block, draft)
        case Element():
            put_blocks(block.children, draft)
        case _:
            assert_never(block)


def heading(block: Heading, draft: NotebookDraft) -> str:
    """Give a heading on one line."""
    return f"{'#' * block.level} {draft.inline(_written(block), block.syntax).strip()}"


def _written(block: Heading) -> str:
    """Give the inline Markdown of a heading, without its marks and its id."""
    text = block.span.text
    if block.span.source.path.endswith(".ipynb"):
        text = _from_json(text)
    text = re.sub(r"^[\s>]*#{1,6}(?=\s|$)|\s+#+\s*$|\n[\s>]*(?:=+|-+)\s*$", "", text)
    if block.explicit is not None:
        text = re.sub(r"\s*\[\[[^\[\]\n]+\]\]\s*$", "", text)
    return " ".join(re.sub(r"\n[\s>]*", " ", text).split())


def _from_json(text: str) -> str:
    for written, meant in (('\\"', '"'), ("\\\\", "\\")):
        text = text.replace(written, meant)
    return text


def _link_text(title: str) -> str:
    return title if title.startswith("\ue0f0") else _BRACKETS.sub(r"\\\1", without_marks(title))


def _put_callout(block: Callout, draft: NotebookDraft) -> None:
    writer = draft.writer
    title = draft.markdown(block.title) if block.title else ""
    name = word(_CALLOUTS.get(block.kind, "Note"))
    writer.frames.append(Frame("> ", "> "))
    first = block.children[0] if block.children else None
    if not title and isinstance(first, Prose) and first.syntax and first.syntax[0].type == "paragraph_open":
        draft.lead = f"**{name}:** "
    else:
        writer.put(f"**{title or name}**")
    put_blocks(block.children, draft)
    writer.frames.pop()
    writer.settle()


def _put_switch(block: Switch, draft: NotebookDraft) -> None:
    """Write the variant for the notebook's framework, or all variants under their labels."""
    if block.group == FRAMEWORKS and draft.framework:
        fitting = [arm for arm in block.arms if arm.key == draft.framework]
        put_blocks(fitting[0].children if fitting else (), draft)
        return
    for at, arm in enumerate(block.arms):
        draft.writer.put(f"**{draft.markdown(arm.label)}**")
        was, draft.aside = draft.aside, draft.aside or (block.group == FRAMEWORKS and at > 0)
        put_blocks(arm.children, draft)
        draft.aside = was
