"""What there is to run on a page, kept by its text: a course in which nothing changed need not be parsed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from site_builder.keep.cache import Cache, key_of
from site_builder.keep.page_record import FindingRecord, records_of
from site_builder.model.controls import PageControls
from site_builder.model.run import PageTask  # noqa: TC001 - read by msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from site_builder.execute.jobs.page_chains import Place
    from site_builder.model.course import Course, Page
    from site_builder.model.settings import Settings

    Progress = Callable[[str, int, int], None]

_OF_RUNNING = frozenset({"cell-option", "page-setting"})


@dataclass(frozen=True)
class PageCells:
    """A page's cells as tasks, and what is known of them without running any.

    `spans` are the cells' places in the page's source, (start, end); `digest` is that of all that they do; `imports` are
    the modules that they import, `words` the strings in their code that may name files; `shapes` are the cells' shape keys.
    `findings` are those about options and front matter.
    """

    task: PageTask
    controls: PageControls
    spans: tuple[tuple[int, int], ...]
    digest: str
    imports: tuple[str, ...]
    words: tuple[str, ...]
    shapes: tuple[str, ...]
    findings: tuple[FindingRecord, ...] = ()

    @property
    def place(self) -> Place:
        """The page's language and id."""
        return self.task.language, self.task.page

    @property
    def runs(self) -> bool:
        """Whether any of the cells is to run."""
        return any(not cell.skip for cell in self.task.cells)


def cells_of_course(
    course: Course, kept: Cache, progress: Progress
) -> tuple[dict[Place, Page], dict[Place, PageCells]]:
    """Give the pages whose cells may run, and these: all of the original's, and those of translations that are to be run.

    The setting `translated_cells: run` asks for translations; only those are run that have a cell which differs from the
    original's in its strings.
    """
    original = course.original
    pages = list(original.pages)
    if course.settings.translated_cells == "run":
        pages += [page for each in course.editions for page in each.pages if page.made_from]
    found = _cells_of(pages, course.settings, kept, progress)
    cells = {place: each for place, each in found.items() if place[0] == original.language}
    for (language, page), each in found.items():
        theirs = cells.get((original.language, page))
        if language != original.language and theirs:
            controls = _inherited(each.controls, theirs.controls)
            if controls.run and _differs_in_strings(each, theirs):
                task = replace(each.task, original=theirs.task.folder)
                cells[language, page] = replace(each, task=task, controls=controls)
    return {(page.language, page.id): page for page in pages}, cells


def _inherited(own: PageControls, original: PageControls) -> PageControls:
    """Give what a translation says about running; where it says nothing, what the original does."""
    return PageControls(
        run=own.run and original.run,
        run_after=own.run_after or original.run_after,
        kernel=own.kernel or original.kernel,
        environment=own.environment or original.environment,
        network=own.network or original.network,
        timeout=own.timeout or original.timeout,
        memory=own.memory or original.memory,
    )


def _differs_in_strings(translated: PageCells, original: PageCells) -> bool:
    """Tell whether a translation has a cell that differs from one of the original's in its strings only."""
    keys = {cell.key for cell in original.task.cells}
    shapes = set(original.shapes)
    return any(
        not cell.skip and cell.key not in keys and shape in shapes
        for cell, shape in zip(translated.task.cells, translated.shapes, strict=True)
    )


def _cells_of(
    pages: Sequence[Page], settings: Settings, kept: Cache, progress: Progress
) -> dict[Place, PageCells]:
    """Give the cells of `pages`, by language and id; what `kept` has is not parsed again."""
    keys = [
        key_of("cells", page.source.path, page.source.digest, page.id, page.language, settings.timeout)
        for page in pages
    ]
    found = kept.get(keys, PageCells)
    fresh = {}
    for number, (key, page) in enumerate(zip(keys, pages, strict=True)):
        if key not in found:
            progress("Reading", number, len(pages))
            found[key] = fresh[key] = _read(page, settings)
    kept.put(fresh)
    if fresh:
        progress("Reading", len(pages), len(pages))
    return {(page.language, page.id): found[key] for key, page in zip(keys, pages, strict=True)}


def _read(page: Page, settings: Settings) -> PageCells:
    from site_builder.execute import fingerprint as of  # noqa: PLC0415 - an unchanged course needs no parser
    from site_builder.execute.tasks import page_task  # noqa: PLC0415
    from site_builder.model.tree import cells_of  # noqa: PLC0415
    from site_builder.parse.stage import parse  # noqa: PLC0415

    document, findings = parse(page.source)
    task = page_task(document, page, page.source.path.rpartition("/")[0], settings)
    running = [cell.code for cell in task.cells if not cell.skip]
    return PageCells(
        task,
        document.controls,
        tuple((cell.span.start, cell.span.end) for cell in cells_of(document)),
        of.code_digest(task.cells),
        _sorted(of.imported(code) for code in running),
        _sorted(filter(_may_name_a_file, of.literals(code)) for code in running),
        tuple(of.shape_key(cell.code) for cell in task.cells),
        records_of(each for each in findings if each.code in _OF_RUNNING),
    )


def _sorted(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({each for group in groups for each in group}))


def _may_name_a_file(word: str) -> bool:
    return 0 < len(word) <= 200 and word.isprintable() and not word.isspace()  # noqa: PLR2004 - longer names are rare
