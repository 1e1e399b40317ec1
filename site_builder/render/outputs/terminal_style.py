"""The colours and marks that a terminal's codes set, as classes that suit the light and the dark look."""

from __future__ import annotations

import re
from colorsys import rgb_to_hsv
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLOURS = ("", "red", "green", "yellow", "blue", "magenta", "cyan", "")
_HUES = (
    (25, "red"),
    (70, "yellow"),
    (165, "green"),
    (195, "cyan"),
    (260, "blue"),
    (330, "magenta"),
    (360, "red"),
)
_GREY = 0.25
_MARKS = {1: "bold", 3: "italic", 4: "underline", 7: "inverse"}
_ENDS = {22: "bold", 23: "italic", 24: "underline", 27: "inverse", 39: "colour", 49: "ground"}
_MOST_DIGITS = 3
_CUBE, _GREYS = 16, 232
_STEPS = (0, 95, 135, 175, 215, 255)


def change(style: dict[str, str], codes: str) -> None:
    """Apply the numbers of a colour code to `style`, which holds classes.

    Colours of the large palettes become the nearest of six, whose values stand in the style sheet; black, white and grey become
    none. So text stays readable on any ground. A ground of any colour is a mark.
    """
    numbers = iter([int(each or 0) for each in re.split("[;:]", codes) if len(each) <= _MOST_DIGITS])
    for number in numbers:
        match number:
            case 0:
                style.clear()
            case 38:
                _colour(style, _extended(numbers))
            case 48:
                _extended(numbers)
                style["ground"] = "course-ansi-mark"
            case _ if number in _MARKS:
                style[_MARKS[number]] = f"course-ansi-{_MARKS[number].replace('inverse', 'mark')}"
            case _ if number in _ENDS:
                style.pop(_ENDS[number], None)
            case _ if 30 <= number <= 37 or 90 <= number <= 97:  # noqa: PLR2004 - the codes of the sixteen colours
                _colour(style, _COLOURS[number % 10])
            case _ if 40 <= number <= 47 or 100 <= number <= 107:  # noqa: PLR2004 - the same for the ground
                style["ground"] = "course-ansi-mark"


def _colour(style: dict[str, str], name: str) -> None:
    style.pop("colour", None)
    if name:
        style["colour"] = f"course-ansi-{name}"


def _extended(numbers: Iterator[int]) -> str:
    """Read the rest of a colour of the palette of 256 (`5;n`) or of three bytes (`2;r;g;b`), and give its name."""
    kind = next(numbers, 0)
    if kind == 2:  # noqa: PLR2004 - three bytes follow
        return _nearest(*(min(next(numbers, 0), 255) for _ in range(3)))
    number = next(numbers, 0)
    if number < _CUBE:
        return _COLOURS[number % 8]
    if number >= _GREYS:
        return ""
    red, rest = divmod(number - _CUBE, 36)
    return _nearest(_STEPS[red], _STEPS[rest // 6], _STEPS[rest % 6])


@lru_cache(maxsize=512)
def _nearest(red: int, green: int, blue: int) -> str:
    hue, saturation, value = rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _GREY or value < _GREY:
        return ""
    return next(name for end, name in _HUES if hue * 360 <= end)
