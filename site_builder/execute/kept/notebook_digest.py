"""The digest of what a kept run says: who edits its cells, its outputs or our metadata by hand changes it."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from site_builder.model.notebook import joined

if TYPE_CHECKING:
    from collections.abc import Mapping


_TEXTS = frozenset({"application/javascript", "image/svg+xml"})


def in_lines(kind: str) -> bool:
    """Tell whether Jupyter writes contents of a MIME type as lists of lines."""
    return kind.startswith("text/") or kind in _TEXTS


def content_digest(notebook: Mapping[str, Any]) -> str:
    """Give the digest of all cells' sources and outputs and of our metadata but itself.

    How a tool writes it (indentation, lists of lines, the order of keys) does not count, nor do metadata of others.

    Raises:
        ValueError: It has half signs (lone surrogates) or numbers that are none.
        RecursionError: It is nested too deeply.
    """
    facts = notebook["metadata"]["course"]
    said = [
        {name: value for name, value in facts.items() if name != "digest"},
        [_said_by(cell) for cell in notebook["cells"]],
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _said_by(cell: Mapping[str, Any]) -> list[Any]:
    outputs, metadata = cell.get("outputs"), cell.get("metadata")
    return [
        cell.get("cell_type"),
        _text(cell.get("source")),
        [_output(each) for each in outputs] if isinstance(outputs, list) else outputs,
        metadata.get("course") if isinstance(metadata, dict) else None,
    ]


def _output(output: object) -> object:
    if not isinstance(output, dict):
        return output
    made = {**output, "execution_count": None}
    if "text" in made:
        made["text"] = _text(made["text"])
    if isinstance(made.get("data"), dict):
        made["data"] = {
            name: _text(value) if in_lines(name) else value for name, value in made["data"].items()
        }
    return made


def _text(value: object) -> object:
    """Join a text's lines; what is no text stays, so that it counts as it is."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return joined(value)
    return value
