"""A language tag to the interface's words in that language, or in the nearest one that there is."""

from __future__ import annotations

import gettext
import re
from functools import lru_cache, partial
from html import escape, unescape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

from site_builder.data_files import translations_folder
from site_builder.discover.languages import SLIPS
from site_builder.model.artifact import WORD_CLOSE, WORD_OPEN
from site_builder.model.words import SINGULARS, VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MARK = re.compile(f"{WORD_OPEN}([^{WORD_CLOSE}]*){WORD_CLOSE}")


def words_for(language: str) -> Callable[..., str]:
    """Give a function (English word, values by name) -> word in the language nearest to `language`."""
    return _words_of(nearest(language, _catalogs()))


@lru_cache(maxsize=64)
def _words_of(catalog: str) -> Callable[..., str]:
    if not catalog:
        return _english
    path = translations_folder() / catalog / "course.po"
    with path.open("rb") as file:
        read = read_po(file, locale=catalog.replace("-", "_"))
    words: dict[str, str | tuple[str, ...]] = {}
    for message in read:
        if message.id and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[1]
            words[key] = message.string if isinstance(message.string, str) else tuple(message.string or ())
    return partial(_translated, words, gettext.c2py(read.plural_expr))


def _english(text: str, /, **values: object) -> str:
    if values.get("number") == 1 or values.get("number") == "1":
        text = SINGULARS.get(text, text)
    return text.format(**values) if values else text


def _translated(
    words: dict[str, str | tuple[str, ...]], form: Callable[[int], int], text: str, /, **values: object
) -> str:
    found = words.get(text)
    if isinstance(found, tuple):
        found = found[form(int(str(values.get("number", 2))))]
    if not found:
        return _english(text, **values)
    return found.format(**values) if values else found


@lru_cache(maxsize=1024)
def language_name(tag: str, reader: str) -> str:
    """Give the name of the language `tag` as the reader's language has it in a sentence, such as `inglés`; else the tag.

    A reader whose language has no catalog reads the interface in English, and this name too.
    """
    catalog = nearest(reader, _catalogs()) or "en"
    try:
        wanted = Locale.parse(SLIPS.get(tag.lower(), tag).replace("_", "-"), sep="-")
        found = wanted.get_language_name(catalog.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return tag
    return found or tag


def fill_marks(html: str, translate: Callable[..., str]) -> str:
    """Replace the marks of interface words in `html` by words, escaped for text and attributes alike."""
    known: dict[str, str] = {}

    def fill(mark: re.Match[str]) -> str:
        inner = mark[1]
        if inner not in known:
            text, *pairs = unescape(inner).split(VALUE)
            values = dict(pair.split("=", 1) for pair in pairs)
            known[inner] = escape(translate(text, **values))
        return known[inner]

    return _MARK.sub(fill, html) if WORD_OPEN in html else html


@lru_cache(maxsize=1)
def _catalogs() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in translations_folder().glob("*/course.po")))


@lru_cache(maxsize=256)
def material_language(tag: str) -> str:
    """Give the language of Material's own strings that is nearest to `tag`; English where none is."""
    return nearest(tag, _material_languages()) or "en"


@lru_cache(maxsize=1)
def _material_languages() -> tuple[str, ...]:
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        return ()
    folder = Path(spec.origin).parent / "templates" / "partials" / "languages"
    return tuple(sorted(path.stem for path in folder.glob("*.html")))


def nearest(tag: str, known: Iterable[str]) -> str:
    """Give the tag of `known` that is nearest to `tag`, or an empty string where its language is not among them.

    The tag itself comes first, then the same language in the same script (`zh-HK` is nearer to `zh-Hant` than to `zh`), then the
    language without a region, then any region of it.
    """
    folded = {each.lower(): each for each in known}
    wanted = tag.replace("_", "-").lower()
    wanted = SLIPS.get(wanted, wanted).lower()
    parts = wanted.split("-")
    shorter = ["-".join(parts[:length]) for length in range(len(parts), 1, -1)]
    by_script = f"{parts[0]}-{_script(wanted)}".lower()
    for candidate in (*shorter, by_script, parts[0]):
        if candidate in folded:
            return folded[candidate]
    if parts[0] == "no":
        return folded.get("nb", "")
    same = sorted(each for each in folded if each.split("-")[0] == parts[0])
    return folded[same[0]] if same else ""


def _script(tag: str) -> str:
    """Give the script that a region's name implies, such as `Hant` for `zh-HK`; else an empty string."""
    try:
        return Locale.parse(tag, sep="-").script or ""
    except (UnknownLocaleError, ValueError):
        return ""
