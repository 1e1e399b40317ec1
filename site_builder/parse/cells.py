"""Which fences are cells, and which show what a cell gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.model.document import Cell, Code, Element, Expected, Heading, Switch
from site_builder.parse.cell_controls import fence_controls, words_of
from site_builder.parse.nesting import Chunk
from site_builder.parse.plain_text import plain

if TYPE_CHECKING:
    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.parse.nesting import Part

_PYTHON = frozenset({"py", "python", "python3", "py3", "ipython", "ipython3"})
_OUT_WORDS = frozenset({"out", "output", "trace", "traceback"})
_SHOWN = frozenset({"", "out", "output", "text", "txt", "plaintext"})
_SHORT, _LONG = 30, 100
_COLON = re.compile(r"[:：﹕︓]\s*$")
_TRACE = re.compile(r"^Traceback \(most recent call last\)|^[\w.]*(?:Error|Exception)\b(?::|$)", re.MULTILINE)


def with_cells(parts: list[Part], findings: list[Finding]) -> list[Part]:
    """Give the parts with their Python fences as cells, and under each the outputs that the author wrote.

    What is wrong with the words on a fence is added to `findings`.
    """
    if not any(isinstance(part, Code) for part in parts):
        return parts
    shown = _options(parts)
    made: list[Part] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        at += 1
        if not isinstance(part, Code) or not is_cell(part) or id(part) in shown:
            made.append(part)
            continue
        expected: list[Expected] = []
        while found := _expected(parts, at, len(expected)):
            expected.append(found[0])
            at = found[1]
        words = words_of(part.info)[1:]
        controls, wrong = fence_controls(words, part.span)
        findings += wrong
        made.append(Cell(part.span, part.text, "python", words, tuple(expected), controls=controls))
    return made


def is_cell(code: Code) -> bool:
    """Tell whether a fence is Python that is no output."""
    return code.language in _PYTHON and not _is_output(code)


def _is_output(code: Code) -> bool:
    words = code.info.lower().split()[1:2]
    return code.language in _PYTHON and bool(words) and words[0].rstrip(":") in _OUT_WORDS


def _expected(parts: list[Part], at: int, found: int) -> tuple[Expected, int] | None:
    """Give the output that stands at part `at`, perhaps under a label, and the index after it."""
    first = parts[at] if at < len(parts) else None
    if isinstance(first, Code):
        is_plain = first.language in _SHOWN and found < 2  # noqa: PLR2004 - two may follow one cell
        return (_as_expected(first, ()), at + 1) if _is_output(first) or is_plain else None
    second = parts[at + 1] if at + 1 < len(parts) else None
    if not isinstance(first, Chunk) or not isinstance(second, Code):
        return None
    label = _label(first, _LONG if _is_output(second) else _SHORT)
    if label and (_is_output(second) or second.language in _SHOWN):
        return _as_expected(second, label), at + 2
    return None


def _as_expected(code: Code, label: tuple[object, ...]) -> Expected:
    language = code.language if _is_output(code) else ""
    is_trace = "trace" in code.info.lower() or _TRACE.search(code.text) is not None
    return Expected(code.span, code.text, label, language, is_trace)


def _label(chunk: Chunk, longest: int) -> tuple[object, ...]:
    """Give the tokens of a short line, bold or ending in a colon; nothing where the chunk is anything else."""
    if len(chunk.items) != 3 or getattr(chunk.items[0], "type", "") != "paragraph_open":  # noqa: PLR2004 - a paragraph's tokens
        return ()
    children = tuple(getattr(chunk.items[1], "children", None) or ())
    text = plain(children)
    if not text or len(text) > longest or any(each.type in {"softbreak", "image"} for each in children):
        return ()
    is_bold = (
        children[0].type in {"strong_open", "text"}
        and children[-1].type in {"strong_close", "text"}
        and _only_bold(children)
    )
    return children if is_bold or _COLON.search(text) else ()


def _only_bold(children: tuple[object, ...]) -> bool:
    """Tell whether all text is between two stars, but for the colon or space around it."""
    depth = 0
    seen = False
    for each in children:
        kind, content = getattr(each, "type", ""), getattr(each, "content", "")
        depth += (kind == "strong_open") - (kind == "strong_close")
        seen = seen or kind == "strong_open"
        if kind == "text" and not depth and content.strip(" :：\u00a0"):
            return False
    return seen


def _options(parts: list[Part]) -> set[int]:
    """Give the ids of the fences that a question asks about: those between a heading and the question under it."""
    shown: set[int] = set()
    since: list[Code] = []
    for part in parts:
        if isinstance(part, Heading):
            since = []
        elif isinstance(part, Code):
            since.append(part)
        elif _asks(part):
            shown |= {id(each) for each in since}
            since = []
    return shown


def _asks(part: Part) -> bool:
    if isinstance(part, Switch):
        return any(_asks(block) for arm in part.arms for block in arm.children)
    return isinstance(part, Element) and part.name == "Question"
