"""Kept runs: a run as a notebook that Jupyter opens, and back; what was damaged or edited by hand is refused."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from site_builder.execute.kept.kept_run_fields import KeptRunFault, flag, number, pairs, phrase, table, whole
from site_builder.execute.kept.notebook_digest import content_digest, in_lines
from site_builder.model.notebook import joined, output_of, stored_of
from site_builder.model.run import FAILED, LOST, RAISED, RAN, SKIPPED, CellRun, Checked, Depends, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.settings import Settings

__all__ = ["KeptRunFault", "kept_run", "notebook_text", "notebook_with", "run_path"]

VERSION = 1
_STATES = frozenset({RAN, RAISED, FAILED, SKIPPED, LOST})
_KINDS = frozenset({"stream", "display_data", "execute_result", "error"})
_DEEPEST = 100
_OURS = "course"


def run_path(settings: Settings, language: str, page_id: str) -> str:
    """Give where a page's kept run lies, relative to the course folder; `settings` are those that `discover` completed."""
    return f"{settings.kept_runs.strip('/') or 'notebooks'}/{language}/{page_id}.ipynb"


def notebook_with(run: Run, notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Give a page's notebook with what came out, and with all that is needed to read the run back.

    Args:
        run: what running the page's cells gave.
        notebook: the page's notebook (nbformat 4.5) whose code cells have the index of their cell as `metadata.course.cell`.

    Raises:
        KeyError: A cell that ran is not in the notebook, or a cell of the notebook is not in the run.
    """
    made: dict[str, Any] = _plain(notebook)
    places = {
        cell["metadata"][_OURS]["cell"]: cell
        for cell in made["cells"]
        if "cell" in cell.get("metadata", {}).get(_OURS, {})
    }
    needed = {index for index, result in enumerate(run.cells) if result.state != SKIPPED}
    if not needed <= set(places) <= set(range(len(run.cells))):
        raise KeyError(f"the notebook has cells {sorted(places)}, the run {len(run.cells)}")
    count = 0
    for index, result in enumerate(run.cells):
        if index not in places:  # a variant for another framework: the notebook has the first
            continue
        count += result.state in {RAN, RAISED, FAILED}
        _fill(places[index], result, count)
    made["cells"] = [cell for cell in made["cells"] if not _is_superseded(cell, run)]
    made["metadata"] = {**made.get("metadata", {}), _OURS: _plain(_facts(run))}
    made["metadata"][_OURS]["digest"] = content_digest(made)
    return made


def notebook_text(notebook: Mapping[str, Any]) -> str:
    """Write a notebook as Jupyter does: keys sorted, one space of indentation, texts as lists of lines."""
    cells = [_in_lines(cell) for cell in notebook["cells"]]
    return (
        json.dumps(
            {**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False
        )
        + "\n"
    )


def kept_run(text: str | bytes) -> Run:
    """Read a kept run.

    Raises:
        KeptRunFault: It is no notebook, it is none of ours, or it is not as it was written; `reason` says which.
    """
    try:
        notebook = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise KeptRunFault("it is no JSON") from None
    facts = table(table(table(notebook, "the notebook").get("metadata"), "`metadata`").get(_OURS), "`course`")
    if facts.get("version") != VERSION or isinstance(facts.get("version"), bool):
        raise KeptRunFault("it was made by another version of this program")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise KeptRunFault("it has no list of cells")
    try:
        digest = content_digest(notebook)
    except (ValueError, RecursionError):
        raise KeptRunFault("it has signs that no text has, or is nested too deeply") from None
    if facts.get("digest") != digest:
        raise KeptRunFault("it was changed since it was written")
    return Run(
        phrase(facts, "page"),
        phrase(facts, "language"),
        tuple(_cell(cell) for cell in cells if _is_run(cell)),
        _depends(table(facts.get("depends"), "`depends`")),
        _checked(table(facts.get("checked"), "`checked`")),
    )


# ---- writing -------------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Give a copy that any JSON reader understands: half signs become `?`, numbers that are none `null`."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
    return json.loads(text, parse_constant=lambda _: None)


def _fill(cell: dict[str, Any], result: CellRun, count: int) -> None:
    ran = result.state in {RAN, RAISED, FAILED}
    outputs = [_plain(stored_of(each)) for each in result.outputs]
    for each in outputs:
        if each["output_type"] == "execute_result":
            each["execution_count"] = count
    cell["source"] = _plain(result.code.removesuffix("\n"))
    cell["outputs"] = outputs
    cell["execution_count"] = count if ran else None
    said: dict[str, Any] = {"key": result.key, "state": result.state, "seconds": round(result.seconds, 3)}
    if result.reason:
        said["reason"] = result.reason
    if not result.meaningful:
        said["meaningful"] = False
    cell["metadata"] = {**cell["metadata"], _OURS: _plain(said)}


def _is_superseded(cell: dict[str, Any], run: Run) -> bool:
    """Tell whether a cell of prose has what its author expected of a cell of code that has given something."""
    index = cell.get("metadata", {}).get(_OURS, {}).get("expected")
    if not isinstance(index, int):
        return False
    result = run.cells[index]
    return bool(result.outputs) and result.meaningful and result.state in {RAN, RAISED}


def _facts(run: Run) -> dict[str, Any]:
    depends = {
        name: dict(value) if isinstance(value, tuple) else value for name, value in _fields(run.depends)
    }
    checked = {
        name: dict(value) if isinstance(value, tuple) else value for name, value in _fields(run.checked)
    }
    checked["seconds"] = round(run.checked.seconds, 3)
    return {
        "version": VERSION,
        "page": run.page,
        "language": run.language,
        "depends": depends,
        "checked": checked,
    }


def _fields(value: Depends | Checked) -> list[tuple[str, Any]]:
    return list(asdict(value).items())


def _in_lines(cell: Mapping[str, Any]) -> dict[str, Any]:
    made = {**cell, "source": joined(cell.get("source")).splitlines(keepends=True)}
    if "outputs" in cell:
        made["outputs"] = [_output_in_lines(each) for each in cell["outputs"]]
    return made


def _output_in_lines(output: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(output)
    if "text" in made:
        made["text"] = joined(made["text"]).splitlines(keepends=True)
    if isinstance(made.get("data"), dict):
        made["data"] = {
            name: value.splitlines(keepends=True) if isinstance(value, str) and in_lines(name) else value
            for name, value in made["data"].items()
        }
    return made


# ---- reading -------------------------------------------------------------------------------------------


def _refuse(name: str) -> None:
    raise ValueError(name)


def _is_run(cell: dict[str, Any]) -> bool:
    metadata = cell.get("metadata")
    said = metadata.get(_OURS) if isinstance(metadata, dict) else None
    return cell.get("cell_type") == "code" and said is not None and not _is_none_of_the_page(said)


def _is_none_of_the_page(said: object) -> bool:
    """Tell whether a cell was put there for who opens the notebook: to install what it imports, to go to the page's folder."""
    return isinstance(said, dict) and not {"key", "state"} & said.keys()


def _cell(cell: dict[str, Any]) -> CellRun:
    said = table(cell["metadata"][_OURS], "a cell's `course`")
    outputs = cell.get("outputs")
    if not isinstance(outputs, list):
        raise KeptRunFault("a cell has no list of outputs")
    state = phrase(said, "state")
    if state not in _STATES:
        raise KeptRunFault("a cell's state is none that cells have")
    code = joined(cell.get("source"))
    return CellRun(
        phrase(said, "key"),
        f"{code}\n",
        state,
        tuple(output_of(_sound_output(each)) for each in outputs),
        number(said, "seconds"),
        phrase(said, "reason", ""),
        flag(said, "meaningful", usual=True),
    )


def _sound_output(stored: object) -> dict[str, Any]:
    """Give an output as stored; what is none, or holds what would go wrong further on, is refused."""
    output = table(stored, "an output")
    if phrase(output, "output_type") not in _KINDS:
        raise KeptRunFault("an output is of no kind that outputs have")
    for name in ("data", "metadata"):
        table(output.get(name, {}), f"an output's `{name}`")
    if not whole(output, _DEEPEST):
        raise KeptRunFault("an output is nested too deeply")
    return output


def _depends(said: dict[str, Any]) -> Depends:
    return Depends(
        phrase(said, "code"),
        pairs(said, "after"),
        pairs(said, "files"),
        pairs(said, "stand_ins"),
        phrase(said, "kernel"),
        pairs(said, "environment"),
    )


def _checked(said: dict[str, Any]) -> Checked:
    return Checked(
        phrase(said, "date"),
        phrase(said, "python"),
        pairs(said, "packages"),
        flag(said, "stand_ins", usual=False),
        phrase(said, "sandbox"),
        number(said, "seconds"),
    )
