"""`course serve`: the site while one writes."""

from __future__ import annotations

import ipaddress
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.failures import WrongUse
from site_builder.cli.progress import shown_progress
from site_builder.cli.setting_options import SettingsCommand, course_command, overrides_of
from site_builder.cli.terminal import prefix_of, wants_colour, width
from site_builder.diagnostics.formats import summary
from site_builder.diagnostics.frame import frame, paint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.diagnostics.report import Report

MOST = 5
"""Findings that are shown after a change."""


@click.command(cls=SettingsCommand, short_help="Show a course in the browser while you write.")
@course_command
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The port; 0 takes a free one.")  # fmt: skip
@click.option("--open", "opened", is_flag=True, help="Open the site in the browser.")
def serve(*, folder: Path, host: str, port: int, opened: bool, **options: Any) -> None:  # noqa: ANN401 - the settings
    """Show the course in DIR in the browser, and again after each change."""
    from site_builder.cli.quizzes_beside import quiz_server  # noqa: PLC0415 - see above
    from site_builder.hosts.live_site import serve as serve_course  # noqa: PLC0415 - MkDocs takes long to load

    overrides = overrides_of(options)
    if not _is_loopback(host):
        click.echo(f"other machines of your network can read the site at {host}", err=True)
    colour = wants_colour(sys.stdout)

    teller = _teller(folder, colour=colour)

    def ready(address: str) -> None:
        if quizzes:
            quizzes.start(address)
        shown = paint(address, "message", colour=colour)
        click.echo(f"{paint('ready', 'help', colour=colour)}: {shown} (Ctrl+C ends it)", color=True)
        if opened:
            click.launch(address)

    def report(found: Report) -> None:
        teller(found)
        if quizzes:
            quizzes.refresh()

    with quiz_server(folder, overrides) as quizzes, shown_progress() as progress:
        serve_course(
            folder,
            quizzes.overrides if quizzes else overrides,
            host=host,
            port=port,
            ready=ready,
            report=report,
            progress=progress,
        )


def _teller(folder: Path, *, colour: bool) -> Callable[[Report], None]:
    """Give a function that tells what is new in each report: at the start only how much there is."""
    known: set[Finding] | None = None

    def tell(report: Report) -> None:
        nonlocal known
        for finding in report:
            if finding.code == "no-course" and known is None:
                raise WrongUse(finding.message, finding.help)
        fresh = [
            each for each in report if known is not None and each not in known and each.severity != "note"
        ]
        for finding in fresh[:MOST]:
            click.echo(
                frame(finding, prefix=prefix_of(folder), colour=colour, width=width()) + "\n", color=True
            )
        start = "" if known is None else time.strftime("%H:%M:%S ")
        click.echo(start + summary(report, colour=colour), color=True)
        known = set(report.findings)

    return tell


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
