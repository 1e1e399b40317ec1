"""From what nbclient collected to outputs that are the same at each run where the code is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from site_builder.execute.kernels.terminal_lines import settled
from site_builder.model.notebook import Output, output_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

ENVELOPE = 120
"""Bytes that a stored output has around its content."""

_WIDGETS = frozenset(
    {"application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"}
)
_BAR = re.compile(r"\d+%\|")
_INSTALLATION = re.compile(r"(?<![\w.~/-])~?/[^\s\"'<>|:]{0,200}?/(?=lib/python3\.\d+/)")
"""Where somebody has Python: it differs from machine to machine, and may tell their name."""

_CELL_FILE = re.compile(r"/ipykernel_\d+/")


def size_of(stored: Mapping[str, Any]) -> int:
    """Give about how many bytes an output has when it is stored; texts count by character."""
    return ENVELOPE + sum(_length(value) for value in stored.values())


def _length(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(str(name)) + _length(each) for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return sum(_length(each) for each in value)
    return len(json.dumps(value, default=str))


def outputs_of(stored: Iterable[Mapping[str, Any]], folder: Path, shown: Path) -> tuple[Output, ...]:
    """Give a cell's outputs: streams joined and settled, bare widgets dropped, paths of `folder` written as in `shown`."""
    outputs = [output for each in stored if not _is_bare_widget(each) for output in [output_of(each)]]
    return tuple(_steady(each, str(folder), str(shown)) for each in _joined(outputs))


def _is_bare_widget(stored: Mapping[str, Any]) -> bool:
    """Tell whether an output is a progress bar that only a running kernel could show."""
    data = stored.get("data")
    if not isinstance(data, dict) or not _WIDGETS & set(data):
        return False
    return set(data) <= {"text/plain", *_WIDGETS} and bool(_BAR.search(str(data.get("text/plain", ""))))


def _joined(outputs: Sequence[Output]) -> list[Output]:
    """Join streams of one name that no other kind of output parts, those of `stdout` first.

    The kernel sends each stream for itself, by a clock: how the two are mixed differs from run to run.
    """
    found: list[Output] = []
    waiting: dict[str, str] = {}
    for output in outputs:
        if output.kind == "stream":
            waiting[output.name] = waiting.get(output.name, "") + output.text
        else:
            found += [*_streams(waiting), output]
            waiting = {}
    return found + _streams(waiting)


def _streams(texts: Mapping[str, str]) -> list[Output]:
    shown = [
        (name, settled(texts[name])) for name in sorted(texts, key=lambda name: (name != "stdout", name))
    ]
    return [Output("stream", text, name=name) for name, text in shown if text]


def _steady(output: Output, folder: str, shown: str) -> Output:
    """Drop what differs from run to run: a widget's number, the scratch folder's name, the kernel's process number; and where Python lies."""

    def written(text: str) -> str:
        text = (
            _INSTALLATION.sub("…/", text.replace(folder, shown))
            if "/lib/python3" in text
            else text.replace(folder, shown)
        )
        return _CELL_FILE.sub("/ipykernel/", text)

    data = output.data
    if data is not None:
        data = {
            name: written(value) if name.startswith("text/") and isinstance(value, str) else value
            for name, value in data.items()
            if name not in _WIDGETS
        }
    return replace(output, text=written(output.text), value=written(output.value), data=data)
