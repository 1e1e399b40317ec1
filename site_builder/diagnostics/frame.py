"""A finding as a person reads it: the message, the place, the line with the place marked, the advice."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.source import Span

TAB = 4
LEAD = 0.4
"""How much of a long line is kept before the place, as a share of the width."""

NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "message": "1", "rule": "1;34", "help": "1;32"}


def paint(text: str, role: str, *, colour: bool) -> str:
    """Colour `text` for a terminal, as one of `COLOURS`."""
    return f"\x1b[{COLOURS[role]}m{text}\x1b[0m" if colour and text else text


def frame(finding: Finding, *, prefix: str = "", colour: bool = False, width: int = 100) -> str:
    """Show a finding with the line that it is about.

    Args:
        finding: The finding.
        prefix: What stands before the course's paths, such as `docs/`.
        colour: Whether a terminal shows it.
        width: How many columns the text may take; longer lines are cut around the place.

    Returns:
        Lines without a line end at the last.
    """
    span = finding.span
    number = str(span.line) if has_lines(span) else ""
    margin = " " * (len(number) + 1)
    rule = paint("|", "rule", colour=colour)
    head = paint(f"{finding.severity}[{finding.code}]", finding.severity, colour=colour)
    lines = [
        head + paint(f": {visible(finding.message)}", "message", colour=colour),
        f" {paint('-->', 'rule', colour=colour)} {where(span, prefix)}",
    ]
    if number:
        text, mark = marked(span, max(20, width - len(margin) - 2))
        lines += [f"{margin}{rule}", f"{paint(number, 'rule', colour=colour)} {rule} {text}".rstrip()]
        carets = mark.lstrip()
        lines.append(
            f"{margin}{rule} {mark.removesuffix(carets)}{paint(carets, finding.severity, colour=colour)}"
        )
    added = [("note", f"{text}: {where(place, prefix)}") for place, text in finding.notes]
    added += [("help", finding.help)] if finding.help else []
    equals = paint("=", "rule", colour=colour)
    for kind, text in added:
        first, *more = text.split("\n")
        lines.append(f"{margin}{equals} {paint(kind, 'help', colour=colour)}: {visible(first)}")
        lines += [f"{margin}  {' ' * len(kind)}  {visible(line)}" for line in more]
    return "\n".join(lines)


def has_lines(span: Span) -> bool:
    """Whether the place is in a text; folders, and files that could not be read, have none."""
    return bool(span.source.text)


def where(span: Span, prefix: str = "") -> str:
    """Give `path:line:column`, both from 1; the path alone where it is a folder."""
    path = visible(prefix + span.source.path) if span.source.path != "./" else prefix or "./"
    if path.endswith("/") or not path:
        return path or "./"
    return f"{path}:{span.line}:{span.column}"


def marked(span: Span, width: int) -> tuple[str, str]:
    """Give the first line of a place, cut to `width` columns, and the line of marks below it."""
    first = span.source.line(span.line)
    start = min(span.column - 1, len(first))
    end = min(start + max(1, span.end - span.start), max(len(first), start + 1))
    before, within, after = first[:start], first[start:end], first[end:]
    cut = max(0, start - 4 * width)  # never lay out a whole line of a million letters
    left = _shown(before[cut:])
    middle, right = _shown(within[: 4 * width]), _shown(after[: 4 * width])
    is_cut = bool(cut)
    if columns(left) + columns(middle) + columns(right) > width:
        room = max(int(width * LEAD), width - columns(middle) - columns(right) - 2)
        while left and columns(left) > room:
            left, is_cut = left[1:], True
        left = "…" + left if is_cut else left
        middle = _fit(middle, width - columns(left) - 1)
        right = _fit(right, width - columns(left) - columns(middle))
    return left + middle + right, " " * columns(left) + "^" * max(1, columns(middle.rstrip()))


def columns(text: str) -> int:
    """Give how many columns of a terminal `text` takes: East Asian wide letters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def visible(text: str) -> str:
    """Give `text` without what would steer a terminal: control characters, changes of direction."""
    if text.isprintable():
        return text
    return "".join(_harmless(letter) for letter in text)


def _harmless(letter: str) -> str:
    if letter in BIDI or unicodedata.category(letter) in ("Cc", "Cs"):
        return " " if letter in "\n\r\t" else "\ufffd"
    return letter


def _shown(text: str) -> str:
    return visible(text.replace("\t", " " * TAB))


def _fit(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    return text + "…"
