"""The value of a setting: what each may hold, wherever it was written."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from site_builder.diagnostics.diagnostic import did_you_mean
from site_builder.model.settings import Settings

LISTS = frozenset(each.name for each in fields(Settings) if isinstance(each.default, tuple))
CHOICES = {each.name: each.metadata.get("choices", ()) for each in fields(Settings)}


def fault(name: str, value: str | tuple[str, ...]) -> tuple[str, str]:
    """Say what is wrong with a setting's value, and what to do; two empty strings where nothing is."""
    for text in (value,) if isinstance(value, str) else value:
        message, advice = _fault(name, text)
        if message:
            return message, advice
    return "", ""


def _fault(name: str, text: str) -> tuple[str, str]:
    if CHOICES[name] and text not in CHOICES[name]:
        known = " or ".join(f"`{each}`" for each in CHOICES[name])
        return f"`{name}` is `{text}`", did_you_mean(text, CHOICES[name]) or f"write {known}"
    if name in ("address", "repository"):
        return _url_fault(name, text)
    if name == "root" and (why := _path_fault(text)):
        return f"`root` {why}", "name a folder inside the course folder, such as `chapters`"
    if name == "branch" and not re.fullmatch(r"[\w./+@-]*", text):
        return f"`branch` is no name of a branch: `{text}`", "write it as Git does, such as `main`"
    if name == "own_addresses" and not re.match(r"(https?:/)?/[^/\s]", text):
        return f"`own_addresses` has `{text}`", "write a path such as `/learn/my-course`, or a whole URL"
    return "", ""


def _url_fault(name: str, text: str) -> tuple[str, str]:
    try:
        parts = urlsplit(text)
        fine = not text or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        fine = False
    if fine and re.fullmatch(r"[^\s\"'<>\\]*", text):
        return "", ""
    return f"`{name}` is no URL: `{text}`", "write it whole, such as `https://example.org/course/`"


def _path_fault(text: str) -> str:
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", text):
        return "leaves the course folder"
    if any(part.startswith(".") for part in path.parts):
        return "is a hidden folder"
    return "" if text.isprintable() else "has signs that no folder's name has"
