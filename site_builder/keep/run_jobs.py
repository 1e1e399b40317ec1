"""Pages that are out of date as jobs, and what jobs gave as runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.discover.folder_tree import is_hidden
from site_builder.discover.setting_values import bytes_of
from site_builder.execute.jobs.page_chains import groups_of
from site_builder.execute.stand_ins.before_cells import STAND_INS_FILE
from site_builder.keep.surroundings import depends_now
from site_builder.model.run import SKIPPED, Checked, Job, Limits, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from site_builder.execute.jobs.page_chains import Place
    from site_builder.keep.run_plan import PlannedPage
    from site_builder.keep.surroundings import Surroundings
    from site_builder.model.run import JobResult

_PACKAGES = frozenset({"site-packages", "dist-packages"})

_UNKNOWN = 60.0
"""Seconds that a page is taken to need before it ever ran."""


def jobs_of(
    due: Sequence[PlannedPage],
    all_pages: Mapping[Place, PlannedPage],
    around: Surroundings,
    *,
    most_memory: int = 0,
    fail_fast: bool = False,
) -> list[tuple[Job, tuple[PlannedPage, ...]]]:
    """Give what runs, the longest first, each job with the pages that are wanted of it.

    Pages that go on from each other are one job; those on the way that are out of date as well are wanted too.

    Args:
        due: the pages that are to run.
        all_pages: all pages with cells that run.
        around: what is there.
        most_memory: bytes that a kernel may have at most, whatever pages say; 0 leaves it to them.
        fail_fast: whether no cell runs after one that failed.
    """
    stale = {place for place, page in all_pages.items() if page.reasons}
    chains = {each.place: tuple(cells.place for cells in each.chain) for each in all_pages.values()}
    wanted = {each.place for each in due}
    wanted |= {place for each in due for place in chains[each.place] if place in stale}
    made = []
    for chain, group in groups_of(wanted, chains):
        pages = tuple(all_pages[place] for place in chain)
        job = _job(pages, frozenset(page for _, page in group), around, most_memory, fail_fast=fail_fast)
        made.append((job, tuple(each for each in pages if each.place in group)))
    return sorted(
        made, key=lambda each: -sum(_seconds(all_pages[task.language, task.page]) for task in each[0].pages)
    )


def _job(
    pages: tuple[PlannedPage, ...],
    wanted: frozenset[str],
    around: Surroundings,
    most_memory: int,
    *,
    fail_fast: bool,
) -> Job:
    settings = around.course.settings
    controls = [each.cells.controls for each in pages]
    memory = max((each.memory for each in controls if each.memory), default=bytes_of(settings.memory))
    return Job(
        pages=tuple(each.cells.task for each in pages),
        wanted=wanted,
        course=around.course.folder,
        kernel=around.kernel_of(pages[-1].cells),
        stand_ins=around.stand_ins,
        sandbox=settings.sandbox,
        network=any(each.network for each in controls),
        limits=Limits(memory=min(memory, most_memory) if most_memory else memory),
        fail_fast=fail_fast,
    )


def _seconds(page: PlannedPage) -> float:
    """Give how long a page ran last."""
    return page.record.checked.seconds if page.record and not page.record.fault else _UNKNOWN


def is_data(path: str) -> bool:
    """Tell whether a file of the course is an author's: what an environment inside the course folder has is not, its versions count."""
    return not is_hidden(path) and not _PACKAGES.intersection(path.split("/"))


def run_of(page: PlannedPage, result: JobResult, around: Surroundings, date: str) -> Run:
    """Give the run of a page from what its job gave; `date` is that of the day, ISO 8601."""
    name = page.page.id
    cells = result.cells[name]
    stand_ins = result.stand_ins.get(name, ())
    files = filter(is_data, result.files.get(name, ()))
    depends = depends_now(page.chain, around, files, stand_ins)
    checked = Checked(
        date,
        result.python,
        around.packages(page.cells, page.cells.imports),
        stand_ins=any(each != STAND_INS_FILE for each in stand_ins),
        sandbox=result.sandbox,
        seconds=sum(cell.seconds for cell in cells if cell.state != SKIPPED),
    )
    return Run(name, page.page.language, cells, depends, checked)
