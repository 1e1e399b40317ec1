"""The search index of an edition, and a self-test of what it finds.

The browser's side is `assets/scripts/search_worker.js`. It looks for text as it stands, without an index of words, so that it works in
scripts without spaces as well; what it folds away is folded here in the same way.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.model.artifact import Section

_DROPPED = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]"
)
_LETTERS = str.maketrans(
    {"ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ي": "ی", "ى": "ی", "ك": "ک"}
)
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|code|del|em|i|kbd|mark|s|small|span|strong|sub|sup|u)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_NO_WORD = re.compile(r"[\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f।॥،؛؟«»·၊።]+")
_CARD = re.compile(r'<a class="course-card__open".*?</a>', re.DOTALL)
_SAMPLES = 8


def entries(location: str, sections: Iterable[Section]) -> Iterator[dict[str, str]]:
    """Give the entries for a page at `location` (relative to the edition's root), as plain text."""
    for section in sections:
        place = f"{location}#{section.anchor}" if section.anchor else location
        yield {"location": place, "title": plain(section.title), "text": plain(section.text)}


def plain(html: str) -> str:
    """Give the text of a piece of HTML."""
    if "<" not in html and "&" not in html:
        return html
    return " ".join(unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html))).split())


def index(docs: list[dict[str, str]]) -> str:
    """Give the index of an edition as the search worker reads it; the settings are those that Material's script expects."""
    config = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": [], "fields": {}}
    return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def fold(text: str) -> str:
    """Fold `text` as the search worker does: accents, joiners, case and the shapes of digits do not count."""
    folded = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    return " ".join(folded.split())


@lru_cache(maxsize=8192)
def _folded(point: str) -> str:
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", point))
    lower = unicodedata.normalize("NFC", bare).lower().translate(_LETTERS)
    return "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in lower)


def unfound(docs: Iterable[dict[str, str]], samples: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Look for words in the index, and give those that it does not find.

    Args:
        docs: the index's entries.
        samples: for the location of each page, words that stand on it.

    Returns:
        (location, word) pairs.
    """
    texts: dict[str, str] = {}
    for doc in docs:
        page = doc["location"].partition("#")[0]
        texts[page] = f"{texts.get(page, '')} {doc['title']} {doc['text']}"
    folded = {page: fold(texts.get(page, "")) for page in samples}
    return [
        (page, word) for page, words in samples.items() for word in words if fold(word) not in folded[page]
    ]


def sample_words(html: str) -> list[str]:
    """Give a few words of a finished page, spread over its paragraphs: the longest of each."""
    paragraphs = [plain(_CARD.sub(" ", each)) for each in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]
    step = max(1, len(paragraphs) // _SAMPLES)
    words = (max(_NO_WORD.split(each), key=len) for each in paragraphs[::step][:_SAMPLES])
    return [word for word in words if word]
