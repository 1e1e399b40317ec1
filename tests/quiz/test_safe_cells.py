"""Tables that no spreadsheet runs, whatever a learner calls themselves or answers."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quiz.figures.safe_cells import csv_lines, harmless

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ODD = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n;|,\"'＝＋－＠ \u00a0\ufeff\u200b1.e"), st.characters(codec="utf-8")
    ),
    max_size=12,
)


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def runs(cell: str) -> bool:
    """Tell whether a spreadsheet might take a cell for a formula; it may pass over spaces, quotes and what is not seen."""
    rest = cell.strip().lstrip(
        "".join(each for each in cell if unicodedata.category(each)[0] in "ZC" or each == '"')
    )
    return rest[:1] in DANGEROUS and rest.strip()[:1] != "" and not _is_number(rest)


def _is_number(text: str) -> bool:
    try:
        return (
            text.isascii()
            and float(text.replace(",", "")) is not None
            and not text.strip().strip("+-")[:1].isalpha()
        )
    except ValueError:
        # 1.234,5 and 1.2.3 are no formulas either: digits, points and commas alone.
        return text.isascii() and set(text.strip()[1:]) <= set("0123456789.,") and text.strip()[-1:].isdigit()


@pytest.mark.parametrize(("text", "safe"), [
    ("=1+1", "'=1+1"), ("+1+1", "'+1+1"), ("-A1", "'-A1"), ("@SUM(1)", "'@SUM(1)"), ("\t=1", "' =1"), ("\r=1", "' =1"), ("a\nb", "a b"),
    ("\ufeff=1", "'\ufeff=1"), ("＝1", "'＝1"), ("a;=1", "a;'=1"), ('";=1', "\";'=1"), ("-3", "-3"), ("+1.5e3", "+1.5e3"), ("-1,5", "-1,5"),
    ("Ada", "Ada"), ("a = b", "a = b"), ("", ""), ("- a list", "'- a list"), ("-", "'-"), ("x;-1", "x;-1"), ("-1;=2", "-1;'=2"), ("--1", "'--1"),
    ("\ud800=1", "?=1"), ("\x00=1", "' =1"),
])  # fmt: skip
def test_formulas_are_texts(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_cells_by_hand() -> None:
    text = csv_lines([["a", "b"], ['say "hi", Ada', -0.25], [3, None], [True, 1 / 3]])
    assert text == '"a","b"\r\n"say ""hi"", Ada",-0.25\r\n3,""\r\n"yes",0.333333\r\n'


@given(
    rows=st.lists(st.lists(ODD, min_size=2, max_size=4), min_size=1, max_size=3),
    delimiter=st.sampled_from(",;|"),
)
def test_no_cell_runs_however_the_table_is_cut(rows: list[list[str]], delimiter: str) -> None:
    assert [each for row in read(csv_lines(rows), delimiter) for each in row if runs(each)] == []


@given(text=st.sampled_from(DANGEROUS).flatmap(lambda sign: ODD.map(lambda rest: sign + "A" + rest)))
def test_the_control_runs(text: str) -> None:
    assert runs(text) or text[0] in "\t\r\n"
    assert not runs(harmless(text))


@given(
    rows=st.lists(
        st.lists(st.one_of(st.integers(-(10**9), 10**9), st.floats(-1, 1)), min_size=1, max_size=4),
        max_size=4,
    )
)
def test_numbers_stay_numbers(rows: list[list[float]]) -> None:
    assert [[float(each) for each in row] for row in read(csv_lines(rows))] == [
        [pytest.approx(each, abs=1e-6) for each in row] for row in rows
    ]
