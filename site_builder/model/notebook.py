"""Cells' outputs as a notebook stores them (nbformat 4), without their library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Output:
    """One output of a cell.

    `kind` is `stream`, `display_data`, `execute_result` or `error`. `text` is the plain text of a
    stream or a traceback (terminal codes included); `data` maps MIME types to contents, text as a string, binary data as Base64.
    """

    kind: str
    text: str = ""
    data: Mapping[str, Any] | None = None
