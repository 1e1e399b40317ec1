"""`course build`: a course becomes a site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.check_command import refuse_unknown
from site_builder.cli.failures import FINDINGS
from site_builder.cli.progress import shown_progress
from site_builder.cli.setting_options import SettingsCommand, course_command, overrides_of
from site_builder.cli.terminal import plural, prefix_of, wants_colour
from site_builder.diagnostics.formats import summary
from site_builder.diagnostics.frame import columns, paint, visible, where

if TYPE_CHECKING:
    from site_builder.diagnostics.report import Report
    from site_builder.model.course import Course

FIRST = 5
"""How many findings a build shows; `course check` shows all."""

BAR = 20


@click.command(cls=SettingsCommand, short_help="Make the site of a course.")
@course_command
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default="site", show_default=True,
              help="The folder of the site. What was there is replaced when the new site is whole.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes. Default: one a core.")
@click.option("--clean-cache", is_flag=True, help="Forget first what earlier builds have kept.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what builds compute.")
@click.pass_context
def build(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    output: Path,
    jobs: int | None,
    clean_cache: bool,
    no_cache: bool,
    **options: Any,  # noqa: ANN401 - the settings
) -> None:
    """Make the site of the course in DIR."""
    from site_builder.keep.cache import Cache  # noqa: PLC0415 - `--help` needs none of it
    from site_builder.pipeline import build as build_course  # noqa: PLC0415

    started = time.perf_counter()
    overrides = overrides_of(options)
    if clean_cache:
        Cache.of_course(folder).discard()
    with shown_progress() as progress:
        made = build_course(folder, overrides, jobs=jobs, cache=not no_cache, progress=progress)
        refuse_unknown(options["languages"], made.report)
        report = made.report
        if made.course.editions:
            from site_builder.hosts.publication import publish  # noqa: PLC0415 - see above

            report = report.joined(publish(made, output, jobs=jobs, progress=progress))
    colour = wants_colour(sys.stdout)
    if made.course.editions:
        _tell_editions(made.course, colour=colour)
    tell_findings(report, folder, colour=colour)
    if not made.course.editions:
        click.echo("nothing was written")
        ctx.exit(FINDINGS)
    seconds = time.perf_counter() - started
    done = paint(f"{output}{'' if str(output).endswith('/') else '/'}", "message", colour=colour)
    click.echo(f"{paint('done', 'help', colour=colour)}: {done} in {seconds:.1f} s", color=True)
    ctx.exit(report.exit_code())


def _tell_editions(course: Course, *, colour: bool) -> None:
    """Show what each edition has: a line a language, with the share that is translated."""
    pages = sum(len(each.pages) for each in course.editions)
    title = paint(visible(course.title), "message", colour=colour)
    click.echo(f"{title}: {plural(pages, 'page')} in {plural(len(course.editions), 'language')}", color=True)
    tags = max(len(each.language) for each in course.editions)
    widest = max(columns(each.name) for each in course.editions)
    for each in course.editions:
        full = round(BAR * each.translated / max(1, len(each.pages)))
        bar = paint("━" * full, "help", colour=colour) + "─" * (BAR - full)
        name = visible(each.name) + " " * (widest - columns(each.name))
        click.echo(
            f"  {each.language:<{tags}}  {name}  {bar}  {each.translated:>4} of {len(each.pages)}", color=True
        )


def tell_findings(report: Report, folder: Path, *, colour: bool) -> None:
    """Show how much is wrong, the first faults, and where to read the rest."""
    if not len(report):
        return
    click.echo(summary(report, colour=colour), color=True)
    first = (report.of("error") or report.of("warning"))[:FIRST]
    prefix = prefix_of(folder)
    for each in first:
        code = paint(f"{each.severity}[{each.code}]", each.severity, colour=colour)
        click.echo(f"  {where(each.span, prefix)}: {code}: {visible(each.message)}", color=True)
    if len(report) > len(first):
        name = "" if str(folder) == "." else f" {folder}"
        click.echo(f"  `course check{name}` shows all of them, with what to do")
