"""Values of properties: JSON5 literals, read the fast way where they are nearly JSON, and by `json5` otherwise."""

from __future__ import annotations

import json
import re
from typing import Any

import json5

_TOKEN = re.compile(
    r"(?P<gap>\s+|//[^\n]*|/\*[\s\S]*?\*/)"
    r"|(?P<double>\"(?:[^\"\\\n\x00-\x08\x0b-\x1f]|\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})*\")"
    r"|(?P<single>'(?:[^'\\\n\x00-\x08\x0b-\x1f]|\\['\"\\/bfnrt]|\\u[0-9a-fA-F]{4})*')"
    r"|(?P<comma>,(?=(?:\s+|//[^\n]*\n|/\*[\s\S]*?\*/)*[\]}]))"
    r"|(?P<key>[A-Za-z_$][\w$]*)(?=\s*:)"
    r"|(?P<word>true|false|null|undefined)(?![\w$])"
    r"|(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w$.])"
    r"|(?P<mark>[\[\]{}:,])"
)
_LONGEST = 20_000
"""Longer values than this go no slower way than the fast one, since `json5` takes a second for 50,000 characters."""

_PROBLEMS = {
    "Expecting ',' delimiter": "a comma or bracket is missing here",
    "Expecting ':' delimiter": "a colon is missing here",
    "Expecting value": "a value is missing here",
    "Expecting property name enclosed in double quotes": "a name is missing here",
    "Extra data": "there is more after its end",
}
_QUOTED = re.compile(r"\\.|\"")
_WHERE = re.compile(r"<string>:(\d+) (.*?)(?: at)? column (\d+)")
_CODE = re.compile(r"=>|`|\bfunction\b|\$\{|\bnew\s+\w|\w\s*\(|^[A-Za-z_$][\w$.]*$")
_STRINGS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")


class NotALiteralError(ValueError):
    """A value that is no JSON5 literal: `offset` tells where, `is_code` whether it is an expression."""

    def __init__(self, message: str, offset: int, *, is_code: bool) -> None:
        super().__init__(message)
        self.offset = offset
        self.is_code = is_code


def read_literal(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Give the value of JSON5 literal `text`.

    Raises:
        NotALiteralError: `text` is no literal.
    """
    parts, end = _as_json(text)
    is_code = _CODE.search(_STRINGS.sub('""', text[:_LONGEST])) is not None if parts is None else False
    if parts is not None:
        return _read_json(parts, text)
    if is_code or len(text) > _LONGEST:
        raise NotALiteralError("it is an expression" if is_code else "it is no literal", end, is_code=is_code)
    try:
        return json5.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotALiteralError(_reason(str(error)), _offset(text, str(error), end), is_code=False) from None


def _read_json(parts: list[tuple[str, int]], text: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads("".join(part for part, _ in parts), strict=False)
    except RecursionError:
        raise NotALiteralError("it is nested too deeply", 0, is_code=False) from None
    except json.JSONDecodeError as error:
        at = 0
        for part, place in parts:
            if at >= error.pos and part != " ":
                raise NotALiteralError(
                    _PROBLEMS.get(error.msg, "it is no literal"), place, is_code=False
                ) from None
            at += len(part)
        raise NotALiteralError("it ends too early", len(text), is_code=False) from None


def _as_json(text: str) -> tuple[list[tuple[str, int]] | None, int]:
    """Write `text` as JSON: its parts, each with its offset in `text`.

    Gives `None` and the offset of the first thing that has no simple form in JSON.
    """
    parts: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None, at
        parts.append((_json_part(match.lastgroup or "", match[0]), at))
        at = match.end()
    return parts, at


def _json_part(kind: str, part: str) -> str:
    match kind:
        case "gap":
            return " "
        case "comma":
            return ""
        case "key":
            return f'"{part}"'
        case "single":
            return '"' + _QUOTED.sub(_requoted, part[1:-1]) + '"'
        case "word" if part == "undefined":
            return "null"
        case _:
            return part


def _requoted(match: re.Match[str]) -> str:
    """Write an escape or a double quotation mark of a single-quoted string for a double-quoted one."""
    return {"\\'": "'", '"': '\\"'}.get(match[0], match[0])


def _reason(message: str) -> str:
    match = _WHERE.search(message)
    return match[2].replace('"', "`").lower() if match else "it is no literal"


def _offset(text: str, message: str, otherwise: int) -> int:
    match = _WHERE.search(message)
    if match is None:
        return min(otherwise, len(text))
    start = 0
    for _ in range(int(match[1]) - 1):
        start = text.find("\n", start) + 1
    return min(len(text), max(0, start + int(match[3]) - 1))
