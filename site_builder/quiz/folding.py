"""Texts as they are compared: without differences that the author passes over, and those that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphens, joiners, marks of direction: keyboards and copied texts bring them in."""

_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
"""Accents of European scripts, points of Hebrew and Arabic. Marks of other scripts are vowels and voices, without which it is another word."""

_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H"})
"""Letters with a stroke, which Unicode does not take apart."""

_APOSTROPHES = re.compile("['’‘ʼ`´′]")
_SPACES = re.compile(r"[\s\u0085\u180e]+")
_IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BESIDE_IDEOGRAPHS = re.compile(f"(?<=[{_IDEOGRAPHS}]) | (?=[{_IDEOGRAPHS}])")


def folded(text: str, fold: Collection[str]) -> str:
    """Give `text` as it is compared with others.

    What looks alike or is not seen never counts: full-width and other forms of a letter (Unicode's NFKC), joiners, space at both ends. Then,
    if `fold` has it (see `model.quiz.FOLDS`):

    - `case`: small and capital letters, `ß` and `ss`, the final `ς`, and all of `i`, `ı`, `I` and `İ` are the same;
    - `accents`: as `é` and `e`, `ø` and `o`, `ё` and `е`, pointed and unpointed Hebrew and Arabic;
    - `punctuation`: apostrophes go, all other becomes a space;
    - `space`: any white space is one space, and none beside Chinese and Japanese signs.
    """
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    if "case" in fold:
        # Not `casefold`: the page's script has only these two, and both must agree.
        text = text.upper().lower().replace("i\u0307", "i").replace("ς", "σ")
    if "accents" in fold:
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
    if "punctuation" in fold:
        text = _APOSTROPHES.sub("", text)
        text = "".join(" " if unicodedata.category(sign)[0] == "P" else sign for sign in text)
    text = unicodedata.normalize("NFKC", text)
    if "space" in fold:
        text = _BESIDE_IDEOGRAPHS.sub("", _SPACES.sub(" ", text))
    return _trimmed(text)


def _trimmed(text: str) -> str:
    return re.sub(r"^[\s\u0085\u180e]+|[\s\u0085\u180e]+$", "", text)
