"""The YAML mapping that a page may start with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from site_builder.diagnostics.diagnostic import Finding

if TYPE_CHECKING:
    from site_builder.parse.place import Place

_BLOCK = re.compile(r"---[ \t]*\n(.{0,20000}?\n|)---[ \t]*(?:\n|$)", re.DOTALL)
_LIKE_YAML = re.compile(r"(?:\s*#[^\n]*\n|\s*\n)*[A-Za-z_][\w -]*:(?:\s|$)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_front_matter(place: Place) -> tuple[dict[str, Any], int, tuple[Finding, ...]]:
    """Give the page's front matter, the offset at which its text starts, and what is wrong.

    A page whose first block between `---` lines is no mapping has no front matter: the `---` is a rule.
    """
    if not place.text.startswith("---"):
        return {}, 0, ()
    match = _BLOCK.match(place.text)
    if match is None:
        return {}, 0, ()
    looks_right = _LIKE_YAML.match(match[1]) is not None
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(match[1], Loader=_LOADER)):
            return {}, match.end(), (_finding(place, 0, match.end(), "aliases are not allowed"),)
        value = yaml.load(match[1], Loader=_LOADER)  # noqa: S506 - it is the safe loader, in C where there is one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if not looks_right:
            return {}, 0, ()
        return {}, match.end(), (_fault(place, error, match.end()),)
    if not isinstance(value, dict):
        return {}, 0, ()
    return {str(key): each for key, each in value.items()}, match.end(), ()


def _fault(place: Place, error: Exception, end: int) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it is no YAML"
    if mark is None:
        return _finding(place, 0, end, str(problem))
    start = min(place.line_start(mark.line + 1), end)
    return _finding(place, start, max(start, place.line_start(mark.line + 2) - 1), str(problem))


def _finding(place: Place, start: int, end: int, problem: str) -> Finding:
    return Finding(
        "front-matter",
        place.span(start, end),
        f"the front matter cannot be read: {problem}",
        "write `key: value` lines",
    )
