"""The choices of a `<Question>` that stand inside it as a list: `- [x] text`, explanations indented below, or `1. text` for an order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from site_builder.components.question_choices import short
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Prose
from site_builder.model.quiz import Choice
from site_builder.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from site_builder.model.document import Block, Syntax

_BOX = re.compile(r"\[([ xX\u00a0]?)\](?:[ \t]+|$)")
_PARAGRAPHS = frozenset({"paragraph_open", "paragraph_close", "inline"})


@dataclass(frozen=True)
class Listed:
    """What stands inside a `<Question>`: its choices and what is wrong with them, and the blocks before and after their list."""

    choices: tuple[Choice, ...]
    before: tuple[Block, ...]
    after: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()


def listed_choices(children: tuple[Block, ...], *, ordered: bool, explained: bool) -> Listed | None:
    """Give the choices of the first list in `children` that is one of choices; `None` where none is.

    Args:
        children: what stands inside the element.
        ordered: whether it is an order, a list with numbers, instead of one with boxes.
        explained: whether each choice should tell why it is right or wrong.
    """
    for at, block in enumerate(children):
        if not isinstance(block, Prose):
            continue
        for first, last in _lists(block.syntax):
            tokens = block.syntax[first : last + 1]
            boxed = any(_BOX.match(_head(item)) for item in _items(tokens))
            if boxed or (ordered and tokens[0].type == "ordered_list_open"):
                return _listed(children, at, (first, last), ordered=ordered, explained=explained)
    return None


def _listed(
    children: tuple[Block, ...], at: int, part: tuple[int, int], *, ordered: bool, explained: bool
) -> Listed:
    block = children[at]
    if not isinstance(block, Prose):
        raise TypeError(type(block))
    first, last = part
    reader = _Reader(block.span, explained=explained and not ordered, boxed=not ordered)
    for item in _items(block.syntax[first : last + 1]):
        reader.read(item)
    start = reader.choices[0].span.start if reader.choices else block.span.start
    end = max([each.end for each in reader.places], default=block.span.end)
    before, after = _around(block, part, start, end)
    return Listed(
        tuple(reader.choices),
        (*children[:at], *before),
        (*after, *children[at + 1 :]),
        (*reader.findings, *_second_lists(after)),
    )


def _lists(tokens: Syntax) -> Iterator[tuple[int, int]]:
    """Give first and last token of each list at the top level."""
    for at, token in enumerate(tokens):
        if token.level == 0 and token.type in ("bullet_list_open", "ordered_list_open"):
            closing = token.type.replace("open", "close")
            yield (
                at,
                next(i for i in range(at, len(tokens)) if tokens[i].level == 0 and tokens[i].type == closing),
            )


def _items(tokens: Syntax) -> Iterator[Syntax]:
    """Give what stands in each item of a list."""
    start = 0
    for at, token in enumerate(tokens):
        if token.level == 1 and token.type == "list_item_open":
            start = at + 1
        elif token.level == 1 and token.type == "list_item_close":
            yield tokens[start:at]


def _head(item: Sequence[Any]) -> str:
    """Give the first line of an item, as the author wrote it."""
    return next((str(token.content) for token in item[:2] if token.type == "inline"), "").partition("\n")[0]


class _Reader:
    """Reads the items of a list one after another; places are looked for behind the item before."""

    def __init__(self, span: Span, *, explained: bool, boxed: bool) -> None:
        self.span = span
        self.explained = explained
        self.boxed = boxed
        self.choices: list[Choice] = []
        self.findings: list[Finding] = []
        self.places: list[Span] = []

    def read(self, item: Sequence[Any]) -> None:
        """Read one item: its first line is the choice, what follows explains it."""
        head = _head(item)
        span = self._place(head)
        box = _BOX.match(head)
        text = (head[box.end() :] if box else head).strip()
        paragraphs = [str(token.content) for token in item if token.type == "inline" and token.level == 3]  # noqa: PLR2004 - list, item, paragraph
        if paragraphs and paragraphs[0].partition("\n")[0] == head:
            paragraphs[0] = paragraphs[0].partition("\n")[2]
        explanation = "<br><br>".join(each for each in paragraphs if each.strip())
        for line in "\n".join(paragraphs).split("\n"):
            self._place(line)
        self.findings += self._wrong(item, span, text, box, explanation)
        if text:
            self.choices.append(Choice(span, text, explanation, bool(box) and box[1] in ("x", "X")))  # type: ignore[index]

    def _place(self, line: str) -> Span:
        """Give the place of a line behind all that was read, and count it as read."""
        start = self.places[-1].end if self.places else self.span.start
        rest = Span(self.span.source, start, self.span.end)
        found = rest.find(line.strip())
        if found == rest:  # a notebook page has it in another form
            return self.span
        self.places.append(found)
        return found

    def _wrong(
        self, item: Sequence[Any], span: Span, text: str, box: re.Match[str] | None, explanation: str
    ) -> Iterator[Finding]:
        if self.boxed and not box:
            message = f"the choice `{short(text)}` has no box" if text else "an item of the list is no choice"
            yield Finding(
                "question-list", span, message, "start it with `[x]` if it is correct, else with `[ ]`"
            )
        elif not text:
            yield Finding("question-list", span, "a choice has no text", "write it on the line of its box")
        elif self.explained and not explanation:
            message = f"the choice `{short(text)}` has no explanation"
            yield Finding(
                "no-explanation", span, message, "write below it, indented, why it is right or wrong"
            )
        if any(token.type not in _PARAGRAPHS for token in item):
            message = f"the choice `{short(text)}` holds more than paragraphs"
            yield Finding("question-list", span, message, "put lists and code blocks above the question")


def _around(block: Prose, part: tuple[int, int], start: int, end: int) -> tuple[tuple[Block, ...], ...]:
    """Give the prose before and after the list."""
    first, last = part
    text, source = block.span.source.text, block.span.source
    line = max(text.rfind("\n", 0, start) + 1, block.span.start)
    before = text[block.span.start : line].rstrip()
    rest = text[end : block.span.end]
    pieces = (
        (block.syntax[:first], Span(source, block.span.start, block.span.start + len(before))),
        (
            block.syntax[last + 1 :],
            Span(source, end + len(rest) - len(rest.lstrip()), max(end, block.span.end)),
        ),
    )
    return tuple((replace(block, span=span, syntax=tokens),) if tokens else () for tokens, span in pieces)


def _second_lists(after: tuple[Block, ...]) -> Iterator[Finding]:
    """Find a second list of choices: a list ends where its bullet changes."""
    for block in after:
        if not isinstance(block, Prose):
            continue
        for first, last in _lists(block.syntax):
            head = next((_head(item) for item in _items(block.syntax[first : last + 1])), "")
            if _BOX.match(head):
                yield Finding(
                    "question-list",
                    block.span.find(head),
                    "the choices stand in two lists",
                    "write them as one list, with the same bullet",
                )
                return
