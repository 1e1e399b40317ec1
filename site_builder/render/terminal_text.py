"""Terminal codes in outputs become classes."""

from __future__ import annotations

import re

from site_builder.render.escaping import escaped

_CODE = re.compile(
    r"\x1b\[([0-9;:]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_RETURNS = re.compile(r"^[^\n]*\r(?!\n|$)", re.MULTILINE)


def terminal_html(text: str) -> str:
    """Give a terminal's text as HTML: colours as classes (`course-ansi-red`), other codes dropped, overwritten lines gone."""
    if not ("\x1b" in text or "\r" in text or _CODE.search(text)):
        return escaped(text)
    text = _RETURNS.sub("", text.replace("\r\n", "\n")).replace("\r", "")
    parts: list[str] = []
    style: dict[str, str] = {}
    at = 0
    for match in _CODE.finditer(text):
        parts.append(_styled(text[at : match.start()], style))
        at = match.end()
        if match[2] == "m":
            _change(style, match[1])
    parts.append(_styled(text[at:], style))
    return "".join(parts)


def _styled(text: str, style: dict[str, str]) -> str:
    written = escaped(text)
    return f'<span class="{" ".join(style.values())}">{written}</span>' if style and text else written


def _change(style: dict[str, str], codes: str) -> None:
    """Apply a colour code; 256 and true colours count as no colour, so that text stays readable on any ground."""
    numbers = [int(each) for each in re.findall(r"[0-9]{1,4}", codes)] or [0]
    if 38 in numbers or 48 in numbers:  # noqa: PLR2004 - the codes of the extended colours
        return
    for number in numbers:
        match number:
            case 0:
                style.clear()
            case 1:
                style["bold"] = "course-ansi-bold"
            case 22:
                style.pop("bold", None)
            case 39:
                style.pop("colour", None)
            case _ if 30 <= number <= 37 or 90 <= number <= 97:  # noqa: PLR2004 - the codes of the sixteen colours
                style["colour"] = f"course-ansi-{_COLOURS[number % 10]}"
