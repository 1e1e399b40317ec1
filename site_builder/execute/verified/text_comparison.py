"""Two outputs of one cell, and whether they say the same: numbers about equal, and nothing that changes from run to run."""

from __future__ import annotations

import re
from difflib import unified_diff
from math import isclose

TOLERANCE = 1e-3
"""How far two numbers with fractions may lie apart, relative to the larger."""

_NOTHING = 1e-12
"""Numbers below this are what rounding leaves of zero."""

_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_PROGRESS = re.compile(
    r"\d+%\|.*\||\|[█▉▊▋▌▍▎▏#]+|\d+(?:\.\d+)?\s?(?:it|s|[kKMG]?B|ex\w*|rows?|files?)/(?:s|it)\b|[█▓▒░━]{3,}"
)

_DATE = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_CLOCK = r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?(?!\d)"
_DURATION = r"\d+(?:\.\d+)?\s?(?:ns|µs|μs|us|ms|s|secs?|seconds?|min|mins|minutes?|h|hours?)\b(?!/)"
_PATH = r"(?:(?<![\w/.<])(?:~|\.{1,2})?/|(?<![\w])[A-Za-z]:[\\/])[\w.~@+-]+(?:[\\/][\w.~@+<>-]+)*[\\/]?"
_NUMBER = r"(?<![\w.])[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:j\b)?(?![\w])"

_TOKEN = re.compile(
    rf"(?P<any>\.\.\.+|…)|(?P<address>\b0x[0-9a-fA-F]{{6,}}\b)|(?P<date>{_DATE})|(?P<clock>\b{_CLOCK})"
    rf"|(?P<duration>(?<![\w.]){_DURATION})|(?P<path>{_PATH})|(?P<number>{_NUMBER})|(?P<word>[^\W_]+|\S)"
)
_LAST_COMMA = re.compile(r",(?=\s*[)\]}])")

_IGNORED = frozenset({"address", "date", "clock", "duration", "path"})
"""Kinds of tokens that are equal whatever they say."""

Token = tuple[str, str]


def same(expected: str, came: str, tolerance: float = TOLERANCE) -> bool:
    """Tell whether two texts say the same.

    `...` and `…` in `expected` stand for anything. White space, line ends, terminal codes, progress bars, memory addresses,
    dates, times, durations and paths do not count, nor does whether quotes are double. Numbers of which one has a fraction or an exponent may differ by
    `tolerance`, relative to the larger; whole numbers are equal or not.
    """
    return _matches(_tokens(expected), _tokens(came), tolerance)


def plain(text: str) -> str:
    """Give a text without terminal codes and without what a carriage return wrote over, as a terminal shows it."""
    lines = _TERMINAL.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1].rstrip() for line in lines)


def difference(expected: str, came: str, most: int = 12) -> str:
    """Give both texts as a short unified diff: lines that start with `-` were written, those with `+` came out."""
    before, after = (plain(each).strip("\n").splitlines() for each in (expected, came))
    lines = [
        "…" if line.startswith("@@") else line for line in unified_diff(before, after, lineterm="", n=1)
    ][3:]
    cut = lines[:most]
    return "\n".join([*cut, f"… {len(lines) - most} more lines"] if len(lines) > most else cut)


def _tokens(text: str) -> list[Token]:
    """Give what a text says: authors let formatters lay it out anew, with other quotes and a comma behind the last item."""
    lines = (line for line in plain(text).split("\n") if not _PROGRESS.search(line))
    laid_out = _LAST_COMMA.sub("", "\n".join(lines).replace('"', "'"))
    return [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(laid_out)]


def _matches(expected: list[Token], came: list[Token], tolerance: float) -> bool:
    """Match stretch by stretch what stands between the wildcards, each as early as it goes, the last at the end."""
    parts: list[list[Token]] = [[]]
    for token in expected:
        if token[0] == "any":
            parts.append([])
        else:
            parts[-1].append(token)
    first, *rest = parts
    if not _starts(first, came, 0, tolerance):
        return False
    if not rest:
        return len(first) == len(came)
    at = len(first)
    for part in rest[:-1]:
        places = (n for n in range(at, len(came) - len(part) + 1) if _starts(part, came, n, tolerance))
        place = next(places, None)
        if place is None:
            return False
        at = place + len(part)
    end = len(came) - len(rest[-1])
    return end >= at and _starts(rest[-1], came, end, tolerance)


def _starts(part: list[Token], came: list[Token], at: int, tolerance: float) -> bool:
    if at + len(part) > len(came):
        return False
    return all(_equal(each, came[at + n], tolerance) for n, each in enumerate(part))


def _equal(expected: Token, came: Token, tolerance: float) -> bool:
    if expected == came:
        return True
    kinds = expected[0], came[0]
    if kinds[0] in _IGNORED:
        return kinds[0] == kinds[1]
    return kinds == ("number", "number") and _near(expected[1], came[1], tolerance)


def _near(expected: str, came: str, tolerance: float) -> bool:
    try:
        one, other = (complex(each.replace("_", "")) for each in (expected, came))
    except ValueError:
        return False
    if expected.lstrip("+-").isdigit() and came.lstrip("+-").isdigit():
        return one == other
    return all(
        isclose(a, b, rel_tol=tolerance, abs_tol=_NOTHING)
        for a, b in ((one.real, other.real), (one.imag, other.imag))
    )
