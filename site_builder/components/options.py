"""`<hfoptions>` and `<hfoption>`: tabs that remember a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.components.component import Component, Lowered, Prop, text_of
from site_builder.components.properties import checked
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Arm, Element, Switch

if TYPE_CHECKING:
    from site_builder.model.document import Block

_NAME_HELP = 'a short name, such as `id="python"`'


def _arm(option: Element, number: int) -> Arm:
    key = text_of(option, "id") or text_of(option, "value") or text_of(option, "label") or str(number)
    return Arm(option.span, key, text_of(option, "label") or key, option.children)


def _lower_options(element: Element) -> Lowered:
    """Give the switch; what stands before the first option stays above it, what stands between them comes below."""
    arms: list[Arm] = []
    above: list[Block] = []
    below: list[Block] = []
    findings: list[Finding] = []
    for child in element.children:
        if isinstance(child, Element) and child.name == OPTION.name:
            option, wrong = checked(child, OPTION)
            findings += [*wrong, *_unnamed(option)]
            arms.append(_arm(option, len(arms) + 1))
        else:
            (below if arms else above).append(child)
    if not arms:
        findings.append(
            Finding(
                "missing-prop",
                element.head,
                "`hfoptions` has no `hfoption` in it",
                'put each tab into `<hfoption id="…">`',
            )
        )
        return tuple(above), tuple(findings)
    group = text_of(element, "id") or " ".join(arm.key for arm in arms)
    return (*above, Switch(element.span, group, tuple(arms)), *below), tuple(findings)


def _unnamed(option: Element) -> tuple[Finding, ...]:
    if any(text_of(option, name) for name in ("id", "value", "label")):
        return ()
    if any(name in option.prop_spans for name in ("id", "value", "label")):
        return ()
    return (Finding("missing-prop", option.head, "`hfoption` needs `id`", _NAME_HELP),)


def _lower_option(element: Element) -> Lowered:
    finding = Finding(
        "unclosed-component",
        element.head,
        "`hfoption` stands outside of `hfoptions`",
        "put it between `<hfoptions>` and `</hfoptions>`",
    )
    return (Switch(element.span, "", (_arm(element, 1),)),), (finding,)


OPTIONS = Component(
    "hfoptions",
    "Tabs; each is an `hfoption`.",
    (Prop("id", "text", "what the choice is remembered by: tabs of the same `id` change together"),),
    _lower_options,
    needs_children=True,
)
OPTION = Component(
    "hfoption",
    "One tab of `hfoptions`.",
    (
        Prop("id", "text", _NAME_HELP),
        Prop("value", "text", "another way to write `id`"),
        Prop("label", "text", "what the tab shows, where it is not the `id`"),
    ),
    _lower_option,
    needs_children=True,
)
