"""Numbers as learners write them, in any country: a text becomes the values that it can stand for."""

from __future__ import annotations

import math
import re
import unicodedata
from itertools import product

LONGEST = 200
"""Signs that a number may have; what is longer is none."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_VULGAR = re.compile("[¼-¾⅐-⅞↉]")
_SIGNS = str.maketrans({
    "−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "⁄": "/", "∕": "/", "÷": "/", "×": "x", "·": "x", "*": "x", "⋅": "x",
    "٫": ".", "٬": "'", "’": "'", "‘": "'", "ʼ": "'", "_": "'", "`": "'", "´": "'", "،": ",", "、": ",", "٪": "%",
})  # fmt: skip
_SPACE = re.compile(r"[\s\u180e]+")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_PLAIN = r"[0-9][0-9 '.,]*|[.,][0-9]+"
_NUMBER = re.compile(rf"({_PLAIN}) ?(?:[eE] ?([+-]?[0-9]{{1,4}})|x ?10 ?(?:\^|xx) ?([+-]?[0-9]{{1,4}}))?")
_MIXED = re.compile(r"([0-9]{1,15}) ([0-9]{1,15}) ?/ ?([0-9]{1,15})")
_POWER = re.compile(r"10 ?(?:\^|xx) ?([+-]?[0-9]{1,4})")
_GROUPED = re.compile(r"(?!0)[0-9]{1,3}([ '.,])[0-9]{2,3}(?:\1[0-9]{2,3})*(?<=\1[0-9]{3})")
_TENS_OF_THOUSANDS = re.compile(r"(?!0)[0-9]{1,4}([ ',])[0-9]{4}(?:\1[0-9]{4})*")


def values_of(text: str) -> tuple[float, ...]:
    """Give the values that `text` can stand for, none for what is no number.

    `44,100` is 44100 in one country and 44.1 in another: both are given. Understood are digits of any script, `1'000`, `1 000`, `1.000,5`,
    `12,34,567` (India), `1,0000` (by ten thousands), `4.41e4`, `4.41×10⁴`, `10^4`, `1/3`, `1 1/2`, `½`, and `50 %`, which is 50 and 0.5.
    `nan` and infinities are no numbers.
    """
    if len(text) > LONGEST:
        return ()
    text = _plain_text(text)
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    sign = -1.0 if text.startswith("-") else 1.0
    text = text[1:].strip() if text[:1] in ("-", "+") else text
    found = [sign * each for each in _unsigned(text)]
    if percent:
        found += [each / 100 for each in found]
    return tuple(dict.fromkeys(each for each in found if math.isfinite(each)))


def _plain_text(text: str) -> str:
    """Give a number's text in ASCII as far as it goes: superscripts as powers, digits as those of Europe."""
    text = _UNSEEN.sub("", text)
    text = _VULGAR.sub(lambda found: f" {found[0]}", text)
    text = _RAISED.sub(lambda found: "^" + found[0].translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    digits = (str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)
    return _SPACE.sub(" ", "".join(digits)).strip()


def _unsigned(text: str) -> list[float]:
    if mixed := _MIXED.fullmatch(text):
        whole, above, below = (float(each) for each in mixed.groups())
        return [whole + above / below] if below else []
    above_text, slash, below_text = text.partition("/")
    if not slash:
        return _one(text)
    pairs = product(_one(above_text.strip()), _one(below_text.strip()))
    return [above / below for above, below in pairs if below]


def _one(text: str) -> list[float]:
    if power_alone := _POWER.fullmatch(text):
        return [float(f"1e{power_alone[1]}")]
    found = _NUMBER.fullmatch(text)
    if not found:
        return []
    power = found[2] or found[3] or "0"
    return [float(f"{each}e{power}") for each in _decimals(found[1].strip())]


def _decimals(text: str) -> list[str]:
    """Give the ways to read digits with separators, as decimal texts of Python."""
    marks = [each for each in text if each in " '.,"]
    if not marks:
        return [text]
    readings = []
    if _GROUPED.fullmatch(text) or _TENS_OF_THOUSANDS.fullmatch(text):
        readings.append(_digits(text))
    last = marks[-1]
    whole, _, part = text.rpartition(last)
    if last in ".," and marks.count(last) == 1 and " " not in part and "'" not in part:
        plain = not whole or whole.isdecimal()
        if plain or _GROUPED.fullmatch(whole) or _TENS_OF_THOUSANDS.fullmatch(whole):
            readings.append(f"{_digits(whole) or '0'}.{part or '0'}")
    return readings


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)
