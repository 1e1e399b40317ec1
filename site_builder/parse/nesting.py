"""Which tags and conditions enclose what: the stack of what is open at one level of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from markdown_it.token import Token

from site_builder.model.document import Block, Element, Prose

if TYPE_CHECKING:
    from site_builder.dialect.conditions import Condition
    from site_builder.dialect.tag_scan import Tag
    from site_builder.parse.place import Place
CONDITION = "{#if}"


@dataclass
class Chunk:
    """Plain Markdown that belongs together: tokens, and the blocks that stand inside it as islands."""

    items: list[Token | Block]
    start: int
    end: int


Part: TypeAlias = "Chunk | Block"


@dataclass
class Frame:
    """Something open: the container itself, a component (`tag`) or a condition (`mark`, with the arms before this one)."""

    parts: list[Part] = field(default_factory=list)
    tag: Tag | None = None
    element: Element | None = None
    mark: Condition | None = None
    arms: list[tuple[Condition, list[Part]]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The component's name, or what stands for a condition."""
        return self.tag.name if self.tag else CONDITION

    @property
    def all_parts(self) -> list[Part]:
        """What stands in it, all arms of a condition one after another."""
        return [each for _, parts in self.arms for each in parts] + self.parts


@dataclass
class Stack:
    """The frames of one container, the container's own first."""

    frames: list[Frame] = field(default_factory=lambda: [Frame()])
    names: Counter[str] = field(default_factory=Counter)

    @property
    def top(self) -> Frame:
        """The innermost frame."""
        return self.frames[-1]

    def push(self, frame: Frame) -> None:
        """Open a frame."""
        self.frames.append(frame)
        self.names[frame.name] += 1

    def pop(self) -> Frame:
        """Close the innermost frame."""
        frame = self.frames.pop()
        self.names[frame.name] -= 1
        return frame


def as_blocks(parts: list[Part], place: Place) -> tuple[Block, ...]:
    """Give parts as blocks: what is plain and stands together becomes one block of prose."""
    blocks: list[Block] = []
    run: list[Chunk] = []
    for part in parts:
        if isinstance(part, Chunk):
            run.append(part)
            continue
        if run:
            blocks.append(_prose(run, place))
            run = []
        blocks.append(part)
    if run:
        blocks.append(_prose(run, place))
    return tuple(blocks)


def _prose(run: list[Chunk], place: Place) -> Prose:
    tokens, islands = with_islands([item for chunk in run for item in chunk.items])
    return Prose(place.trimmed(run[0].start, run[-1].end), tuple(tokens), tuple(islands))


def with_islands(items: list[Token | Block]) -> tuple[list[Token], list[Block]]:
    """Put a token of type `island` where a block stands among tokens."""
    tokens: list[Token] = []
    islands: list[Block] = []
    for item in items:
        if isinstance(item, Token):
            tokens.append(item)
        else:
            tokens.append(Token("island", "", 0, meta={"island": len(islands)}, block=True))
            islands.append(item)
    return tokens, islands
