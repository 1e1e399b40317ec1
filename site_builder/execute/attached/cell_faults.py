"""What is told of a cell that failed, changed, or differs from the original's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.run import FAILED, LOST
from site_builder.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.model.document import Cell
    from site_builder.model.run import CellRun

_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LINE = re.compile(r"In ?\[\d+\][^\n]{0,200}?\bline:? (\d+)|^-+> *(\d+) ", re.MULTILINE)
_LONGEST = 200


def failures(results: Iterable[tuple[Cell, CellRun | None]]) -> Iterator[Finding]:
    """Tell each cell that failed, and the first that did not come to its end: those behind it were not reached."""
    is_lost = False
    for cell, result in results:
        if result is None:
            continue
        if result.state == FAILED:
            yield _failed(cell, result)
        elif result.state == LOST and not is_lost:
            is_lost = True
            message = f"the cell did not come to its end: {_phrase(result.reason) or 'nothing says why'}"
            help_text = "make it smaller, allow more (`timeout=`, `memory`), or mark it `no-run`"
            yield Finding("cell-lost", head_of(cell), message, help_text)


def _failed(cell: Cell, result: CellRun) -> Finding:
    error = next((each for each in reversed(result.outputs) if each.kind == "error"), None)
    raised = _phrase(f"{error.name}: {error.value}") if error else ""
    reason = f"the cell raised `{raised.replace('`', chr(39))}`" if raised else "the cell failed"
    if not raised and result.reason:
        reason += f": {_phrase(result.reason)}"
    help_text = "correct it; where the error is meant, write `raises=" + (
        f"{error.name}`" if error and error.name else "NAME` on the fence"
    )
    help_text += " on the fence" if error and error.name else ""
    if error and error.name == "NameError":
        help_text = (
            "where another page makes the name, write `run_after: ITS-ID` in the front matter; else "
            + help_text
        )
    line = error_line(error.text) if error else 0
    return Finding("cell-failed", line_of(cell, line) if line else head_of(cell), reason, help_text)


def changed(cell: Cell, page_id: str, *, is_new: bool) -> Finding:
    """Tell that a cell is not the one that ran."""
    message = (
        "the cell is new since the page was run" if is_new else "the cell has changed since the page was run"
    )
    return Finding(
        "stale-run", head_of(cell), message, f"`course run {page_id}` brings its results up to date"
    )


def differing(cell: Cell, theirs: Cell | None) -> Finding:
    """Tell that a translated cell differs from the original's; `theirs` differs in strings only."""
    if theirs is None:
        return Finding(
            "differing-cell",
            head_of(cell),
            "the original has no cell with this code",
            "take over the original's code; comments may be translated",
        )
    return Finding(
        "differing-cell",
        head_of(cell),
        "the cell differs from the original's, in its strings only",
        "the setting `translated_cells: run` gives it results of its own",
        ((head_of(theirs), "the original's cell"),),
    )


def error_line(trace: str) -> int:
    """Give the line of the cell at which a traceback of IPython begins; 0 where it does not say."""
    found = _LINE.search(_TERMINAL.sub("", trace))
    return int((found[1] or found[2])[:9]) if found else 0


def head_of(cell: Cell) -> Span:
    """Give the first line of a cell as it stands in its file: the fence."""
    return Span(cell.span.source, cell.span.start, cell.span.start + len(cell.span.text.partition("\n")[0]))


def line_of(cell: Cell, number: int) -> Span:
    """Give line `number` (from 1) of a cell's code, where it stands in the file; the fence where that cannot be told."""
    source, end = cell.span.source, cell.span.end
    at = head_of(cell).end if cell.span.text.startswith(("`", "~")) else cell.span.start
    lines = cell.text.split("\n")[:number]
    if len(lines) < number or not lines[-1].strip():
        return head_of(cell)
    for line in lines:
        wanted = line.strip()
        found = source.text.find(wanted, at, end)
        if found < 0:
            return head_of(cell)
        start, at = found, found + len(wanted)
    return Span(source, start, at)


def _phrase(text: str) -> str:
    first = " ".join(_TERMINAL.sub("", text).strip().partition("\n")[0].split())
    return first if len(first) <= _LONGEST else first[: _LONGEST - 1] + "…"
