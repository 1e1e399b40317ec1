"""Text of authors inside HTML of ours: escaped, and without the marks that the host fills in."""

from __future__ import annotations

import re
from html import escape

_MARKS = re.compile("[\ue0f0-\ue0f4]")
"""The marks of `model.artifact` and `model.words`: where an author writes one it is dropped."""


def without_marks(text: str) -> str:
    """Give `text` without marks."""
    return _MARKS.sub("", text) if _MARKS.search(text) else text


def escaped(text: str) -> str:
    """Give `text` for a place between tags."""
    return escape(without_marks(text), quote=False)


def quoted(text: str) -> str:
    """Give `text` for a place between the quotes of an attribute."""
    return escape(without_marks(text))
