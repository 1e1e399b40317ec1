"""Material's search index, made from the bodies, and a self-test of what it finds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.model.artifact import Section

STEMMED = {"da", "de", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv", "tr"}
"""The languages whose words lunr reduces to their stems."""

SEPARATOR = r"[\s\u200b\u3000\-_,.:;!?()\[\]{}<>\"'`“”‘’«»…·/\\|=+*&^%$#@~、。，．・！？；：（）「」『』【】《》〈〉।॥؟،؛۔፡።၊။–—]+"
"""Between words, in Python's and JavaScript's syntax."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(f"[{_UNSPACED}]|[^{_UNSPACED}]+")
_TAG = re.compile(r"<[^>]*>")
_SAMPLES = 8


def entries(location: str, sections: Iterable[Section]) -> Iterator[dict[str, str]]:
    """Give Material's entries for a page at `location` (relative to the edition's root)."""
    for section in sections:
        place = f"{location}#{section.anchor}" if section.anchor else location
        yield {"location": place, "title": section.title, "text": section.text}


def index(language: str, docs: list[dict[str, str]]) -> str:
    """Give the index of an edition as Material's worker reads it."""
    short = language.split("-", maxsplit=1)[0].lower()
    stemmed = short in STEMMED
    config = {
        "lang": [short if stemmed else "en"],
        "separator": SEPARATOR,
        "pipeline": ["stemmer"] if stemmed else [],
        "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}},
    }
    return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def tokens(text: str) -> list[str]:
    """Split `text` as the search worker does: at separators, and between the letters of scripts without spaces."""
    words = re.split(SEPARATOR, _TAG.sub(" ", text).lower())
    return [piece for word in words if word for piece in _PIECE.findall(word)]


def unfound(docs: Iterable[dict[str, str]], samples: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Look for words in the index, and give those that it does not find.

    Args:
        docs: the index's entries.
        samples: for the location of each page, words that stand on it.

    Returns:
        (location, word) pairs.
    """
    found: dict[str, set[str]] = {}
    for doc in docs:
        found.setdefault(doc["location"].partition("#")[0], set()).update(
            tokens(doc["title"]), tokens(doc["text"])
        )
    return [
        (location, word)
        for location, words in samples.items()
        for word in words
        if not all(_is_found(token, found.get(location, set())) for token in tokens(word))
    ]


def _is_found(token: str, known: set[str]) -> bool:
    return token in known or any(each.startswith(token) for each in known)


def sample_words(html: str) -> list[str]:
    """Give a few words of a finished page, spread over its paragraphs: the longest of each."""
    paragraphs = [_TAG.sub("", each) for each in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]
    step = max(1, len(paragraphs) // _SAMPLES)
    words = (max(re.findall(r"\w+", each), key=len, default="") for each in paragraphs[::step][:_SAMPLES])
    return [word for word in words if word]
