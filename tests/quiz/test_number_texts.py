from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quiz.number_texts import values_of

READ = {
    "44100": [44100],
    "44,100": [44100, 44.1],
    "44.100": [44100, 44.1],
    "44 100": [44100],
    "44\u202f100": [44100],
    "44'100": [44100],
    "44’100": [44100],
    "44_100": [44100],
    "1.234.567,5": [1234567.5],
    "1,234,567.5": [1234567.5],
    "12,34,567": [1234567],
    "1,0000": [10000, 1],
    "0,500": [0.5],
    "4.41e4": [44100],
    "4,41E+4": [44100],
    "4.41×10⁴": [44100],
    "4.41*10^4": [44100],
    "4.41 · 10**4": [44100],
    "10⁻³": [0.001],
    "1/3": [1 / 3],
    "1 1/2": [1.5],
    "2½": [2.5],
    "-½": [-0.5],
    "50 %": [50, 0.5],
    "٤٤٬١٠٠": [44100],
    "١٫٥": [1.5],
    "४४१००": [44100],
    "４４１００": [44100],
    "−5": [-5],
    "+5": [5],
    ".5": [0.5],
    "5.": [5],
    "\u200f5": [5],
}
NONE = [
    "", " ", "abc", "nan", "NaN", "inf", "-inf", "Infinity", "1e999", "-1e9999", "1/0", "1//2", "1..2", "1,2,3", "0x10", "1e",
    "--1", "44100 Hz", "²", "1 2", "1,23,4", "١e", "5+5", "1" * 500,
]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_numbers_of_many_countries(text):
    assert list(values_of(text)) == pytest.approx(READ[text])


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number(text):
    assert values_of(text) == ()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_a_program_writes_is_read_back(number):
    assert number in values_of(repr(number))


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", ".", " ", "'", "\u202f", "\u00a0", "_"]))
def test_thousands_are_read_back(number, mark):
    assert number in values_of(f"{number:,}".replace(",", mark))


@given(st.text(alphabet="0123456789 '.,eE+-x*^/%½⁴٤", max_size=200))
def test_any_text_is_read_fast(text):
    start = time.perf_counter()
    values_of(text)
    assert time.perf_counter() - start < 0.2
