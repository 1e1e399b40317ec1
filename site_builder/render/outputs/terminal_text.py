"""Terminal codes in outputs become classes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.render.escaping import escaped
from site_builder.render.outputs.terminal_screen import settled
from site_builder.render.outputs.terminal_style import change

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODE = re.compile(
    r"\x1b\[([0-9;:]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


def screen_lines(text: str) -> list[str]:
    """Give the lines that a terminal shows in the end, their codes for colours included. There is none after the last line's end."""
    text = settled(text)
    return text.removesuffix("\n").split("\n") if text else []


def plain_lines(lines: Sequence[str]) -> list[str]:
    """Give lines without their codes."""
    text = "\n".join(lines)
    return (_CODE.sub("", text) if _CODE.search(text) else text).split("\n")


def terminal_lines(lines: Sequence[str]) -> list[str]:
    """Give lines as HTML: colours as classes (`course-ansi-red`), other codes dropped.

    Each line is whole in itself: what is coloured over several lines is so in each of them.
    """
    text = "\n".join(lines)
    if not _CODE.search(text):
        return escaped(text).split("\n")
    parts: list[str] = []
    style: dict[str, str] = {}
    at = 0
    for match in _CODE.finditer(text):
        parts.append(_styled(text[at : match.start()], style))
        at = match.end()
        if match[2] == "m":
            change(style, match[1])
    parts.append(_styled(text[at:], style))
    return "".join(parts).split("\n")


def _styled(text: str, style: dict[str, str]) -> str:
    written = escaped(text)
    if not style or not text:
        return written
    start = f'<span class="{" ".join(dict.fromkeys(style.values()))}">'
    return "\n".join(f"{start}{line}</span>" if line else "" for line in written.split("\n"))
