"""Figures sharp on dense screens, as PNG with a width and a height, the same bytes each time."""

from __future__ import annotations

from typing import Any


def prepare(given: dict[str, Any]) -> None:
    """Set the inline backend's configuration: it holds whenever the page imports Matplotlib."""
    shell = given.get("shell")
    if shell is not None:
        shell.config.InlineBackend.figure_formats = {"retina"}
