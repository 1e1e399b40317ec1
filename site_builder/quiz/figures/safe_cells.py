"""Tables as CSV that spreadsheets show and never run."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | float | bool | None

BYTE_ORDER_MARK = "\ufeff"
"""At a file's start it tells spreadsheets that the file is in UTF-8."""

_FORMULA = frozenset("=+-@")
_NUMBER = re.compile(r"\s*[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d{1,3})?\s*", re.ASCII)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SEPARATORS = re.compile(r"([;|])")
_PASSED_OVER = ("Z", "C")
"""Categories of signs that a spreadsheet may pass over before a formula: spaces, controls, what is not seen."""


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Give rows as CSV (RFC 4180): texts in quotes and harmless, numbers as they are, yes and no, nothing for `None`."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_cell(each) for each in row] for row in rows)
    return text.getvalue()


def _cell(value: Cell) -> str | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return harmless(value)
    return round(value, 6) if isinstance(value, float) else value


def harmless(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula, on one line.

    An apostrophe goes before what would begin one: `=`, `+`, `-`, `@` and their wide forms, after spaces, quotes and what is not seen. So it
    does after a semicolon or a bar, where spreadsheets of some countries begin the next cell. A number keeps its sign.
    """
    whole = text.encode("utf-8", "replace").decode()  # half a sign of broken Unicode is a question mark
    parts = _SEPARATORS.split(_BREAKS.sub(" ", whole))
    return "".join(f"'{each}" if _begins_formula(each) else each for each in parts)


def _begins_formula(part: str) -> bool:
    for sign in part:
        if sign != '"' and unicodedata.category(sign)[0] not in _PASSED_OVER:
            return unicodedata.normalize("NFKC", sign) in _FORMULA and not _NUMBER.fullmatch(part)
    return False
