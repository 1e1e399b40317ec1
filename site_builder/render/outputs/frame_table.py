"""Tables that code made, such as pandas' frames: columns of numbers are found, and what is wide scrolls."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.escaping import quoted
from site_builder.render.tag_attributes import attributes_without

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = re.compile(r"<table(?: [^>]*)?>((?:(?!<table[ >])[\s\S])*?)</table>")
_ROW = re.compile(r"<tr(?: [^>]*)?>[\s\S]*?</tr>")
_CELL = re.compile(r"<(t[hd])((?: [^>]*)?)>([\s\S]*?)</\1>")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(
    r"[-+\u2212]?(?:[0-9][0-9,_]*\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?\s?[%j]?", re.IGNORECASE
)
_NO_VALUE = frozenset({"", "nan", "none", "<na>", "nat", "inf", "-inf", "...", "…"})


def scrolling(html: str, label: str = "") -> str:
    """Give HTML with tables, cleaned, in a box that scrolls by keyboard too; `label` says what they show."""
    name = quoted(label) or word("Table")
    return f'<div class="course-table" role="region" tabindex="0" aria-label="{name}">{_TABLE.sub(_tidy, html)}</div>'


def _tidy(match: re.Match[str]) -> str:
    numbers = _number_columns(match[1])
    inner = _ROW.sub(lambda row: _aligned(row[0], numbers), match[1])
    return f'<table class="course-frame">{inner}</table>'


def _number_columns(table: str) -> frozenset[int]:
    """Give the columns that hold numbers alone, counted from the end: in front an index may span several rows."""
    columns: dict[int, list[str]] = {}
    for row in _ROW.findall(table):
        for at, (kind, attributes, text) in enumerate(_from_the_end(row)):
            if "colspan" in attributes:
                break
            if kind == "td":
                columns.setdefault(at, []).append(unescape(_TAG.sub("", text)).strip())
    return frozenset(at for at, texts in columns.items() if _are_numbers(texts))


def _from_the_end(row: str) -> list[tuple[str, str, str]]:
    return _CELL.findall(row)[::-1]


def _are_numbers(texts: Iterable[str]) -> bool:
    values = [each for each in texts if each.lower() not in _NO_VALUE]
    return bool(values) and all(_NUMBER.fullmatch(each) for each in values)


def _aligned(row: str, numbers: frozenset[int]) -> str:
    """Mark the cells of a row that stand in a column of numbers, its heading included."""
    left = len(_CELL.findall(row))
    spanned = "colspan" in row

    def mark(cell: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        if spanned or left not in numbers:
            return cell[0]
        attributes = attributes_without(cell[2], "class")
        return f'<{cell[1]} class="course-number"{attributes}>{cell[3]}</{cell[1]}>'

    return _CELL.sub(mark, row)
