from __future__ import annotations

import json5
import pytest

from site_builder.dialect import literals
from site_builder.dialect.literals import NotALiteralError, read_literal

VALUES = [
    "1",
    "-2.5e3",
    "true",
    "[]",
    "{}",
    "'it\\'s \"x\"'",
    "'a\\\\\"b'",
    '"a\\tb\\u00e9"',
    "[{text: \"a\", explain: 'b', correct: true,}, ]",
    "{a: [1, /* two */ 2], // end\n 'b c': null}",
    "{a: +1, b: .5, c: 0x10, d: 'x\\\ny', e: Infinity}",
    '{"a": "//no comment", b: \'/* none */\'}',
    '["{", "}", "[", ","]',
]


@pytest.mark.parametrize("text", VALUES)
def test_as_json5_reads_them(text):
    assert read_literal(text) == json5.loads(text)


@pytest.mark.parametrize("text", VALUES[:10])
def test_usual_values_go_the_fast_way(text, monkeypatch):
    monkeypatch.setattr(literals.json5, "loads", lambda _: pytest.fail("it went the slow way"))
    read_literal(text)


@pytest.mark.parametrize(
    ("text", "offset", "is_code"),
    [
        ("[{text: 'a' explain: 'b'}]", 12, False),
        ("[1, 2", 5, False),
        ("[1,\n 2}", 6, False),
        ("() => 1", 0, True),
        ("choices", 0, True),
        ("[1 2]", 3, False),
        ("{a 1}", 3, False),
        ("`a`", 0, True),
        ("f(1)", 0, True),
        ("", 0, False),
        ("[1}", 2, False),
        ("'a", 2, False),
    ],
)
def test_what_is_no_literal(text, offset, is_code):
    with pytest.raises(NotALiteralError) as raised:
        read_literal(text)
    assert (raised.value.offset, raised.value.is_code) == (offset, is_code)


def test_deep_and_long_values_are_refused_quickly():
    for text in ("[" * 50_000, "{a:" * 50_000, "'" * 50_001, "[1 " * 30_000):
        with pytest.raises(NotALiteralError):
            read_literal(text)
