"""What a page's front matter says about running."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.controls import PageControls
from site_builder.model.written_values import (
    bytes_of,
    is_kernel_name,
    line_of_key,
    path_fault,
    seconds_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from site_builder.model.source import Source

_FREE = re.compile(r"[\W_]+")
_NEAR = 0.8
_SMALLEST = 2**20
_LONGEST = 60


def page_controls(front: Mapping[str, Any], source: Source) -> tuple[PageControls, tuple[Finding, ...]]:
    """Give what front matter says about running, and what is wrong with it; keys of others say nothing."""
    said: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, written in front.items():
        name = key if key in _READERS else _meant(key)
        if not name or (name != key and name in front):
            continue
        value, message = _READERS[name](written)
        help_text = f"write it as `{_EXAMPLES[name]}`"
        if name != key:
            message, help_text = f"`{key}` means nothing in front matter", f"did you mean `{name}`?"
        elif written is None:
            message = f"`{name}` has no value"
        elif message:
            message = f"`{name}` {message}: `{_shown(written)}`"
        if message:
            findings.append(Finding("page-setting", line_of_key(source, key), message, help_text))
        if value is not None:
            said[name] = value
    return PageControls(**said), tuple(findings)


def _meant(key: str) -> str:
    """Give the key of ours that `key` is surely a slip of, or an empty string."""
    bare = _FREE.sub("", key).lower()
    alike = next((each for each in _READERS if _FREE.sub("", each) == bare), "")
    return alike or next(iter(get_close_matches(key.lower(), tuple(_READERS), n=1, cutoff=_NEAR)), "")


def _text(written: object) -> str:
    try:
        return str(written)
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists
        return "…"


def _shown(written: object) -> str:
    text = " ".join(_text(written).split()).replace("`", "'")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _flag(value: object) -> tuple[bool | None, str]:
    return (value, "") if isinstance(value, bool) else (None, "is neither true nor false")


def _page(value: object) -> tuple[str | None, str]:
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value.strip(), ""
    return None, "names no page"


def _kernel(value: object) -> tuple[str | None, str]:
    fine = isinstance(value, str) and is_kernel_name(value)
    return (str(value), "") if fine else (None, "is no name of a kernel")


def _file(value: object) -> tuple[str | None, str]:
    if not isinstance(value, str) or not value.strip():
        return None, "names no file of the course"
    why = path_fault(value.strip())
    return (None, why) if why else (value.strip().removeprefix("./"), "")


def _seconds(value: object) -> tuple[float | None, str]:
    number = isinstance(value, int | float | str) and not isinstance(value, bool)
    seconds = seconds_of(_text(value)) if number else 0.0
    return (seconds, "") if seconds else (None, "is no number of seconds")


def _size(value: object) -> tuple[int | None, str]:
    number = isinstance(value, int | str) and not isinstance(value, bool)
    size = bytes_of(_text(value)) if number else 0
    if 0 < size < _SMALLEST:
        return None, "is less than any kernel needs"
    return (size, "") if size else (None, "is no size")


_READERS: dict[str, Callable[[object], tuple[Any, str]]] = {
    "run": _flag,
    "run_after": _page,
    "kernel": _kernel,
    "environment": _file,
    "network": _flag,
    "timeout": _seconds,
    "memory": _size,
}
"""For each key of ours what reads its value: it gives the value, or `None` and what is wrong."""

_EXAMPLES = {
    "run": "run: false",
    "run_after": "run_after: chapter1/first",
    "kernel": "kernel: python3",
    "environment": "environment: requirements.txt",
    "network": "network: true",
    "timeout": "timeout: 60",
    "memory": "memory: 2G",
}
