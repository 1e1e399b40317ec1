"""Python's extensions of notebooks (`%magic`, `!command`, `obj?`), written as plain Python so that a cell can be parsed."""

from __future__ import annotations

import re
from itertools import accumulate

_PARTS = re.compile(
    r"""(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3}|\\?\Z)|'{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3}|\\?\Z)"""
    r"""|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?)|(?P<comment>\#[^\n]*)""",
    re.DOTALL,
)
_MAGIC = re.compile(r"(\s*)([%!?].*)", re.DOTALL)
_GIVEN = re.compile(r"(\s*+[^\s=%!#][^=%!#\n]*+=\s*+)([%!].*)", re.DOTALL)
_ASKED = re.compile(r"(\s*+)(%{0,2}[\w.*\[\]'\"]+\?\??)\s*", re.DOTALL)
_WORDS = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|'(?:[^'\\]|\\.)*+'?|(?P<comment>(?<=\s)\#.*)", re.DOTALL)
_PYTHON_INSIDE = frozenset({"time", "timeit", "capture", "prun", "debug"})
MARK = "__of_ipython_"
"""A name that begins so stands for something that is no Python; what follows is its text in hexadecimal digits."""


def plain_python(code: str) -> str:
    """Give a cell in which names stand for what only IPython understands; what follows `%%bash` and its like is one name."""
    text = code.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    first, _, rest = text.partition("\n")
    if not first.startswith("%%"):
        return _plain_lines(text)
    name = first[2:].split(" ", 1)[0].strip()
    if name in _PYTHON_INSIDE:
        return f"{_name_for(_uncommented(first))}\n{plain_python(rest)}"
    return _name_for("\n".join((first.rstrip(), _trimmed(rest)))) + "\n"


def without_comments(code: str) -> str:
    """Give Python without its comments, blank lines and blanks at the ends of lines, whether it parses or not."""
    text = code.replace("\r\n", "\n").replace("\r", "\n")
    return _trimmed(_PARTS.sub(lambda match: "" if match["comment"] else match[0], text))


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def _plain_lines(text: str) -> str:
    """Replace line by line; strings and brackets that go over several lines hold no magic."""
    masked = _PARTS.sub(lambda match: ("s" if match["string"] else " ") * len(match[0]), text)
    made: list[str] = []
    depth = 0
    is_inside = joins = False
    lengths = [len(line) + 1 for line in masked.split("\n")]
    for start, length in zip(accumulate(lengths, initial=0), lengths, strict=False):
        line, shown = text[start : start + length - 1], masked[start : start + length - 1]
        if joins:  # a command goes on in the next line
            made[-1] += f"\n{line}"
        elif depth <= 0 and not is_inside and _is_magic(line, shown):
            made.append(line)
        else:
            made.append(line)
            depth = max(0, depth + sum(map(shown.count, "([{")) - sum(map(shown.count, ")]}")))
            is_inside = shown.endswith("\\")
            continue
        joins = line.endswith("\\")
        if not joins:
            made[-1] = _replaced(made[-1])
    return "\n".join(made)


def _is_magic(line: str, shown: str) -> bool:
    return bool(
        _MAGIC.match(line) or _GIVEN.match(line) or (shown.rstrip().endswith("?") and _ASKED.match(line))
    )


def _replaced(line: str) -> str:
    found = _MAGIC.fullmatch(line) or _GIVEN.fullmatch(line) or _ASKED.fullmatch(_uncommented(line))
    # Its lines stay as many as they were, so that a fault further down has the right line.
    return found[1] + _name_for(_uncommented(found[2])) + "\n" * line.count("\n") if found else line


def _uncommented(text: str) -> str:
    """Drop a comment at the end, as a shell does: a `#` after a blank and outside of quotes."""
    return _WORDS.sub(lambda match: "" if match["comment"] else match[0], text).strip()


def _name_for(text: str) -> str:
    return MARK + text.encode("utf-8", "surrogatepass").hex()
