"""`course run`: the cells of chapters run where they are out of date, and what they gave is kept."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import nullcontext
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.failures import FINDINGS, INTERRUPTED, WrongUse
from site_builder.cli.run_words import tell_due, tell_findings, tell_summary, tell_verified
from site_builder.cli.setting_options import SettingsCommand, course_command, overrides_of
from site_builder.cli.terminal import plural
from site_builder.diagnostics.diagnostic import did_you_mean
from site_builder.diagnostics.formats import FORMATS
from site_builder.diagnostics.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.execute.jobs.job_queue import Executor
    from site_builder.keep.run_files import Finish
    from site_builder.model.course import Course, Page
    from site_builder.running import Outcome, Plan

NEEDED = ("nbclient", "jupyter_client", "ipykernel", "psutil")
"""What the extra `run` brings."""


@click.command(cls=SettingsCommand, short_help="Run the cells of chapters that are out of date.")
@partial(course_command, as_option=True)
@click.argument("asked", metavar="[PAGE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Run pages that are up to date as well.")
@click.option(
    "--check", is_flag=True, help="Tell what is out of date and why, run nothing; exit with 1 if anything is."
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first cell that fails.")
@click.option("--verify", is_flag=True, help="Compare the outputs that authors wrote with what came out.")
@click.option("--accept", is_flag=True, help="Compare, and write what came out into the chapters.")
@click.option(
    "--limit-memory",
    metavar="SIZE",
    help="The most that a page's kernel may use, whatever pages say, such as `4G`.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Kernels at once. Default: one a core, as far as memory reaches.",
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Run on this machine, or on the workers of a Dask cluster.",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="The scheduler of the cluster, such as `tcp://10.0.0.1:8786`."
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How the findings are written.")  # fmt: skip
@click.pass_context
def run(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    asked: tuple[str, ...],
    form: str,
    check: bool,
    **options: Any,  # noqa: ANN401 - the other options, and the settings
) -> None:
    """Run the cells of PAGE, all pages by default, where they are out of date.

    PAGE is the id of a page (`chapter1/first`), of a chapter (`chapter1`), or a path to a chapter's file.
    """
    from site_builder.discover.stage import discover  # noqa: PLC0415 - `--help` needs none of it
    from site_builder.running import plan  # noqa: PLC0415

    overrides = overrides_of(options)
    most_memory = _bytes_of(options["limit_memory"])
    if not check:
        _need_extras(options["executor"], options["scheduler"])
    course, findings = discover(folder, overrides)
    wrong = [each for each in findings if each.code in ("no-course", "bad-setting")]
    if not course.editions:
        tell_findings(Report(tuple(wrong)), form, folder)
        ctx.exit(FINDINGS)
    pages = _asked(course, asked) if asked else None
    planned = plan(course, pages, everything=options["everything"])
    if check:
        tell_due(planned, quiet=form != "text")
        report = Report((*wrong, *planned.findings))
        tell_findings(report, form, folder)
        ctx.exit(FINDINGS if planned.due or report.exit_code() else 0)
    outcome = _run(planned, options, most_memory)
    found = [*wrong, *planned.findings, *outcome.findings]
    if options["verify"] or options["accept"]:
        found += _verify(planned, outcome, overrides, accept=options["accept"], quiet=form != "text")
    report = Report(tuple(found))
    tell_findings(report, form, folder)
    tell_summary(planned, outcome, quiet=form != "text")
    ctx.exit(report.exit_code())


def _asked(course: Course, names: tuple[str, ...]) -> frozenset[str]:
    """Give the ids of the pages that a user names.

    Raises:
        WrongUse: A name is none of a page, of a chapter or of a chapter's file.
    """
    ids = {page.id: page for page in course.original.pages}
    files = {
        course.folder / page.source.path: page.id
        for edition in course.editions
        for page in edition.pages
        if not page.is_fallback
    }
    found: set[str] = set()
    for name in names:
        wanted = name.rstrip("/")
        within = {page for page in ids if page == wanted or page.startswith(f"{wanted}/")}
        paths = (Path(name).resolve(), (course.folder / name).resolve())
        within |= {page for file, page in files.items() if file.resolve() in paths}
        if not within:
            chapters = {page.rpartition("/")[0] for page in ids}
            advice = did_you_mean(wanted, {*ids, *chapters} - {""})
            raise WrongUse(
                f"there is no page or chapter `{name}`",
                advice or "name a page by its id, such as `chapter1/first`",
            )
        found |= within
    return frozenset(found)


def _bytes_of(size: str | None) -> int:
    from site_builder.discover.setting_values import bytes_of  # noqa: PLC0415 - `--help` needs none of it

    if size and not bytes_of(size):
        raise WrongUse(f"--limit-memory: `{size}` is no size", "write it as `512M` or `4G`")
    return bytes_of(size) if size else 0


def _need_extras(executor: str, scheduler: str | None) -> None:
    if any(find_spec(name) is None for name in NEEDED):
        raise WrongUse("running cells needs Jupyter", 'install it with `pip install "site-builder[run]"`')
    if executor == "dask" and find_spec("distributed") is None:
        raise WrongUse(
            "`--executor dask` needs Dask", 'install it with `pip install "site-builder[run,dask]"`'
        )
    if (executor == "dask") != bool(scheduler):
        raise WrongUse(
            "`--executor dask` and `--scheduler` go together",
            "name the scheduler, such as `--scheduler tcp://127.0.0.1:8786`",
        )


def _run(planned: Plan, options: dict[str, Any], most_memory: int) -> Outcome:
    """Run the plan, and say how to go on where a user interrupts it.

    Raises:
        WrongUse: There is no sandbox though one is required, or no cluster.
    """
    from site_builder.cli.run_progress import shown_run  # noqa: PLC0415 - `--check` needs none of it
    from site_builder.execute.run_faults import ExecutorFault, SandboxMissing  # noqa: PLC0415
    from site_builder.running import Outcome, run  # noqa: PLC0415

    outcome = Outcome()
    try:
        with shown_run() as (tell, kept), _executor(planned, options, tell) as executor:
            run(
                planned, executor, _finisher(planned.course),
                most_memory=most_memory, fail_fast=options["fail_fast"], kept=kept, outcome=outcome,
            )  # fmt: skip
    except (SandboxMissing, ExecutorFault) as missing:
        message, _, advice = str(missing).partition("\n")
        raise WrongUse(message, advice) from missing
    except KeyboardInterrupt:
        left = len(planned.due) - len(outcome.runs)
        click.echo(
            f"\ninterrupted: {plural(len(outcome.runs), 'page')} kept, {left} to go; `course run` goes on",
            err=True,
        )
        click.get_current_context().exit(INTERRUPTED)
    if options["executor"] == "dask" and outcome.runs and not outcome.sandbox:
        click.echo("cells ran with the workers' rights: they have no sandbox", err=True)
    return outcome


def _executor(
    planned: Plan, options: dict[str, Any], tell: Callable[[str, int, int, str], None]
) -> AbstractContextManager[Executor]:
    from site_builder.execute.jobs.job_queue import Executor, local_executor  # noqa: PLC0415
    from site_builder.keep.workers import usable_cores  # noqa: PLC0415

    if not planned.due:
        return nullcontext(Executor(lambda _: Future(), 1))
    if options["executor"] == "dask":
        from site_builder.execute.jobs.dask_executor import dask_executor  # noqa: PLC0415 - an extra

        return dask_executor(options["scheduler"], planned.course.folder, planned.around.stand_ins, tell)
    _tell_sandbox(planned.course.settings.sandbox)
    return local_executor(options["jobs"] or usable_cores(), tell)


def _tell_sandbox(wanted: str) -> None:
    """Say it where cells run with the user's rights, or without limits; where a sandbox is required, the jobs refuse."""
    from site_builder.execute.sandboxes import sandbox  # noqa: PLC0415 - see above

    if wanted == "required":
        return
    if why := "`--sandbox off`" if wanted == "off" else sandbox.bubblewrap_fault():
        click.echo(f"cells run with your rights: no sandbox ({why})", err=True)
    elif why := sandbox.cgroup_fault():
        click.echo(f"the sandbox limits neither memory nor processes: {why}", err=True)


def _finisher(course: Course) -> Finish:
    def finish(page: Page, text: str) -> str:
        from site_builder.hosts.notebook_files import finisher  # noqa: PLC0415 - a run that does nothing needs none

        return finisher(course, course.settings.kept_runs)(page, text)

    return finish


def _verify(
    planned: Plan, outcome: Outcome, overrides: dict[str, object], *, accept: bool, quiet: bool
) -> Iterator[Finding]:
    """Compare what authors wrote with what came out; where accepted, write it, and bring the kept runs' texts up to date."""
    from site_builder.discover.stage import discover  # noqa: PLC0415 - see above
    from site_builder.keep import verified_pages as of  # noqa: PLC0415
    from site_builder.running import plan, refresh  # noqa: PLC0415

    course = planned.course
    pages = of.verified_pages(planned.pages, outcome.runs, course.original.language)
    left = {page.plan.place: of.accept(course.folder, page) for page in pages} if accept else {}
    tell_verified(pages, left if accept else None, quiet=quiet)
    if accept:
        again, _ = discover(course.folder, overrides)
        refresh(plan(again, {page.plan.page.id for page in pages}), _finisher(again))
    for page in pages:
        not_written = {id(each) for each, _ in left.get(page.plan.place, ())}
        yield from (
            finding
            for difference, finding in zip(page.verified.differences, page.verified.findings, strict=True)
            if not accept or id(difference) in not_written
        )
