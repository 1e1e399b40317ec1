"""Which page runs and at which cell: a line a page on a terminal, plain lines elsewhere, on the error stream."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from site_builder.cli.terminal import is_terminal, plural
from site_builder.model.run import FAILED, LOST, SKIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.keep.run_plan import PlannedPage
    from site_builder.model.run import Run

    Tell = Callable[[str, int, int, str], None]
    Kept = Callable[[PlannedPage, Run], None]

_QUIET = 5.0
"""Seconds between two plain lines about one page: a log is no film."""

_RUNS, _STARTS = "runs", "starts"


@contextmanager
def shown_run() -> Iterator[tuple[Tell, Kept]]:
    """Give two functions that show how far the running is: `tell` of each cell, `kept` of each page that is done."""
    if is_terminal(sys.stderr):
        with _bars() as shown:
            yield shown
    else:
        yield _lines()


def _lines() -> tuple[Tell, Kept]:
    last: dict[str, float] = {}
    lock = threading.Lock()

    def tell(page: str, cell: int, cells: int, what: str) -> None:
        if what not in (_RUNS, _STARTS):
            return
        with lock:
            now = time.monotonic()
            is_first = page not in last
            if is_first or what == _STARTS or now - last[page] >= _QUIET:
                last[page] = now
                told = "starts again" if what == _STARTS else f"cell {cell + 1} of {cells}"
                click.echo(f"{page}: {'starts' if is_first else told}", err=True)

    def kept(page: PlannedPage, run: Run) -> None:
        with lock:
            click.echo(_done(page, run), err=True)

    return tell, kept


def _done(page: PlannedPage, run: Run) -> str:
    """Say what became of a page, such as `chapter1/first: 9 cells in 3.2 s, kept in notebooks/en/chapter1/first.ipynb`."""
    ran = sum(cell.state != SKIPPED for cell in run.cells)
    wrong = sum(cell.state in (FAILED, LOST) for cell in run.cells)
    told = f", {wrong} failed" if wrong else ""
    return f"{page.cells.task.name}: {plural(ran, 'cell')}{told} in {run.checked.seconds:.1f} s, kept in {page.path}"


@contextmanager
def _bars() -> Iterator[tuple[Tell, Kept]]:
    from rich.console import Console  # noqa: PLC0415 - only who sees bars waits for them
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True, highlight=False, markup=False)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[at]}", markup=False),
        TimeElapsedColumn(),
    )
    lock = threading.Lock()
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, transient=True) as bars:

        def tell(page: str, cell: int, cells: int, what: str) -> None:
            with lock:
                if page not in tasks:
                    tasks[page] = bars.add_task(page, total=cells, at="starts")
                at = f"cell {cell + 1} of {cells}" if what == _RUNS else what if what == _STARTS else ""
                if at:
                    bars.update(tasks[page], at=at)
                bars.update(tasks[page], completed=cell + (what not in (_RUNS, _STARTS)))

        def kept(page: PlannedPage, run: Run) -> None:
            with lock:
                if (task := tasks.pop(page.cells.task.name, None)) is not None:
                    bars.remove_task(task)
                console.print(_done(page, run))

        yield tell, kept
