"""How a tag's text is read: `<Name a={…} b="…" c>`, `</Name>`, `<Name />`, on one line or many."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

EMPTY_NAMES = frozenset({"iframe"})
"""Tags without content that are read as components are: what closes them says nothing."""

_SMALL_NAMES = frozenset({"iframe", "hfoption", "hfoptions"})
PLAIN_NAMES = "iframe|hfoptions?|youtube|CourseFloatingBanner|DocNotebookDropdown|FrameworkSwitchCourse"
"""What tags of ours begin with whatever their capitals are: no placeholder has such a name."""

TAG_START = re.compile(
    rf"<(/?)((?-i:[A-Z][A-Za-z0-9_]*[a-z][A-Za-z0-9_]*(?:\.\w+)*)|{PLAIN_NAMES})(?=[\s/>{{]|$)",
    re.IGNORECASE | re.ASCII,
)
"""A component's name has a small letter somewhere: `<UNK>` and `<COMMA>` are text."""

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\s\"'<>/={}`,;()\[\]]+")
_STRING = re.compile(r"\"([^\"\n]*(?:\n(?![ \t]*\n)[^\"\n]*)*)\"|'([^'\n]*(?:\n(?![ \t]*\n)[^'\n]*)*)'")
_BARE = re.compile(r"[^\s\"'<>`={}]+")
_LOST_STRING = re.compile(r"[\"'][^\"'\n<>/]{0,300}(?=/?>)")
_IN_BRACES = re.compile(
    r"[^\"'`{}\[\]()/<\n]+|//[^\n]*"
    r"|\"(?:[^\"\\\n]|\\[\s\S])*\"|'(?:[^'\\\n]|\\[\s\S])*'"
)
_LINE_TAG = re.compile(r"\n[ \t>]*(?:</?[A-Za-z]|```|~~~|#{1,6} |\{[#:/])")
_SELF_END = re.compile(r"/\s*>")
_DEEPEST = 100
_CLOSERS = {"{": "}", "[": "]", "(": ")"}


@dataclass(frozen=True)
class Attribute:
    """An attribute as written. `kind` is `flag`, `string`, `braces` (also `{name}` alone) or `spread`; `text` its value."""

    name: str
    start: int
    end: int
    kind: str
    text: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong between two offsets, with the code of its finding."""

    code: str
    start: int
    end: int
    message: str
    help: str = ""


@dataclass(frozen=True)
class Tag:
    """A tag between two offsets. `kind` is `open`, `close` or `self`."""

    name: str
    kind: str
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass
class _Reading:
    """Where reading a tag has come to."""

    text: str
    at: int
    limit: int
    attributes: list[Attribute] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def match(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """Match at `at`, inside the limit."""
        return pattern.match(self.text, at, self.limit)

    def space(self, at: int) -> int:
        """Give the offset after the white space at `at`."""
        match = _SPACE.match(self.text, at, self.limit)
        return match.end() if match else at

    def starts(self, word: str, at: int) -> bool:
        """Tell whether `word` stands at `at`."""
        return self.text.startswith(word, at, self.limit)


def scan_tag(text: str, start: int, limit: int) -> Tag | Fault | None:
    """Read the tag that starts at `start` of `text`, which ends before `limit`.

    Gives `None` where no tag of ours starts, and a `Fault` where one starts that never ends.
    """
    match = TAG_START.match(text, start, limit)
    if match is None:
        return None
    name = match[2].lower() if match[2].lower() in _SMALL_NAMES else match[2]
    reading = _Reading(text, match.end(), limit)
    if match[1]:
        end = reading.space(match.end())
        return Tag(name, "close", start, end + 1) if reading.starts(">", end) else None
    return _open_tag(reading, name, start)


def _open_tag(reading: _Reading, name: str, start: int) -> Tag | Fault:
    while True:
        reading.at = reading.space(reading.at)
        if reading.starts(">", reading.at):
            return _tag(reading, name, "open", start, reading.at + 1)
        end = reading.match(_SELF_END, reading.at)
        if end is not None:
            return _tag(reading, name, "self", start, end.end())
        if not _attribute(reading):
            return _unfinished(reading, name, start)


def _tag(reading: _Reading, name: str, kind: str, start: int, end: int) -> Tag:
    return Tag(name, kind, start, end, tuple(reading.attributes), tuple(reading.faults))


def _unfinished(reading: _Reading, name: str, start: int) -> Tag | Fault:
    """Take a tag that is never finished to end with its first line, where that line can be read."""
    line_end = reading.text.find("\n", start, reading.limit)
    line_end = reading.limit if line_end < 0 else line_end
    fault = Fault(
        "unclosed-component",
        start,
        start + 1 + len(name),
        f"the tag `<{name}` is never finished",
        "end it with `>` or `/>`",
    )
    if reading.at < line_end or any(each.start < line_end < each.end for each in reading.attributes):
        return fault
    kept = tuple(each for each in reading.attributes if each.end <= line_end)
    if any(each.kind == "flag" for each in kept):  # words: text, perhaps
        return fault
    return Tag(name, "open", start, line_end, kept, (fault,))


def _attribute(reading: _Reading) -> bool:
    """Read one attribute; tell whether there was one."""
    start = reading.at
    if reading.starts("{", start):
        return _alone_in_braces(reading)
    name = reading.match(_NAME, start)
    if name is None:
        return False
    equals = reading.space(name.end())
    if reading.starts("=", equals):
        reading.at = reading.space(equals + 1)
        return _value(reading, name[0], start)
    if (
        "\n" in reading.text[start - 1 : start]
    ):  # a word at a line's start is text under a tag that never ended
        return False
    reading.at = name.end()
    reading.attributes.append(Attribute(name[0], start, name.end(), "flag"))
    return True


def _alone_in_braces(reading: _Reading) -> bool:
    start = reading.at
    end = _braces(reading, reading.text[start + 1 : start + 20].strip())
    if end is None:
        return False
    inside = reading.text[start + 1 : end - 1].strip()
    kind = "spread" if inside.startswith("...") else "braces"
    if not inside.startswith("/*"):
        reading.attributes.append(Attribute(inside if kind == "braces" else "", start, end, kind, inside))
    reading.at = end
    return True


def _value(reading: _Reading, name: str, start: int) -> bool:
    at = reading.at
    if reading.starts("{", at):
        end = _braces(reading, name)
        if end is None:
            return False
        reading.attributes.append(
            Attribute(name, start, end, "braces", reading.text[at + 1 : end].removesuffix("}").strip())
        )
    elif match := reading.match(_STRING, at):
        end = match.end()
        reading.attributes.append(Attribute(name, start, end, "string", match[1] or match[2] or ""))
    elif match := reading.match(_LOST_STRING, at):
        end = match.end()
        message = f"the value of `{name}` has no closing quotation mark"
        reading.faults.append(Fault("bad-prop", start, end, message, "close it"))
        reading.attributes.append(Attribute(name, start, end, "string", match[0][1:]))
    elif match := reading.match(_BARE, at):
        end = match.end() - (match[0].endswith("/") and reading.starts(">", match.end()))
        reading.attributes.append(Attribute(name, start, end, "string", reading.text[at:end]))
    else:
        return False
    reading.at = end
    return True


def _braces(reading: _Reading, name: str) -> int | None:
    """Give the end of the braces that start here, or `None` where they have none.

    A line that starts with a tag, a fence or a heading cannot stand in a value: the search ends there, so that a brace
    that is never closed costs no more than the text up to the next tag.
    """
    start = reading.at
    stack, at, slash_end = ["}"], start + 1, -1
    while at < reading.limit and len(stack) < _DEEPEST:
        match = reading.match(_IN_BRACES, at)
        if match is not None:
            at = match.end()
            continue
        char = reading.text[at]
        if char in _CLOSERS:
            stack.append(_CLOSERS[char])
        elif char in "}])":
            _pop(stack, char)
            if not stack:
                return at + 1
        elif char == "\n" and reading.match(_LINE_TAG, at):
            break
        elif slash_end < 0 and reading.starts("/>", at):
            slash_end = at
        at = _after_verbatim(reading, at)
    if slash_end < 0:
        return None
    message = f"the braces of `{name}` are never closed"
    reading.faults.append(Fault("bad-prop", start, slash_end, message, "close them with `}`"))
    return slash_end


def _after_verbatim(reading: _Reading, at: int) -> int:
    """Give the offset after the comment or template literal at `at`, or the next one where there is none."""
    mark = "`" if reading.starts("`", at) else "*/" if reading.starts("/*", at) else ""
    end = reading.text.find(mark, at + len(mark), reading.limit) if mark else -1
    return at + 1 if end < 0 else end + len(mark)


def _pop(stack: list[str], char: str) -> None:
    """Close down to the bracket that `char` closes; one that closes nothing is passed over."""
    if char in stack:
        while stack.pop() != char:
            pass
