"""Terminal codes in outputs become classes."""

from __future__ import annotations

import re

from site_builder.render.escaping import escaped
from site_builder.render.terminal_screen import settled
from site_builder.render.terminal_style import change

_CODE = re.compile(
    r"\x1b\[([0-9;:]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


def plain_lines(text: str) -> list[str]:
    """Give the lines that a terminal shows of `text`, without colours."""
    return _lines(_CODE.sub("", settled(text)))


def terminal_lines(text: str) -> list[str]:
    """Give a terminal's text as HTML, a piece a line: colours as classes (`course-ansi-red`), other codes dropped, overwritten lines gone.

    Each line is whole in itself: what is coloured over several lines is so in each of them.
    """
    text = settled(text)
    if not _CODE.search(text):
        return _lines(escaped(text))
    parts: list[str] = []
    style: dict[str, str] = {}
    at = 0
    for match in _CODE.finditer(text):
        parts.append(_styled(text[at : match.start()], style))
        at = match.end()
        if match[2] == "m":
            change(style, match[1])
    parts.append(_styled(text[at:], style))
    return _lines("".join(parts))


def terminal_html(text: str) -> str:
    """Give a terminal's text as HTML, see `terminal_lines`."""
    lines = terminal_lines(text)
    return "\n".join(lines) + ("\n" if lines and text.endswith("\n") else "")


def _lines(text: str) -> list[str]:
    """Split at line ends alone: there is no line after the last one's end, nor in no text."""
    return text.removesuffix("\n").split("\n") if text else []


def _styled(text: str, style: dict[str, str]) -> str:
    written = escaped(text)
    if not style or not text:
        return written
    start = f'<span class="{" ".join(dict.fromkeys(style.values()))}">'
    return "\n".join(f"{start}{line}</span>" if line else "" for line in written.split("\n"))
