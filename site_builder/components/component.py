"""What a component is: its name, its properties, and the function that gives the blocks it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.document import Block, Element
    from site_builder.model.source import Span

Lowered: TypeAlias = "tuple[tuple[Block, ...], tuple[Finding, ...]]"
"""The blocks that an element stands for, and what is wrong with it."""

Lower: TypeAlias = "Callable[[Element], Lowered]"


@dataclass(frozen=True)
class Prop:
    """A property of a component. `kind` is `text`, `number`, `flag`, `list` or `any`."""

    name: str
    kind: str
    help: str
    required: bool = False


@dataclass(frozen=True)
class Component:
    """A component.

    `lower` gets an element whose properties are checked (see `properties.checked`) and whose children are not
    lowered yet; it gives blocks that may hold elements again. `needs_children` says that it stands around
    something; `any_prop` that it has HTML's attributes, which are not listed.
    """

    name: str
    help: str
    props: tuple[Prop, ...]
    lower: Lower
    needs_children: bool = False
    any_prop: bool = False


def text_of(element: Element, name: str) -> str:
    """Give a property as trimmed text; empty where the element lacks it."""
    value = element.props.get(name)
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def flag_of(element: Element, name: str) -> bool:
    """Tell whether a property is set: `{true}`, `"true"` or its name alone."""
    value = element.props.get(name)
    return value.strip().lower() in {"true", "", name} if isinstance(value, str) else bool(value)


def place_of(element: Element, name: str, part: str = "") -> Span:
    """Give the place of `part` inside a property, else the property's, else the opening tag's."""
    span = element.prop_spans.get(name, element.head)
    return span.find(part) if part else span
