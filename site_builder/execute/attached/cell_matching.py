"""Which cell goes with which: a page's with those of its kept run, a translation's with the original's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from site_builder.execute.fingerprint import cell_key, why_not_runnable
from site_builder.execute.tasks import may_run, other_variants
from site_builder.model.run import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.document import Cell, Document
    from site_builder.model.run import CellRun, Run

_MOST_COMPARED = 250_000
"""So many pairs of cells are compared to find the best order; beyond them the first that is equal is taken."""


@dataclass(frozen=True)
class Fresh:
    """What a kept run says of a page's cells, one each; `None`: nothing. `changed` is the index of the first that has changed.

    `is_new` tells whether that cell stands behind all those that the run knows.
    """

    results: tuple[CellRun | None, ...]
    changed: int | None = None
    is_new: bool = False


def fresh_results(cells: Sequence[Cell], document: Document, run: Run) -> Fresh:
    """Match a page's cells to its kept run, in order; from the first that has changed on, nothing is known.

    What is not run on either side has no part in this: to change it makes no result wrong.
    """
    kept = [each for each in run.cells if each.state != SKIPPED]
    others = other_variants(document)
    results: list[CellRun | None] = []
    at = 0
    for index, cell in enumerate(cells):
        if not may_run(cell, document, others):
            results.append(None)
        elif at < len(kept) and _is_same(cell, kept[at]):
            results.append(kept[at])
            at += 1
        elif why_not_runnable(cell.text):
            results.append(None)
        else:
            results += [None] * (len(cells) - index)
            return Fresh(tuple(results), index, at >= len(kept))
    return Fresh(tuple(results))


def _is_same(cell: Cell, kept: CellRun) -> bool:
    """Tell whether a cell is the one that ran; to the letter, where the kept key is another Python's."""
    return cell.text.rstrip() == kept.code.rstrip() or cell_key(cell.text) == kept.key


def matched(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Give for the places of `ours` the places in `theirs` that have the same key, one to one, in order where that can be."""
    if ours == theirs:
        return dict(enumerate(range(len(theirs))))
    found: dict[int, int] = {}
    if len(ours) * len(theirs) <= _MOST_COMPARED:
        for first, second, size in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
            found |= {first + step: second + step for step in range(size)}
    taken = set(found.values())
    free: dict[str, list[int]] = defaultdict(list)
    for place in range(len(theirs) - 1, -1, -1):
        if place not in taken:
            free[theirs[place]].append(place)
    for place, key in enumerate(ours):
        if place not in found and free[key]:
            found[place] = free[key].pop()
    return found
