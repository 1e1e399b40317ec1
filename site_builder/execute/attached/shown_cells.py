"""What a cell shows: what came out when it ran, what its author wrote, both or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from site_builder.model.run import RAISED, RAN
from site_builder.model.tree import rebuilt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.document import Block, Cell, Document
    from site_builder.model.run import CellRun, Run


@dataclass(frozen=True)
class Result:
    """What became of a cell, the notebook that holds it, and whether its page had stand-ins for data and models."""

    run: CellRun
    path: str
    had_stand_ins: bool = False


def shown(
    document: Document,
    cells: Sequence[Cell],
    controlled: Sequence[Cell],
    results: Sequence[Result | None],
    runs: tuple[Run | None, ...],
) -> Document:
    """Give the document with its cells as they are shown; the same one where nothing changes."""
    made = {
        id(cell): new
        for cell, with_controls, result in zip(cells, controlled, results, strict=True)
        if (new := _cell(with_controls, result)) is not cell
    }

    def change(siblings: tuple[Block, ...]) -> tuple[tuple[Block, ...], ...]:
        return tuple((made.get(id(block), block),) for block in siblings)

    if made:
        document = replace(
            document,
            blocks=rebuilt(document.blocks, change),
            footnote_islands=rebuilt(document.footnote_islands, change),
        )
    used = {id(result.run) for result in results if result and result.run.state in (RAN, RAISED)}
    for run in runs:
        if run and any(id(each) in used for each in run.cells):
            return replace(document, checked=run.checked)
    return document


def _cell(cell: Cell, result: Result | None) -> Cell:
    """Decide what a cell shows: its kept outputs, those that its author wrote, both or none."""
    output = cell.controls.output
    if output == "none":
        return (
            replace(cell, outputs=(), outputs_from="", expected=()) if cell.outputs or cell.expected else cell
        )
    if output == "recorded" or result is None or result.run.state not in (RAN, RAISED):
        return cell
    fresh = replace(cell, outputs=result.run.outputs, outputs_from=result.path if result.run.outputs else "")
    if output == "fresh":
        return replace(fresh, expected=())
    if not result.run.outputs:
        return cell
    if output == "both":
        return fresh
    if not result.run.meaningful or (result.had_stand_ins and cell.expected):
        return cell  # what an author saw is truer than what a stand-in gives
    return replace(fresh, expected=())
