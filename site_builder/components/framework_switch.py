"""`<FrameworkSwitchCourse {fw} />`: says that a page has variants, which the variants' own tabs show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.components.component import Component, Lowered, Prop

if TYPE_CHECKING:
    from site_builder.model.document import Element


def _lower(element: Element) -> Lowered:
    return element.children, ()


FRAMEWORK_SWITCH = Component(
    "FrameworkSwitchCourse",
    "Says that a page has a variant for each framework; the variants' tabs do the work.",
    (Prop("fw", "any", "write `{fw}`"),),
    _lower,
)
