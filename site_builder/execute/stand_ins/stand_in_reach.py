"""Which cells use what comes from a model that stands in for a real one, told from their code alone."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from site_builder.execute.ipython_lines import plain_python
from site_builder.execute.stand_ins.name_flow import Names
from site_builder.execute.stand_ins.statement_flow import run_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.run import CellTask


def reached(cells: Sequence[CellTask], models: frozenset[str], *, offline: bool = True) -> frozenset[int]:
    """Give the indices of the cells that make or use something from a stand-in model.

    What cells do is followed from name to name, without running them, and rather too far than not far enough: a
    cell in it may show what the author wrote, a cell not in it shows what came out as the truth. Feature extractors do not
    count: they compute from settings, and have no weights.

    Args:
        cells: all cells that run in one kernel, in order: those of earlier pages before those of the page.
        models: the ids of the stand-ins that are models (`stand_ins.models_in`).
        offline: whether a model that is no stand-in cannot be had either, so that whatever was loaded is none.
    """
    names = Names(models, offline=offline)
    found = set()
    for index, cell in enumerate(cells):
        if cell.skip:
            continue
        used = _uses(cell.code, names)
        names.bind("_", tainted=used)
        if used:
            found.add(index)
            names.taint("Out")
    return frozenset(found)


def _uses(code: str, names: Names) -> bool:
    try:
        body = ast.parse(plain_python(code)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return any(map(names.is_tainted, re.findall(r"\w+", code)))
    try:
        return run_body(body, names)
    except RecursionError:
        return True  # too deep to be followed: rather not shown
