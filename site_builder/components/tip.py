"""`<Tip>`: a callout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.components.component import Component, Lowered, Prop, flag_of, text_of
from site_builder.model.document import Callout

if TYPE_CHECKING:
    from site_builder.model.document import Element


def _lower(element: Element) -> Lowered:
    kind = "warning" if flag_of(element, "warning") else "tip"
    if not element.children:
        return (), ()
    return (Callout(element.span, kind, text_of(element, "title"), element.children),), ()


TIP = Component(
    "Tip",
    "A box for what stands beside the text.",
    (
        Prop("warning", "flag", "write `warning={true}` for a warning"),
        Prop("title", "text", 'the box\'s title, such as `title="Good to know"`'),
    ),
    _lower,
    needs_children=True,
)
