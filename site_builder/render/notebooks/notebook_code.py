"""A cell of a page becomes a cell of a notebook, with what its author said of running it in Jupyter's words."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from site_builder.model.notebook import stored_of
from site_builder.model.words import word
from site_builder.render.escaping import without_marks

if TYPE_CHECKING:
    from site_builder.model.document import Cell, Expected
    from site_builder.render.notebooks.notebook_draft import NotebookDraft

_FENCE = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
_COMMAND = re.compile(r"^([ \t]*)(?:[%!?].*|[^\n#'\"]*\?{1,2}[ \t]*$|[\w, \t]+=[ \t]*[%!].*)", re.MULTILINE)
"""A line that IPython reads, not Python: `%pip …`, `!ls`, `print?`, `files = !ls`."""


def put_cell(cell: Cell, draft: NotebookDraft) -> None:
    """Write a cell, and behind it the output that its author wrote, unless the notebook has outputs of its own."""
    if not draft.aside:
        draft.included.append(cell)
    outputs = _outputs(cell) if draft.with_outputs else []
    code = without_marks(cell.text).removesuffix("\n")
    draft.writer.add_code(code, _metadata(cell, draft), outputs)
    if not outputs or cell.controls.output == "both":
        for each in cell.expected:
            _put_expected(each, draft)
        # A cell of its own, which a kept run leaves out where the cell has given something.
        is_instead = cell.expected and cell.controls.output not in {"both", "recorded"}
        draft.writer.cut({"course": {"expected": draft.numbers[id(cell)]}} if is_instead else None)


def _metadata(cell: Cell, draft: NotebookDraft) -> dict[str, Any]:
    metadata: dict[str, Any] = {"course": {"cell": draft.numbers[id(cell)]}}
    controls = cell.controls
    folded = {
        "source_hidden": controls.hide_input or draft.writer.is_folded,
        "outputs_hidden": controls.hide_output,
    }
    if any(folded.values()):
        metadata["jupyter"] = {name: True for name, value in folded.items() if value}
    is_run = not draft.aside and controls.run and draft.document.controls.run and is_python(cell.text)
    tags = (
        ("hide-input", controls.hide_input),
        ("hide-output", controls.hide_output),
        ("raises-exception", _is_meant_to_raise(cell)),
        ("skip-execution", not is_run),
    )
    if any(meant for _, meant in tags):
        metadata["tags"] = [name for name, meant in tags if meant]
    return metadata


def _is_meant_to_raise(cell: Cell) -> bool:
    """Tell whether an error is what a cell shows: its fence says so, or its author's output, or that of its kept run."""
    shown = any(each.is_trace for each in cell.expected) or any(each.kind == "error" for each in cell.outputs)
    return shown or bool(cell.controls.raises)


@lru_cache(maxsize=4096)
def is_python(code: str) -> bool:
    """Tell whether a cell parses; what IPython alone understands is taken to."""
    if code.lstrip().startswith("%%"):
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                ast.parse(code)
            except SyntaxError:
                ast.parse(_COMMAND.sub(r"\1pass", code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _outputs(cell: Cell) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = _unmarked([stored_of(each) for each in cell.outputs])
    return outputs


def _unmarked(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Give a JSON value without the marks that the host fills in."""
    if isinstance(value, str):
        return without_marks(value)
    if isinstance(value, list):
        return [_unmarked(each) for each in value]
    if isinstance(value, dict):
        return {without_marks(str(key)): _unmarked(each) for key, each in value.items()}
    return value


def _put_expected(expected: Expected, draft: NotebookDraft) -> None:
    said = without_marks("".join(token.content for token in expected.label)).strip(" *")
    label = re.sub(r"([*_`\[\]<$\\])", r"\\\1", said)
    draft.writer.put(f"**{label or word('Error output' if expected.is_trace else 'Output')}**")
    draft.writer.put(fenced(expected.text, "text"))


def fenced(text: str, info: str) -> str:
    """Give code between two fences that are longer than any inside."""
    inside = max((len(each) for each in _FENCE.findall(text)), default=2)
    fence = "`" * (inside + 1)
    return f"{fence}{without_marks(info)}\n{without_marks(text).removesuffix(chr(10))}\n{fence}"
