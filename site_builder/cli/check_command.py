"""`course check`: what is wrong in a course, and where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.failures import WrongUse
from site_builder.cli.progress import shown_progress
from site_builder.cli.setting_options import SettingsCommand, course_command, overrides_of
from site_builder.cli.terminal import plural, prefix_of, wants_colour, width
from site_builder.diagnostics.codes import CODES
from site_builder.diagnostics.diagnostic import did_you_mean
from site_builder.diagnostics.formats import FORMATS, as_text, explain, summary

if TYPE_CHECKING:
    from site_builder.diagnostics.report import Report
    from site_builder.model.course import Course


def _explained(ctx: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    if not code or ctx.resilient_parsing:
        return
    code = code.strip("[]`").lower()
    if code not in CODES:
        raise WrongUse(
            f"--explain: there is no code `{code}`",
            did_you_mean(code, CODES) or f"codes are {', '.join(CODES)}",
        )
    click.echo(explain(code))
    ctx.exit()


@click.command(cls=SettingsCommand, short_help="Tell what is wrong in a course, and where.")
@course_command
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How the findings are written.")  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the findings to a file."
)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 for notes as well, not only for errors and warnings."
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes. Default: one a core.")
@click.option("--explain", metavar="CODE", is_eager=True, expose_value=False, callback=_explained,
              help="Tell what a code means, and exit.")  # fmt: skip
@click.pass_context
def check(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    form: str,
    output: Path | None,
    strict: bool,
    jobs: int | None,
    **options: Any,  # noqa: ANN401 - the settings
) -> None:
    """Tell what is wrong in the course in DIR, with the place of each fault."""
    from site_builder.pipeline import check as check_course  # noqa: PLC0415 - `--help` needs none of it

    overrides = overrides_of(options)
    if output and not output.parent.is_dir():
        raise WrongUse(f"--output: there is no folder `{output.parent}`", "make it, or name another file")
    with shown_progress(lines=False) as progress:
        course, report = check_course(folder, overrides, jobs=jobs, progress=progress)
    refuse_unknown(options["languages"], report)
    report = of_languages(report, course, options["languages"])
    _write(report, form, output, prefix_of(folder))
    if output or form != "text":
        click.echo(summary(report), err=True)
    elif not len(report):
        click.echo(
            f"{plural(sum(each.translated for each in course.editions), 'page')} in {plural(len(course.editions), 'language')}"
        )
    ctx.exit(report.exit_code(strict=strict))


def _write(report: Report, form: str, output: Path | None, prefix: str) -> None:
    if output:
        output.write_text(FORMATS[form](report, prefix=prefix) + "\n", encoding="utf-8")
    elif form == "text":
        click.echo(as_text(report, prefix=prefix, colour=wants_colour(sys.stdout), width=width()), color=True)
    elif text := FORMATS[form](report, prefix=prefix):
        click.echo(text)


def refuse_unknown(languages: tuple[str, ...], report: Report) -> None:
    """Refuse languages that a user asks for and the course does not have.

    Raises:
        WrongUse: There is one.
    """
    asked = {f"there is no edition `{tag}`" for tag in languages}
    for finding in report.of("error"):
        if finding.code == "bad-setting" and finding.message in asked:
            raise WrongUse(f"--language: {finding.message}", finding.help)


def of_languages(report: Report, course: Course, languages: tuple[str, ...]) -> Report:
    """Give the findings for a user who asked for some languages: not those of the original, if it is not among them."""
    wanted = {tag.lower() for tag in languages}
    original = course.settings.original
    if not wanted or original.lower() in wanted:
        return report
    folder = f"{original}/" if course.root == "." else f"{course.root}/{original}/"
    return report.only(lambda each: not each.span.source.path.startswith(folder))
