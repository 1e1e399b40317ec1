"""Document to notebook: nbformat 4.5 as Python values, without its library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from site_builder.model.document import Block, Element, Heading, Switch
from site_builder.model.tree import walk
from site_builder.model.words import word
from site_builder.render.escaping import without_marks
from site_builder.render.notebooks.notebook_blocks import FRAMEWORKS, put_block, put_blocks
from site_builder.render.notebooks.notebook_cells import Frame
from site_builder.render.notebooks.notebook_draft import NotebookDraft
from site_builder.render.notebooks.notebook_install import install_command
from site_builder.render.notebooks.notebook_prose import put_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_builder.model.course import Page
    from site_builder.model.document import Document

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}


def notebook_of(
    document: Document, page: Page, framework: str = "", *, with_outputs: bool = False
) -> dict[str, Any]:
    """Give the notebook of a page: its title, a cell that installs what it imports, then the page.

    Interface words and the ways to the roots are marks, as in bodies. The cell of code made from a `Cell` has its place
    among all cells of the document in `metadata.course.cell`.

    Args:
        document: the page's document after `resolve`, and `attach` where outputs are wanted.
        page: the page.
        framework: the key of the variants to take, such as `pt`; empty for all of them, one after another, of which the first is run.
        with_outputs: whether cells have their outputs.
    """
    draft = NotebookDraft(document, framework, with_outputs)
    blocks = list(_flat(document.blocks, framework))
    title = next((each for each in blocks if isinstance(each, Heading) and each.level == 1), None)
    if title is not None:
        put_block(title, draft)
    else:
        draft.writer.put(f"# {without_marks(document.title or page.title)}")
    draft.writer.cut()
    put_blocks((each for each in blocks if each is not title), draft)
    _put_footnotes(draft)
    draft.writer.cut()
    cells = draft.writer.cells
    if command := _install(draft):
        cells.insert(1, command)
    course = {
        "page": page.id,
        "language": page.source_language,
        **({"framework": framework} if framework else {}),
    }
    metadata = {"course": course, "kernelspec": _KERNEL, "language_info": _LANGUAGE}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def notebooks_of(document: Document, page: Page) -> tuple[tuple[str, str], ...]:
    """Give the notebooks of a page without outputs, as JSON, by framework."""
    return tuple((each, notebook_json(notebook_of(document, page, each))) for each in frameworks_of(document))


def notebook_json(notebook: dict[str, Any]) -> str:
    """Give a notebook as JSON, compact."""
    return json.dumps(notebook, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def frameworks_of(document: Document) -> tuple[str, ...]:
    """Give the keys of a page's variants for frameworks, an empty one alone where it has fewer than two."""
    keys = dict.fromkeys(
        arm.key
        for block in walk(document.blocks)
        if isinstance(block, Switch) and block.group == FRAMEWORKS
        for arm in block.arms
    )
    return tuple(keys) if len(keys) > 1 else ("",)


def _flat(blocks: tuple[Block, ...], framework: str) -> Iterator[Block]:
    """Give the blocks at the top level, those of the framework's variants and of unknown elements among them."""
    for block in blocks:
        if isinstance(block, Element):
            yield from _flat(block.children, framework)
        elif isinstance(block, Switch) and block.group == FRAMEWORKS and framework:
            fitting = [arm for arm in block.arms if arm.key == framework]
            yield from _flat(fitting[0].children if fitting else (), framework)
        else:
            yield block


def _install(draft: NotebookDraft) -> dict[str, Any] | None:
    checked = draft.document.checked.packages if draft.document.checked else ()
    only = bool(draft.framework)
    command = install_command((cell.text for cell in draft.included), checked, only_imported=only)
    if not command:
        return None
    metadata = {"course": {"install": True}, "tags": ["skip-execution"]}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "install",
        "metadata": metadata,
        "outputs": [],
        "source": command,
    }


def _put_footnotes(draft: NotebookDraft) -> None:
    tokens = draft.document.footnotes
    start = 0
    for at, token in enumerate(tokens):
        if token.type == "footnote_open":
            if not start:
                draft.writer.put(f"---\n\n**{word('Footnotes')}**")
            start = at + 1
            mark = f"{token.meta['id'] + 1}. "
            draft.writer.frames.append(Frame(mark, " " * len(mark)))
        elif token.type == "footnote_close":
            put_tokens(tokens[start:at], draft, draft.document.footnote_islands, put_block)
            draft.writer.frames.pop()
            draft.writer.settle()
