"""New outputs into a chapter's fences: everything else stays byte for byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.execute.verified.text_comparison import plain
from site_builder.model.tree import cells_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from site_builder.execute.verified.verify import Difference
    from site_builder.model.document import Document, Expected
    from site_builder.model.source import Source

_FENCE = re.compile(r"(?P<before>.*?)(?P<marks>`{3,}|~{3,})(?P<info>[^\r\n]*)$")
_TRACE_END = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group)\b(:|$)")


class NotAccepted(Exception):  # noqa: N818 - it says what is the matter
    """An output cannot be written into its fence: says why."""


def with_outputs(
    source: Source, differences: Sequence[Difference], parse: Callable[[Source], Document]
) -> tuple[str, tuple[tuple[Difference, str], ...]]:
    """Give the text of a chapter with what came out in the place of what was written.

    Args:
        source: the chapter as it is on disk.
        differences: what to write; each is one of this source.
        parse: reads a chapter: what is written must read as what came out, and all other cells as before.

    Returns:
        The new text, and those differences that could not be written, with the reason in a phrase.
    """
    text, left = source.text, []
    for each in sorted(differences, key=lambda one: -one.expected.span.start):
        try:
            changed = _replaced(text, each)
            _prove(type(source)(source.path, text), type(source)(source.path, changed), each, parse)
        except NotAccepted as reason:
            left.append((each, str(reason)))
        else:
            text = changed
    return text, tuple(left)


def _replaced(text: str, each: Difference) -> str:
    if not each.came:
        raise NotAccepted("the cell gave no text")
    span = each.expected.span
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    lines = text[start : span.end].splitlines(keepends=True)
    opening, closing = _FENCE.match(lines[0].rstrip("\r\n")), _FENCE.match(lines[-1].rstrip("\r\n"))
    if len(lines) == 1 or not opening or not closing or closing["info"].strip():
        raise NotAccepted("its fence is never closed")
    end = lines[0][len(lines[0].rstrip("\r\n")) :]
    content = new_content(each.expected, each.came).split("\n")
    before, after = closing["before"], opening["before"]
    marks = _long_enough(opening["marks"], content)
    bare = before.rstrip()
    body = [f"{before}{line}" if line else bare for line in content]
    closed = f"{before}{marks if len(marks) > len(opening['marks']) else closing['marks']}{closing['info']}"
    made = end.join([f"{after}{marks}{opening['info']}", *body, closed])
    tail = lines[-1][len(lines[-1].rstrip("\r\n")) :]
    return text[:start] + made + tail + text[span.end :]


def new_content(expected: Expected, came: str) -> str:
    """Give what the fence is to hold: of a traceback the lines above the exception stay as they are written."""
    new = plain(came).strip("\n")
    if not expected.is_trace:
        return new
    lines = expected.text.rstrip("\n").split("\n")
    ends = [at for at, line in enumerate(lines) if _TRACE_END.match(line)]
    return "\n".join([*lines[: ends[-1]], new]) if ends else new


def _long_enough(marks: str, content: list[str]) -> str:
    longest = max((len(run[0]) for line in content for run in re.finditer(rf"{marks[0]}+", line)), default=0)
    return marks[0] * max(len(marks), longest + 1 if longest >= len(marks) else 0)


def _prove(before: Source, after: Source, each: Difference, parse: Callable[[Source], Document]) -> None:
    """Read both texts: all is as it was but for the one output, which is what came out."""
    old, new = _seen(parse(before)), _seen(parse(after))
    at = _index(parse(before), each)
    wanted = new_content(each.expected, each.came)
    is_proved = (
        at is not None
        and len(old) == len(new)
        and all(
            mine == theirs for place, (mine, theirs) in enumerate(zip(old, new, strict=True)) if place != at
        )
        and "\n".join(line.rstrip() for line in new[at].strip("\n").split("\n")) == wanted
    )
    if not is_proved:
        raise NotAccepted("the chapter would read otherwise with it")


def _seen(document: Document) -> list[str]:
    """Give all cells and their outputs as they are read, one after another."""
    return [text for cell in cells_of(document) for text in (cell.text, *(one.text for one in cell.expected))]


def _index(document: Document, each: Difference) -> int | None:
    at = 0
    for cell in cells_of(document):
        for place, expected in enumerate(cell.expected, 1):
            if expected.span.start == each.expected.span.start:
                return at + place
        at += 1 + len(cell.expected)
    return None
