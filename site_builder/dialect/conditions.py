"""Rule: variants, `{#if fw === 'pt'}`, `{:else if …}`, `{:else}` and `{/if}`, and slips of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.dialect.jsx import go_on_after, push

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_GOOD = re.compile(
    r"\{(?:#if\s+(?P<if>[^{}\n]+)|:else\s+if\s+(?P<elif>[^{}\n]+)|(?P<else>:else)|(?P<end>/if))\s*\}"
)
_SLIP = re.compile(
    r"\{\s*(?:(?P<else>[#/:]\s*else|else)|(?P<end>/\s*if|#\s*end\s*if|/\s*endif|/\s*fw)"
    r"|(?:[:#/]\s*)?(?:elif|else\s*if)\s+(?P<elif>[^{}\n]+)|(?:[:#]\s*if|if)\b\s*(?P<if>[^{}\n]*))\s*\}",
    re.IGNORECASE,
)
_WORDING = {"if": "{#if fw === 'pt'}", "elif": "{:else if fw === 'tf'}", "else": "{:else}", "end": "{/if}"}
_TEST = re.compile(r"\s*\(?\s*(\w+)\s*(===?|!==?)\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)?\s*")


@dataclass(frozen=True)
class Condition:
    """A condition's mark between two offsets: `kind` is `if`, `elif`, `else` or `end`.

    `meant` is how it ought to be written, where it is a slip.
    """

    kind: str
    start: int
    end: int
    test: str = ""
    meant: str = ""


def condition_at(text: str, start: int, limit: int, *, alone: bool) -> Condition | None:
    """Read the mark at `start`; slips count only where they stand `alone` on their line."""
    match = _GOOD.match(text, start, limit)
    meant = match is None
    if match is None and alone:
        match = _SLIP.match(text, start, limit)
        if match is not None and text[match.end() : limit].strip():
            match = None
    if match is None:
        return None
    kind = match.lastgroup or ""
    test = match[kind].strip() if kind in {"if", "elif"} else ""
    return Condition(kind, start, match.end(), test, _WORDING[kind] if meant else "")


def read_test(test: str) -> tuple[str, str, bool] | None:
    """Give the variable, the value and whether they must be equal of `fw === 'pt'`; `None` for anything else."""
    match = _TEST.fullmatch(test)
    return None if match is None else (match[1], match[3] or match[4] or "", match[2][0] == "=")


def condition(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001, ARG001 - markdown-it's form
    """Read a condition's mark at a block's start."""
    start = state.bMarks[line] + state.tShift[line]
    mark = condition_at(state.src, start, state.eMarks[line], alone=True)
    if mark is None:
        return False
    if not silent:
        go_on_after(state, line, mark.end)
        push(state, "condition", {"condition": mark, "end": mark.end}, line)
    return True
