"""Kept runs put into a page, in every language: for each cell, what of it is shown."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from site_builder.execute.attached.cell_faults import changed, differing, failures
from site_builder.execute.attached.cell_matching import Fresh, fresh_results, matched
from site_builder.execute.attached.shown_cells import Result, shown
from site_builder.execute.fingerprint import cell_key, shape_key, why_not_runnable
from site_builder.execute.tasks import may_run, other_variants
from site_builder.model.controls import Controls
from site_builder.model.tree import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.course import Page
    from site_builder.model.document import Cell, Document
    from site_builder.model.run import Run

_PLAIN = Controls()
_NOTHING = Fresh(())


def attach(
    document: Document,
    page: Page,
    original: Document | None,
    run: Run | None,
    run_path: str,
    own: Run | None = None,
    own_path: str = "",
) -> tuple[Document, tuple[Finding, ...]]:
    """Give the page in which each cell has what is to be shown of its outputs, and what is wrong with its run.

    Args:
        document: the page, parsed or resolved.
        page: the page that it is.
        original: the original that it is translated from, parsed or resolved; `None` on the original itself.
        run: the kept run of the original's page, if there is one.
        run_path: where that lies, relative to the course folder.
        own: the kept run of a translation itself, if there is one; it helps out where the translation differs.
        own_path: where that lies.
    """
    cells = tuple(cells_of(document))
    if not cells:
        return document, ()
    theirs = tuple(cells_of(original)) if original else ()
    if run is None and own is None and all(each.controls == _PLAIN for each in (*cells, *theirs)):
        return document, ()
    if original is None:
        return _attach_own(document, page, cells, run or own, run_path if run else own_path)
    return _attach_translated(
        document, page, cells, _Original(original, theirs, run, run_path), own, own_path
    )


def _attach_own(
    document: Document, page: Page, cells: tuple[Cell, ...], run: Run | None, path: str
) -> tuple[Document, tuple[Finding, ...]]:
    """Attach the run of the page itself."""
    fresh = fresh_results(cells, document, run) if run else Fresh((None,) * len(cells))
    findings = list(failures(zip(cells, fresh.results, strict=True)))
    if fresh.changed is not None:
        findings.append(changed(cells[fresh.changed], page.id, is_new=fresh.is_new))
    results = [Result(each, path, _had_stand_ins(run)) if each else None for each in fresh.results]
    return shown(document, cells, cells, results, (run,)), tuple(findings)


def _had_stand_ins(run: Run | None) -> bool:
    return run is not None and run.checked.stand_ins


# ---- translations --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Original:
    """The original's page: its cells and its kept run."""

    document: Document
    cells: tuple[Cell, ...]
    run: Run | None
    path: str


def _attach_translated(
    document: Document,
    page: Page,
    cells: tuple[Cell, ...],
    original: _Original,
    own: Run | None,
    own_path: str,
) -> tuple[Document, tuple[Finding, ...]]:
    """Attach the original's run to the cells that are equal, and the translation's own to those that are not."""
    same, alike = _pairs(cells, original.cells)
    theirs = fresh_results(original.cells, original.document, original.run) if original.run else _NOTHING
    ours = fresh_results(cells, document, own) if own else _NOTHING
    results: list[Result | None] = [None] * len(cells)
    alone = []
    for index in range(len(cells)):
        if index in same:
            if theirs.results and (found := theirs.results[same[index]]):
                results[index] = Result(found, original.path, _had_stand_ins(original.run))
        elif ours.results and (kept := ours.results[index]):
            results[index] = Result(kept, own_path, _had_stand_ins(own))
            alone.append((cells[index], kept))
    findings = [
        *failures(alone),
        *_differences(document, page, cells, original, same, alike, ours),
    ]
    pairs = same | alike
    controlled = [
        _with_controls(cell, original.cells[pairs[index]]) if index in pairs else cell
        for index, cell in enumerate(cells)
    ]
    return shown(document, cells, controlled, results, (original.run, own)), tuple(findings)


def _pairs(ours: Sequence[Cell], theirs: Sequence[Cell]) -> tuple[dict[int, int], dict[int, int]]:
    """Give which cells are equal, and which of the others differ in strings only, by their places."""
    same = matched([cell_key(each.text) for each in ours], [cell_key(each.text) for each in theirs])
    taken = set(same.values())
    mine = [place for place in range(len(ours)) if place not in same]
    left = [place for place in range(len(theirs)) if place not in taken]
    alike = matched(
        [shape_key(ours[place].text) for place in mine], [shape_key(theirs[place].text) for place in left]
    )
    return same, {mine[first]: left[second] for first, second in alike.items()}


def _differences(
    document: Document,
    page: Page,
    cells: Sequence[Cell],
    original: _Original,
    same: dict[int, int],
    alike: dict[int, int],
    ours: Fresh,
) -> list[Finding]:
    """Tell which cells have no result because they differ, if the original was run at all."""
    if original.run is None and not ours.results:
        return []
    findings: list[Finding] = []
    others, their_others = other_variants(document), other_variants(original.document)
    for index, cell in enumerate(cells):
        if index in same or (ours.results and ours.results[index]):
            continue
        twin = original.cells[alike[index]] if index in alike else None
        is_run = may_run(cell, document, others) and (
            twin is None or may_run(twin, original.document, their_others)
        )
        if not is_run or why_not_runnable(cell.text):
            continue
        if ours.changed is None:
            findings.append(differing(cell, twin))
        elif not any(each.code == "stale-run" for each in findings):
            findings.append(changed(cell, page.id, is_new=False))
    return findings


def _with_controls(cell: Cell, theirs: Cell) -> Cell:
    """Give a translated cell what the original's fence says and its own does not."""
    if theirs.controls in (_PLAIN, cell.controls):
        return cell
    said = {
        each.name: getattr(theirs.controls, each.name)
        for each in fields(Controls)
        if getattr(cell.controls, each.name) == each.default
    }
    return replace(cell, controls=replace(cell.controls, **said))
