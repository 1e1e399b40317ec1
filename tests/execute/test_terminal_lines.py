"""Texts that go back and overwrite, as a terminal leaves them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.execute.kernels.terminal_lines import settled


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain\ntext\n", "plain\ntext\n"),
        ("windows\r\nlines\r\n", "windows\nlines\n"),
        (" 10%|#   |\r 50%|##  |\r100%|####|\n", "100%|####|\n"),
        ("longer text\rshort", "shortr text"),
        ("longer text\r\x1b[Kshort", "short"),
        ("longer text\r\x1b[2Kshort", "short"),
        ("abc\b\bX", "aXc"),
        ("one\ntwo\n\x1b[1A\x1b[2Kthree\n", "one\nthree\n"),
        ("a\nb\nc\x1b[3AX", "aX\nb\nc"),
        ("gone\rnext\n\x1b[31mred\x1b[0m\n", "next\n\x1b[31mred\x1b[0m\n"),
        ("ab\x1b[3Cc\r", "ab   c"),
        ("ab\x1b[2Dc", "cb"),
        ("ab\x1b[1Gc", "cb"),
        ("one\ntwo\x1b[1A\x1b[J", "one"),
        ("\x1b]0;title\x07x\ry", "y"),
        ("\x1b[9999999999Cx\r\x1b[9999999A", " " * 2000 + "x"),
    ],
)
def test_what_is_shown(written: str, shown: str) -> None:
    assert settled(written) == shown


@given(st.text(alphabet="ab\n\r\b\x1b[]0129;ABCDGJKm\x07"))
def test_any_text_settles_and_stays_so(text: str) -> None:
    shown = settled(text)
    assert "\r" not in shown or "\r" not in text
    assert len(shown) <= len(text) + 4000 * (text.count("C") + 1)


@given(st.text(alphabet="ab\n\t é"))
def test_text_without_codes_stays(text: str) -> None:
    assert settled(text) == text
