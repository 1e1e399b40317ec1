"""Running on one screen: which pages are out of date and why, what runs together, and what is kept."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.discover.kept_run_files import other_runs
from site_builder.execute.jobs.job_queue import ended_jobs
from site_builder.execute.run_faults import KernelFault
from site_builder.keep.cache import Cache
from site_builder.keep.page_cells import cells_of_course
from site_builder.keep.page_record import recall
from site_builder.keep.run_files import RunFiles
from site_builder.keep.run_findings import findings_of, kept_findings
from site_builder.keep.run_jobs import jobs_of, run_of
from site_builder.keep.run_plan import chained, planned, with_renamed
from site_builder.keep.run_record import read_records
from site_builder.keep.surroundings import surroundings
from site_builder.model.run import FAILED, LOST, SKIPPED
from site_builder.pipeline import atlas_digest, find_atlases, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from concurrent.futures import Future

    from site_builder.execute.jobs.job_queue import Executor
    from site_builder.execute.jobs.page_chains import Place
    from site_builder.keep.run_files import Finish
    from site_builder.keep.run_plan import PlannedPage
    from site_builder.keep.surroundings import Surroundings
    from site_builder.model.course import Course
    from site_builder.model.run import Job, JobResult, Run
    from site_builder.pipeline import Progress


@dataclass(frozen=True)
class Plan:
    """What there is to run. `pages` are those asked for that have cells which run, `all_pages` all such, by language and id.

    `findings` are what stands in the way.
    """

    course: Course
    kept: Cache
    around: Surroundings
    pages: tuple[PlannedPage, ...]
    all_pages: dict[Place, PlannedPage]
    findings: tuple[Finding, ...]

    @property
    def due(self) -> tuple[PlannedPage, ...]:
        """The pages asked for that are out of date and can run."""
        return tuple(each for each in self.pages if each.reasons and self._can_run(each))

    @property
    def unchanged(self) -> tuple[PlannedPage, ...]:
        """The pages asked for that are up to date."""
        return tuple(each for each in self.pages if not each.reasons)

    def _can_run(self, page: PlannedPage) -> bool:
        return self.around.kernel_of(page.cells) not in self.around.unknown


@dataclass
class Outcome:
    """What running a plan did: pages that ran, with their runs; pages whose kept run got a new text; cells that ran."""

    runs: dict[Place, Run] = field(default_factory=dict)
    refreshed: list[PlannedPage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sandbox: str = ""
    seconds: float = 0.0

    @property
    def cells(self) -> int:
        """How many cells ran."""
        return sum(cell.state != SKIPPED for run in self.runs.values() for cell in run.cells)


def plan(
    course: Course,
    asked: Collection[str] | None = None,
    *,
    everything: bool = False,
    progress: Progress = silent,
) -> Plan:
    """Find out which pages of `course` are out of date, and why.

    Args:
        course: the course, as `discover` found it.
        asked: the ids of the pages to look at; `None` for all.
        everything: whether pages count as out of date that are not.
        progress: shows how far the reading is.
    """
    kept = Cache.of_course(course.folder)
    pages, cells = cells_of_course(course, kept, progress)
    chains, faults = chained(pages, cells, course.original.language, course.settings.kernel)
    around = surroundings(course, cells.values())
    files = [file for page in pages.values() for file in (page.run, page.own_run) if file]
    records = read_records(files, kept)
    known = {file.path: (file, records[file.path]) for file in files}
    plans = [
        planned(pages[place], chains[place], around, known) for place, each in cells.items() if each.runs
    ]
    if any(each.record is None for each in plans):
        loose = other_runs(course, {each.path for each in plans})
        found = read_records(loose, kept)
        plans = with_renamed(plans, ((file, found[file.path]) for file in loose), around)
    chosen = tuple(each for each in plans if asked is None or each.page.id in asked)
    if everything:
        chosen = tuple(replace(each, reasons=each.reasons or ("it was asked for",)) for each in chosen)
    told = (recall(each.findings, {pages[at].source.path: pages[at].source}) for at, each in cells.items())
    findings = (*faults, *chain(*told), *_unknown_kernels(chosen, around))
    by_place = {each.place: each for each in (*plans, *chosen)}
    return Plan(course, kept, around, chosen, by_place, findings)


def _unknown_kernels(pages: Iterable[PlannedPage], around: Surroundings) -> Iterable[Finding]:
    advice = "install it, or name another; `jupyter kernelspec list` lists them"
    for page in pages:
        if why := around.unknown.get(around.kernel_of(page.cells)):
            yield Finding(
                "page-setting", page.page.source.whole.find("kernel:"), f"the page cannot run: {why}", advice
            )


def run(
    plan: Plan,
    executor: Executor,
    finish: Finish,
    *,
    most_memory: int = 0,
    fail_fast: bool = False,
    kept: Callable[[PlannedPage, Run], None] = lambda _page, _run: None,
    outcome: Outcome | None = None,
) -> Outcome:
    """Run what is out of date, and keep each page's run as soon as its job has ended.

    Args:
        plan: what there is to run.
        executor: where jobs run.
        finish: puts words and roots into the marks of a page's notebook.
        most_memory: bytes that a kernel may have at most, whatever pages say; 0 leaves it to them.
        fail_fast: whether the first cell that fails ends it all.
        kept: gets each page that was kept, with its run.
        outcome: is filled and given back; who holds it knows after an interrupt what was done.

    Raises:
        SandboxMissing: A sandbox is required and cannot be had.
        OSError: A kept run cannot be written.
    """
    began = time.monotonic()
    outcome = outcome or Outcome()
    files = _run_files(plan, finish)
    outcome.refreshed += files.refresh(plan.unchanged)
    outcome.findings += kept_findings(plan.unchanged, plan.kept)
    jobs = jobs_of(plan.due, plan.all_pages, plan.around, most_memory=most_memory, fail_fast=fail_fast)
    for number, future in ended_jobs([job for job, _ in jobs], executor):
        job, pages = jobs[number]
        runs = _runs(plan, job, pages, future, outcome)
        for page, made in runs:
            files.write(page, made)
            outcome.runs[page.place] = made
            outcome.findings += findings_of(page.page.source, made)
            kept(page, made)
        outcome.seconds = time.monotonic() - began
        if fail_fast and any(cell.state in (FAILED, LOST) for _, made in runs for cell in made.cells):
            break
    outcome.seconds = time.monotonic() - began
    return outcome


def refresh(plan: Plan, finish: Finish) -> list[PlannedPage]:
    """Bring the kept runs of pages up to date of which only the text changed; give those that were written."""
    return _run_files(plan, finish).refresh(plan.unchanged)


def _run_files(plan: Plan, finish: Finish) -> RunFiles:
    atlases = find_atlases(plan.course, plan.kept)
    digests = {language: atlas_digest(atlas) for language, atlas in atlases.items()}
    return RunFiles(plan.course, atlases, digests, plan.kept, finish)


def _runs(
    plan: Plan, job: Job, pages: tuple[PlannedPage, ...], future: Future[JobResult], outcome: Outcome
) -> list[tuple[PlannedPage, Run]]:
    """Give the runs of a job's wanted pages; none and a finding where its kernel could not start."""
    try:
        result = future.result()
    except KernelFault as fault:
        message, _, words = str(fault).partition("\n")
        place = pages[0].first_cell()
        outcome.findings.append(Finding("cell-lost", place, f"the kernel `{job.kernel}`: {message}", words))
        return []
    outcome.sandbox = result.sandbox
    today = datetime.now(UTC).date().isoformat()
    return [(page, run_of(page, result, plan.around, today)) for page in pages]
