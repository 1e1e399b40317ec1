"""A folder's name to a language: its direction, its own name, and what is odd about the tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{2,8})*")
FOLDER = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")

LONGEST_NAME = 35
"""Letters: what programs must allow for a tag, after RFC 5646."""

SCRIPT = re.compile(r"-([A-Za-z]{4})(?=-|$)")

RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

SLIPS = {
    "cn": "zh-CN", "cz": "cs", "dk": "da", "gj": "gu", "gr": "el", "in": "id", "iw": "he", "jp": "ja",
    "kr": "ko", "rum": "ro", "tw": "zh-TW", "ua": "uk", "vn": "vi",
}  # fmt: skip
"""Tags that people write, often a country's, and the language that they mean."""


@dataclass(frozen=True)
class Language:
    """A language: `direction` is `ltr` or `rtl`, `name` its name for itself; `oddity` and `advice` what a finding says."""

    tag: str
    direction: str
    name: str
    oddity: str = ""
    advice: str = ""


def is_edition_name(name: str) -> bool:
    """Whether a folder's name can name an edition in addresses: letters and digits, joined by `-` or `_`."""
    return bool(FOLDER.fullmatch(name)) and len(name) <= LONGEST_NAME


def looks_like_tag(name: str) -> bool:
    """Whether a folder's name is the tag of a known language."""
    return bool(TAG.fullmatch(name)) and _locale(name) is not None


@lru_cache(maxsize=256)
def language_of(tag: str) -> Language:
    """Describe the language of `tag`, as well as it is known."""
    clean = tag.replace("_", "-")
    oddity = advice = ""
    locale = _locale(clean)
    if clean.lower() in SLIPS:
        oddity, advice = (
            f"`{tag}` is not the usual tag of a language",
            f"did you mean `{SLIPS[clean.lower()]}`?",
        )
    elif not TAG.fullmatch(clean) or locale is None:
        oddity, advice = (
            f"`{tag}` is not the tag of a known language",
            "name the folder by a tag such as `pt-BR`",
        )
    elif clean != tag:
        oddity, advice = f"the tag `{tag}` has an underscore", f"name the folder `{clean}`"
    return Language(tag, _direction(clean, locale), _own_name(clean, locale) or tag, oddity, advice)


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        shorter = tag.rpartition("-")[0]
        return _locale(shorter) if shorter else None


def _direction(tag: str, locale: Locale | None) -> str:
    written = SCRIPT.search(tag)
    script = written[1].title() if written else ""
    if not script and locale is not None:
        return str(locale.text_direction)
    return "rtl" if (script or _usual(tag).get("script")) in RIGHT_TO_LEFT else "ltr"


def _usual(tag: str) -> dict[str, str]:
    """Give the script and the territory in which a language is usually written."""
    found = get_global("likely_subtags").get(tag.partition("-")[0].lower(), "")
    parts = str(found).partition("_")[2].partition("_")
    return {"script": parts[0], "territory": parts[2]} if parts[2] else {}


def _own_name(tag: str, locale: Locale | None) -> str:
    if locale is None:
        return ""
    names, language = locale.languages, locale.language
    name = names.get(f"{language}_{locale.script}") if locale.script else None
    territory = locale.territory if "-" in tag else None
    if name is None:
        usual = _usual(language)
        base = names.get(language)
        extra = [
            locale.scripts.get(locale.script)
            if locale.script and locale.script != usual.get("script")
            else None,
            locale.territories.get(territory) if territory and territory != usual.get("territory") else None,
        ]
        added = ", ".join(each for each in extra if each)
        name = f"{base} ({added})" if base and added else base
        if language == "pt" and territory == "BR":  # the usual territory, but the two are named apart
            name = f"{base} ({locale.territories.get('BR')})"
    return name[:1].title() + name[1:] if name else ""
