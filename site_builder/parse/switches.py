"""A condition that was closed, as a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.dialect.conditions import read_test
from site_builder.model.document import LABELS, Arm, Block, Switch
from site_builder.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.dialect.conditions import Condition
    from site_builder.parse.nesting import Frame, Part
    from site_builder.parse.place import Place

_OTHER = {"pt": "tf", "tf": "pt"}


def make_switch(
    frame: Frame, span: Span, place: Place, finish: Callable[[list[Part]], tuple[Block, ...]]
) -> Switch:
    """Give the switch of a condition that was closed.

    A mark at the end of a list item ends that list: the next arm starts, and the switch ends, not before what is in it.
    """
    group, arms, keys, end = "", [], list[str](), span.start
    for mark, parts in [*frame.arms, *([(frame.mark, frame.parts)] if frame.mark else [])]:
        variable, key = _key(mark, keys)
        group = group or variable
        keys.append(key)
        blocks = finish(parts)
        written = place.span(mark.start, mark.end)
        start = max(end, written.start)
        end = max(start, written.end, blocks[-1].span.end if blocks else 0)
        arms.append(Arm(Span(span.source, start, end), key, LABELS.get(key, key), blocks))
    return Switch(Span(span.source, span.start, max(end, span.end)), group or "fw", tuple(arms))


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
