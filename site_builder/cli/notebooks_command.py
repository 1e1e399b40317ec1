"""`course notebooks`: a course becomes a folder of notebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.build_command import tell_findings
from site_builder.cli.check_command import refuse_unknown
from site_builder.cli.failures import FINDINGS
from site_builder.cli.progress import shown_progress
from site_builder.cli.setting_options import SettingsCommand, course_command, overrides_of
from site_builder.cli.terminal import plural, wants_colour
from site_builder.diagnostics.frame import paint

if TYPE_CHECKING:
    from site_builder.hosts.notebook_folder import Written


@click.command(cls=SettingsCommand, short_help="Write the pages of a course as notebooks.")
@course_command
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
              help="Where they go, as LANGUAGE/PAGE.ipynb. What is there and is not ours stays.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes. Default: one a core.")
@click.pass_context
def notebooks(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    output: Path,
    jobs: int | None,
    **options: Any,  # noqa: ANN401 - the settings
) -> None:
    """Write each page of the course in DIR as a Jupyter notebook, in each language.

    A notebook has the page's text, its code, the outputs of its kept run, its questions with their answers folded away, and a cell
    that installs what the page imports. Files that cells open are copied beside it.
    """
    from site_builder.diagnostics.report import Report  # noqa: PLC0415 - `--help` needs none of it
    from site_builder.discover.stage import discover  # noqa: PLC0415
    from site_builder.hosts.notebook_folder import write_notebooks  # noqa: PLC0415

    course, findings = discover(folder, overrides_of(options))
    report = Report(findings)
    refuse_unknown(options["languages"], report)
    if not course.editions:
        tell_findings(report, folder, colour=wants_colour(sys.stdout))
        click.echo("nothing was written")
        ctx.exit(FINDINGS)
    with shown_progress() as progress:
        done = write_notebooks(course, output, jobs=jobs, progress=progress)
    _tell(done, len(course.editions), output)


def _tell(done: Written, languages: int, output: Path) -> None:
    colour = wants_colour(sys.stdout)
    changed = f"{plural(len(done.written), 'file')} written, {done.kept} unchanged"
    removed = f", {len(done.removed)} removed" if done.removed else ""
    name = paint(f"{str(output).rstrip('/')}/", "message", colour=colour)
    counted = f"{plural(done.notebooks, 'notebook')} in {plural(languages, 'language')}"
    click.echo(f"{paint('done', 'help', colour=colour)}: {name}: {counted}; {changed}{removed}", color=True)
