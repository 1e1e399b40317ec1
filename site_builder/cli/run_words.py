"""What `course run` says: what is out of date and why, what is wrong, what was done."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from site_builder.cli.terminal import plural, prefix_of, wants_colour, width
from site_builder.diagnostics.formats import FORMATS, as_text, summary
from site_builder.diagnostics.frame import paint, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from site_builder.diagnostics.report import Report
    from site_builder.execute.jobs.page_chains import Place
    from site_builder.execute.verified.verify import Difference
    from site_builder.keep.verified_pages import VerifiedPage
    from site_builder.running import Outcome, Plan

_REASONS = 5


def tell_due(planned: Plan, *, quiet: bool) -> None:
    """Show what is out of date, a line a page, each with its reasons; on the error stream where `quiet`."""
    for page in planned.due:
        more = len(page.reasons) - _REASONS
        shown = [*page.reasons[:_REASONS], *([f"and {more} more"] if more > 0 else [])]
        click.echo(f"{page.cells.task.name}: {visible(', '.join(shown))}", err=quiet)
    click.echo(f"{plural(len(planned.due), 'page')} of {len(planned.pages)} out of date", err=quiet)


def tell_findings(report: Report, form: str, folder: Path) -> None:
    """Write the findings as text for a person, or in a format that programs read."""
    prefix = prefix_of(folder)
    if form == "text":
        if len(report):
            text = as_text(report, prefix=prefix, colour=wants_colour(sys.stdout), width=width())
            click.echo(text, color=True)
    else:
        if text := FORMATS[form](report, prefix=prefix):
            click.echo(text)
        click.echo(summary(report), err=True)


def tell_verified(
    pages: Sequence[VerifiedPage],
    left: Mapping[Place, Sequence[tuple[Difference, str]]] | None,
    *,
    quiet: bool,
) -> None:
    """Say how much was compared and, where `left` tells what could not be written, how much was."""
    compared = sum(each.verified.compared for each in pages)
    differ = sum(len(each.verified.differences) for each in pages)
    left_out = sum(each.verified.left_out for each in pages)
    line = f"{plural(compared, 'output')} compared: {differ} {'differs' if differ == 1 else 'differ'}"
    if left_out:
        line += f"; {left_out} not compared, since a stand-in for a model is behind them"
    click.echo(line, err=quiet)
    if left is None:
        return
    refused = [each for page in left.values() for each in page]
    click.echo(f"{plural(differ - len(refused), 'output')} written into chapters", err=quiet)
    for difference, why in refused:
        span = difference.expected.span
        click.echo(f"  {span.source.path}:{span.line}: left as it is: {why}", err=quiet)


def tell_summary(planned: Plan, outcome: Outcome, *, quiet: bool) -> None:
    """Say what was done: pages that ran, that were up to date, and whose notebooks got a new text."""
    if not planned.pages:
        click.echo("no page has cells that run", err=quiet)
        return
    up_to_date = len(planned.unchanged)
    refreshed = f", {len(outcome.refreshed)} of them with a new text" if outcome.refreshed else ""
    ran = f"{plural(len(outcome.runs), 'page')} ran ({plural(outcome.cells, 'cell')})"
    done = paint("done", "help", colour=wants_colour(sys.stdout) and not quiet)
    missing = len(planned.due) - len([each for each in planned.due if each.place in outcome.runs])
    left = f", {missing} not run" if missing else ""
    click.echo(
        f"{done}: {ran}{left}, {up_to_date} up to date{refreshed} in {outcome.seconds:.1f} s",
        err=quiet,
        color=True,
    )
