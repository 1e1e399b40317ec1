"""How far the work is: a bar on a terminal, plain lines elsewhere, on the error stream."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from site_builder.cli.terminal import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Progress = Callable[[str, int, int], None]


@contextmanager
def shown_progress(*, lines: bool = True) -> Iterator[Progress]:
    """Give a function that shows progress: `progress(stage, done, total)`.

    Args:
        lines: Whether each stage is told by a line where there is no terminal.
    """
    if is_terminal(sys.stderr):
        with _bars() as progress:
            yield progress
    elif lines:
        yield _lines()
    else:
        yield _nothing


def _nothing(stage: str, done: int, total: int) -> None:
    """Show nothing."""


def _lines() -> Progress:
    """Give a function that tells once that a stage is done; what lies between would only fill a log."""
    told = set()

    def tell(stage: str, done: int, total: int) -> None:
        if total and done == total and stage not in told:
            told.add(stage)
            click.echo(f"{stage}: {done} of {total}", err=True)

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    # rich takes longer to load than a small course to check: only who sees bars waits for them
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show
