"""What there is to run on a page: each cell in reading order, or why it is not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.execute.fingerprint import cell_key, why_not_runnable
from site_builder.model.document import Switch
from site_builder.model.run import CellTask, PageTask
from site_builder.model.tree import cells_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_builder.model.course import Page
    from site_builder.model.document import Cell, Document
    from site_builder.model.settings import Settings

FRAMEWORKS = "fw"
"""The group of switches whose arms are the same code for different frameworks."""


def page_task(document: Document, page: Page, page_folder: str, settings: Settings) -> PageTask:
    """Give what there is to run on a page.

    Args:
        document: the page, before `attach`; parsed or resolved.
        page: the page that it is.
        page_folder: its folder, relative to the course folder.
        settings: the course's settings: how long a cell may take.
    """
    timeout = document.controls.timeout or float(settings.timeout)
    others = other_variants(document)
    cells = tuple(
        CellTask(
            cell_key(cell.text),
            cell.text,
            meant_to_raise(cell),
            cell.controls.timeout or timeout,
            why_skipped(cell, document, others),
        )
        for cell in cells_of(document)
    )
    return PageTask(page.id, page.language, page_folder, cells)


def why_skipped(cell: Cell, document: Document, others: frozenset[int]) -> str:
    """Say why a cell is not run, in a phrase; empty where it is. `others` is what `other_variants` gave."""
    return _forbidden(cell, document, others) or why_not_runnable(cell.text)


def may_run(cell: Cell, document: Document, others: frozenset[int]) -> bool:
    """Tell whether neither the page nor the fence nor a variant keeps a cell from running; it may not parse."""
    return not _forbidden(cell, document, others)


def _forbidden(cell: Cell, document: Document, others: frozenset[int]) -> str:
    if not document.controls.run:
        return "the page says `run: false`"
    if not cell.controls.run:
        return "its fence says `no-run`"
    return "it is the variant for another framework" if id(cell) in others else ""


def other_variants(document: Document) -> frozenset[int]:
    """Give the ids (Python's) of the cells that stand in a framework's variant which is not the first."""
    return frozenset(id(cell) for cell in _others(document))


def _others(document: Document) -> Iterator[object]:
    for block in walk((*document.blocks, *document.footnote_islands)):
        if isinstance(block, Switch) and block.group == FRAMEWORKS:
            for arm in block.arms[1:]:
                yield from walk(arm.children)


def meant_to_raise(cell: Cell) -> str:
    """Give what a cell is meant to raise: what its fence says, or anything where its author wrote a traceback as its output."""
    shows_error = any(each.is_trace for each in cell.expected) or any(
        each.kind == "error" for each in cell.outputs
    )
    return cell.controls.raises or ("*" if shows_error else "")
