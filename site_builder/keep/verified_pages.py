"""Chapters against their runs: what differs in each, and what came out written into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.execute.kept.kept_runs import KeptRunFault
from site_builder.execute.verified.accepted_output import with_outputs
from site_builder.execute.verified.verify import Verified, verify
from site_builder.keep.run_files import write_whole
from site_builder.keep.run_findings import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from site_builder.execute.jobs.page_chains import Place
    from site_builder.execute.verified.verify import Difference
    from site_builder.keep.run_plan import PlannedPage
    from site_builder.model.run import Run


@dataclass(frozen=True)
class VerifiedPage:
    """A page, and what comparing it gave."""

    plan: PlannedPage
    verified: Verified


def verified_pages(
    plans: Iterable[PlannedPage], runs: Mapping[Place, Run], original: str
) -> list[VerifiedPage]:
    """Compare the pages of the original edition with their runs: those of `runs`, else the kept ones."""
    found = []
    for plan in plans:
        run = runs.get(plan.place) or _kept(plan)
        if run is not None and plan.page.language == original:
            found.append(VerifiedPage(plan, verify(read(plan.page.source), run)))
    return found


def _kept(plan: PlannedPage) -> Run | None:
    try:
        return plan.run() if not plan.reasons else None
    except (KeptRunFault, OSError, UnicodeDecodeError):
        return None


def accept(folder: Path, page: VerifiedPage) -> tuple[tuple[Difference, str], ...]:
    """Write what came out into a page's chapter; give what could not be written, with the reasons.

    Raises:
        OSError: The chapter cannot be written.
    """
    source, differences = page.plan.page.source, page.verified.differences
    if page.verified.stand_ins:  # what an author saw is truer
        return tuple((each, "the page ran with stand-ins") for each in differences)
    file = folder / source.path
    data = file.read_bytes()
    mark = "\ufeff" if data.startswith("\ufeff".encode()) else ""
    if data != (mark + source.text).encode():
        return tuple((each, "the chapter changed meanwhile, or is not UTF-8") for each in differences)
    text, left = with_outputs(source, differences, read)
    if text != source.text:
        write_whole(folder, source.path, mark + text)
    return left
