"""Which pages are out of date and why: each page with its cells, its kept run and what the run depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.execute.jobs.page_chains import chains_of
from site_builder.execute.kept.kept_runs import kept_run, run_path
from site_builder.execute.kept.staleness import changed_cells, counted, reasons, same_after
from site_builder.keep.surroundings import depends_now
from site_builder.model.run import LOST, SKIPPED
from site_builder.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from site_builder.execute.jobs.page_chains import Place
    from site_builder.keep.page_cells import PageCells
    from site_builder.keep.run_record import RunRecord
    from site_builder.keep.surroundings import Surroundings
    from site_builder.model.course import Page, RunFile
    from site_builder.model.run import Run


@dataclass(frozen=True)
class PlannedPage:
    """A page with cells that run.

    `chain` are the pages that it goes on from and itself, in order. `path` is where its kept run lies or will lie; `file`
    and `record` are the one it has, at another path where the page was renamed. `reasons` say why it is out of date.
    """

    page: Page
    chain: tuple[PageCells, ...]
    path: str
    file: RunFile | None = None
    record: RunRecord | None = None
    reasons: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Its language and its id."""
        return self.page.language, self.page.id

    @property
    def cells(self) -> PageCells:
        """Its own cells."""
        return self.chain[-1]

    @property
    def was_renamed(self) -> bool:
        """Whether its kept run lies under another name."""
        return self.file is not None and self.file.path != self.path

    def run(self) -> Run:
        """Read its kept run whole.

        Raises:
            KeptRunFault: It cannot be used.
            OSError: It is gone.
        """
        if self.file is None:
            raise FileNotFoundError(self.path)
        return kept_run(self.file.file.read_text("utf-8"))

    def first_cell(self) -> Span:
        """Give the place of its first cell that runs."""
        index = next(index for index, cell in enumerate(self.cells.task.cells) if not cell.skip)
        start, end = self.cells.spans[index]
        return Span(self.page.source, start, end)

    def line(self, cell: int) -> int:
        """Give the line of the chapter where a cell starts."""
        return self.page.source.position(self.cells.spans[cell][0])[0]


def chained(
    pages: Mapping[Place, Page], cells: Mapping[Place, PageCells], original: str, kernel: str
) -> tuple[dict[Place, tuple[PageCells, ...]], tuple[Finding, ...]]:
    """Give each page's chain, and what is wrong with where pages go on from.

    A translation goes on from the translation of the page where there is one that has cells of its own to run, else
    from the original. Pages share a kernel of one kind; `kernel` is that of pages that name none.
    """
    after: dict[Place, Place | None] = {}
    for language, page in cells:
        before = cells[language, page].controls.run_after
        mine, theirs = (language, before), (original, before)
        after[language, page] = (mine if mine in cells else theirs) if before else None
    mixed = {
        place: f"`{before[1]}`, which it goes on from, has another kernel"
        for place, before in after.items()
        if before and before in cells and _kernel(cells[place], kernel) != _kernel(cells[before], kernel)
    }
    chains, faults = chains_of({**after, **dict.fromkeys(mixed)})
    faults |= mixed
    findings = tuple(_chain_fault(pages[place], text, cells) for place, text in faults.items())
    made = {
        place: tuple(cells[each] for each in chain if cells[each].runs or each == place)
        for place, chain in chains.items()
    }
    return made, findings


def _kernel(page: PageCells, usual: str) -> str:
    return page.controls.kernel or usual


def _chain_fault(page: Page, message: str, cells: Mapping[Place, PageCells]) -> Finding:
    span = page.source.whole.find("run_after")
    before = cells[page.language, page.id].controls.run_after
    known = [each for _, each in cells if each != page.id]
    help_text = did_you_mean(before, known) if message.startswith("there is no") else ""
    return Finding(
        "page-setting", span, message, help_text or "name a page by its id, such as `chapter1/first`"
    )


def planned(
    page: Page,
    chain: tuple[PageCells, ...],
    around: Surroundings,
    records: Mapping[str, tuple[RunFile, RunRecord]],
) -> PlannedPage:
    """Give a page's plan; `records` are the kept runs by the paths of their files."""
    path = run_path(around.course.settings, page.language, page.id)
    file, record = records.get(path, (None, None))
    plan = PlannedPage(page, chain, path, file, record)
    return replace(plan, reasons=_reasons(plan, around))


def _reasons(plan: PlannedPage, around: Surroundings) -> tuple[str, ...]:
    record = plan.record
    if record is None:
        return ("it never ran",)
    if record.fault:
        return (f"its kept run is damaged: {record.fault}",)
    before = record.depends
    now = depends_now(
        plan.chain, around, (path for path, _ in before.files), (path for path, _ in before.stand_ins)
    )
    old = [cell.key for cell in record.cells if cell.state != SKIPPED]
    new = [(index, cell.key) for index, cell in enumerate(plan.cells.task.cells) if not cell.skip]
    found = reasons(before, now, changed_cells(old, new, plan.line))
    lost = sum(cell.state == LOST for cell in record.cells)
    return (
        (*found, f"{counted(lost, 'cell')} did not come to {'its' if lost == 1 else 'their'} end")
        if lost
        else found
    )


def with_renamed(
    plans: Sequence[PlannedPage], orphans: Iterable[tuple[RunFile, RunRecord]], around: Surroundings
) -> list[PlannedPage]:
    """Give pages that have no kept run the one of a page that is gone and had the same code."""
    free = {file.path: (file, record) for file, record in orphans if not record.fault}
    made = []
    for plan in plans:
        match = (
            next((each for each in free.values() if _fits(plan, each[1])), None)
            if plan.record is None
            else None
        )
        if match is None:
            made.append(plan)
            continue
        del free[match[0].path]
        found = replace(plan, file=match[0], record=match[1])
        made.append(replace(found, reasons=_reasons(found, around)))
    return made


def _fits(plan: PlannedPage, record: RunRecord) -> bool:
    after = tuple((each.task.page, each.digest) for each in plan.chain[:-1])
    return (
        record.language == plan.page.language
        and record.depends.code == plan.cells.digest
        and same_after(record.depends.after, after)
    )
