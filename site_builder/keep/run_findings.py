"""What became of a page's cells, as findings at their own lines, kept by the chapter's text and the kept run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.keep.cache import Cache, key_of
from site_builder.keep.page_record import FindingRecord, recall, records_of
from site_builder.model.run import FAILED, LOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.keep.run_plan import PlannedPage
    from site_builder.model.document import Document
    from site_builder.model.run import Run
    from site_builder.model.source import Source


@dataclass(frozen=True)
class CellFindings:
    """The findings of a page's run."""

    findings: tuple[FindingRecord, ...] = ()


def findings_of(source: Source, run: Run) -> tuple[Finding, ...]:
    """Give a finding for each cell that failed or was lost, in a chapter of which `run` is the run."""
    from site_builder.execute.attached.cell_faults import failures  # noqa: PLC0415 - an unchanged course needs no parser
    from site_builder.execute.attached.cell_matching import fresh_results  # noqa: PLC0415
    from site_builder.model.tree import cells_of  # noqa: PLC0415

    if not any(cell.state in (FAILED, LOST) for cell in run.cells):
        return ()
    document = read(source)
    cells = list(cells_of(document))
    return tuple(failures(zip(cells, fresh_results(cells, document, run).results, strict=True)))


def read(source: Source) -> Document:
    """Give the document of a chapter."""
    from site_builder.parse.stage import parse  # noqa: PLC0415 - an unchanged course needs no parser

    return parse(source)[0]


def kept_findings(plans: Iterable[PlannedPage], kept: Cache) -> list[Finding]:
    """Give the findings of runs that are up to date: what failed is told again each time."""
    found: list[Finding] = []
    for plan in plans:
        if plan.file is None or plan.record is None or not plan.record.failed:
            continue
        source = plan.page.source
        key = key_of("failed", source.path, source.digest, plan.file.digest)
        known = kept.get([key], CellFindings).get(key)
        if known is None:
            known = CellFindings(records_of(findings_of(source, plan.run())))
            kept.put({key: known})
        found += recall(known.findings, {source.path: source})
    return found
