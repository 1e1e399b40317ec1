"""What counts as the same output and what does not."""

from __future__ import annotations

import pytest

from site_builder.execute.verified.text_comparison import difference, plain, same

SAME = [
    ("0.5", "0.5002"),
    ("array([0.25, 0.50,\n       0.75])", "array([0.25, 0.5 , 0.7500001])"),
    ("[1. 2. 3.]", "[1.0 2.0 3.0]"),
    ("1e-3 and 1000.0", "0.001 and 1e3"),
    ("tensor([[0.1, ...,\n 0.9]])", "tensor([[0.1, 0.2, 0.3, 0.9]])"),
    ("a … z", "a b c d z"),
    ("...", "anything at all"),
    ("<Bell object at 0x7f1234567890>", "<Bell object at 0x55aa11223344>"),
    ("saved to /home/ringer/.cache/x.wav", "saved to /tmp/y/x.wav"),
    ("2024-01-31 12:00:01 done", "2026-11-23 07:15:59 done"),
    ("took 3.2 s", "took 11 s"),
    ("CPU times: 3.1 ms, total: 1min 2s", "CPU times: 9 ms, total: 3min 4s"),
    ("100%|██████| 10/10 [00:00<00:00, 5.2it/s]\nready", "ready"),
    ("a\n\n  b", "a b"),
    ("\x1b[31mred\x1b[0m", "red"),
    ("step 3", "step 1\rstep 2\rstep 3"),
    ("2.4e-17", "0.0"),
    ("nothing\n", "nothing"),
    ('Dataset(\n    {\n        features: ["a", "b"],\n    }\n)', "Dataset({features: ['a', 'b']})"),
]
DIFFERENT = [
    ("0.5", "0.51"),
    ("16000", "16001"),
    ("True", "False"),
    ("array([1., 2.])", "array([1., 2., 3.])"),
    ("a ... z", "a b c"),
    ("... z", "z a"),
    ("a b", "a"),
    ("openai/small", "openai/large"),
    ("-0.5", "0.5"),
    ("KeyError: 'a'", "KeyError: 'b'"),
    ("", "text"),
    ("x ... x", "x"),
]


@pytest.mark.parametrize(("written", "came"), SAME)
def test_what_says_the_same_is_the_same(written: str, came: str) -> None:
    assert same(written, came)


@pytest.mark.parametrize(("written", "came"), DIFFERENT)
def test_what_says_something_else_differs(written: str, came: str) -> None:
    assert not same(written, came)


def test_the_tolerance_can_be_chosen() -> None:
    assert same("0.5", "0.51", tolerance=0.1)
    assert not same("0.5", "0.5002", tolerance=1e-6)


def test_a_difference_is_short() -> None:
    assert difference("a\nb\nc", "a\nx\nc") == " a\n-b\n+x\n c"
    assert difference("", "\n".join(map(str, range(99)))).endswith("more lines")


def test_a_text_is_read_as_a_terminal_shows_it() -> None:
    assert plain("10%\r20%\r\n\x1b[1mdone\x1b[0m  ") == "20%\ndone"


def test_long_texts_with_wildcards_do_not_take_long() -> None:
    assert not same("a ... " * 60 + "z", "a " * 3000)
