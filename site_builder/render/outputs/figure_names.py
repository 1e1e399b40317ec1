"""What a cell's figures show, as far as its code says it: the titles that it gives them."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHELL = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
_NAMING = frozenset({"title", "set_title", "suptitle", "set_window_title"})
_LONGEST_CODE, _LONGEST_NAME = 50_000, 300


def figure_names(code: str, figures: int) -> list[str]:
    """Give the names of the `figures` that a cell made, in order: empty ones where its code does not tell.

    A title of the whole figure (`suptitle`) wins over those of its parts.
    """
    found = [] if len(code) > _LONGEST_CODE or "title" not in code else list(_titles(code))
    whole = [text for name, text in found if name == "suptitle"]
    texts = whole or [text for _, text in found]
    if len(texts) == figures:
        return texts
    together = "; ".join(dict.fromkeys(texts))
    return [together if len(together) <= _LONGEST_NAME and figures == 1 else ""] * figures


def _titles(code: str) -> Iterator[tuple[str, str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(_SHELL.sub(r"\1pass", code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        name = getattr(call.func, "attr", "")
        given = [*call.args[:1]] if name in _NAMING else []
        given += [each.value for each in call.keywords if each.arg == "title" and not given]
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.strip():
                yield name, " ".join(value.value.split())[:_LONGEST_NAME]
