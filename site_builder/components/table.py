"""All components, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.components.framework_switch import FRAMEWORK_SWITCH
from site_builder.components.iframe import FRAME
from site_builder.components.notebook_banner import BANNER, DROPDOWN
from site_builder.components.options import OPTION, OPTIONS
from site_builder.components.properties import checked
from site_builder.components.question import QUESTION
from site_builder.components.tip import TIP
from site_builder.components.youtube import YOUTUBE
from site_builder.diagnostics.diagnostic import Finding, did_you_mean

if TYPE_CHECKING:
    from site_builder.components.component import Component, Lowered
    from site_builder.model.document import Element

COMPONENTS: dict[str, Component] = {
    each.name: each
    for each in (TIP, YOUTUBE, QUESTION, BANNER, DROPDOWN, FRAMEWORK_SWITCH, OPTIONS, OPTION, FRAME)
}
"""A new component is one file and its name here."""


_FOLDED = {name.casefold(): component for name, component in COMPONENTS.items()}


def lower(element: Element) -> Lowered:
    """Give the blocks that `element` stands for, its children not lowered yet; an unknown element stands for itself.

    A name that is wrong in small and capital letters alone stands for the component that is meant.
    """
    unknown: tuple[Finding, ...] = ()
    component = COMPONENTS.get(element.name)
    if component is None:
        unknown = (_unknown(element),)
        component = _FOLDED.get(element.name.casefold())
    if component is None:
        return (element,), unknown
    element, wrong = checked(element, component)
    blocks, findings = component.lower(element)
    return blocks, (*unknown, *wrong, *findings)


def _unknown(element: Element) -> Finding:
    names = ", ".join(f"`{name}`" for name in COMPONENTS)
    action = did_you_mean(element.name, COMPONENTS) or f"the components are {names}"
    return Finding("unknown-component", element.head, f"no component is called `{element.name}`", action)
