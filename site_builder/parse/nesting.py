"""Which tags and conditions enclose what: the stack of what is open at one level of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from site_builder.model.document import Arm, Block, Element, Prose, Switch
from site_builder.dialect.conditions import read_test

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from site_builder.dialect.conditions import Condition
    from site_builder.dialect.tag_scan import Tag
    from site_builder.model.source import Span
    from site_builder.parse.place import Place

LABELS = {"pt": "PyTorch", "tf": "TensorFlow", "jax": "JAX", "flax": "Flax"}
_OTHER = {"pt": "tf", "tf": "pt"}


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
        self.names[_name(frame)] += 1

    def pop(self) -> Frame:
        """Close the innermost frame."""
        frame = self.frames.pop()
        self.names[_name(frame)] -= 1
        return frame


def _name(frame: Frame) -> str:
    return frame.tag.name if frame.tag else "{#if}"


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
    from markdown_it.token import Token as Made  # noqa: PLC0415

    tokens: list[Token] = []
    islands: list[Block] = []
    for item in items:
        if isinstance(item, Made):
            tokens.append(item)
        else:
            tokens.append(Made("island", "", 0, meta={"island": len(islands)}, block=True))
            islands.append(item)
    return tokens, islands


def make_switch(frame: Frame, span: Span, place: Place, finish: Callable[[list[Part]], tuple[Block, ...]]) -> Switch:
    """Give the switch of a condition that was closed."""
    group, arms, keys = "", [], list[str]()
    for mark, parts in [*frame.arms, *([(frame.mark, frame.parts)] if frame.mark else [])]:
        variable, key = _key(mark, keys)
        group = group or variable
        keys.append(key)
        blocks = finish(parts)
        end = blocks[-1].span.end if blocks else 0
        start = place.span(mark.start, mark.end)
        whole = type(start)(start.source, start.start, max(start.end, end))
        arms.append(Arm(whole, key, LABELS.get(key, key), blocks))
    return Switch(span, group or "fw", tuple(arms))


def _key(mark: Condition, before: list[str]) -> tuple[str, str]:
    """Give the variable and the value by which a variant is chosen."""
    if mark.kind == "else":
        key = _OTHER.get(before[-1], "else") if before else "else"
        return "", "else" if key in before else key
    test = read_test(mark.test)
    if test is None:
        return "", mark.test or "if"
    variable, value, equal = test
    return variable, value if equal else _OTHER.get(value, f"not {value}")
