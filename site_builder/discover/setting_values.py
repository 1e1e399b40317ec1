"""The value of a setting: what each may hold, wherever it was written."""

from __future__ import annotations

import re
from dataclasses import fields
from urllib.parse import urlsplit

from site_builder.diagnostics.diagnostic import did_you_mean
from site_builder.model.settings import Settings
from site_builder.model.written_values import bytes_of, path_fault

__all__ = ["CHOICES", "FORMS", "LISTS", "PATHS", "bytes_of", "fault"]

LISTS = frozenset(each.name for each in fields(Settings) if isinstance(each.default, tuple))
CHOICES = {each.name: each.metadata.get("choices", ()) for each in fields(Settings)}

PATHS = {
    "root": "folder inside the course folder, such as `chapters`",
    "kept_runs": "folder inside the course folder, such as `notebooks`",
    "environment": "file inside the course folder, such as `requirements.txt`",
    "stand_ins": "folder inside the course folder, such as `stand_ins`",
}
"""The settings that are paths inside the course folder, and what to write there."""

FORMS = {
    "timeout": (r"0*[1-9][0-9]{0,6}(\.[0-9]+)?", "number of seconds", "write it as `timeout: 600`"),
    "kernel": (r"[\w.-]+", "name of a kernel", "`jupyter kernelspec list` lists them"),
    "branch": (r"[\w./+@-]*", "name of a branch", "write it as Git does, such as `main`"),
    "attempts": ("[0-9]{1,6}", "whole number", "write it as `attempts: 3`, or `0` for no limit"),
    "pass_mark": (r"100|[0-9]{1,2}(\.[0-9]{1,6})?", "percentage", "write it as `pass_mark: 70`"),
    "graded": (r"all|[^\s/]+(/[^\s/]+)*", "id of a page", "write it as `chapter1/quiz`, or `all`"),
}
"""The settings whose texts have a form: the form, what it is a form of, and an example."""


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
    if name in ("address", "repository", "jupyterlab", "quiz_server"):
        return _url_fault(name, text)
    if name in PATHS and (why := path_fault(text)):
        return f"`{name}` {why}", f"name a {PATHS[name]}"
    if name == "memory" and not bytes_of(text):
        return f"`memory` is no size: `{text}`", "write it as `512M` or `4G`"
    if name in FORMS and not re.fullmatch(FORMS[name][0], text):
        return f"`{name}` is no {FORMS[name][1]}: `{text}`", FORMS[name][2]
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
