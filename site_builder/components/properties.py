"""Are an element's properties those of its component? Slips in their names are healed where the meaning is plain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from site_builder.components.component import place_of
from site_builder.diagnostics.diagnostic import Finding, did_you_mean

if TYPE_CHECKING:
    from site_builder.components.component import Component
    from site_builder.model.document import Element

_KINDS = {
    "text": "a text in quotation marks",
    "number": "a number in braces",
    "flag": "`{true}` or `{false}`",
    "list": "a list, `{[…]}`",
}


def checked(element: Element, component: Component) -> tuple[Element, tuple[Finding, ...]]:
    """Give the element with the component's properties alone, and what is wrong with those that the author wrote."""
    props, findings = _named(element, component)
    findings += _misfits(element, component, props)
    findings += _missing(element, component, props)
    if component.needs_children and element.self_closed:
        message, action = (
            f"`{component.name}` has no content",
            f"put it between `<{component.name}>` and `</{component.name}>`",
        )
        findings.append(Finding("unclosed-component", element.head, message, action))
    return (element if props == element.props else replace(element, props=props)), tuple(findings)


def _named(element: Element, component: Component) -> tuple[dict[str, Any], list[Finding]]:
    if component.any_prop:
        return dict(element.props), []
    known = [prop.name for prop in component.props]
    props = {name: value for name, value in element.props.items() if name in known}
    findings = []
    for name, value in element.props.items():
        if name in known:
            continue
        help_text = did_you_mean(name, known) or _listing(component)
        span = place_of(element, name, name)
        findings.append(
            Finding("unknown-prop", span, f"`{component.name}` has no property `{name}`", help_text)
        )
        meant = nearest(name, known)
        if meant and meant not in element.prop_spans and meant not in props:
            props[meant] = value
    return props, findings


def nearest(name: str, known: Sequence[str]) -> str:
    """Give the known name that `name` is surely a slip of, or an empty string."""
    near = get_close_matches(name.lower(), [each.lower() for each in known], n=1, cutoff=0.75)
    return next(each for each in known if each.lower() == near[0]) if near else ""


def _listing(component: Component) -> str:
    names = ", ".join(f"`{prop.name}`" for prop in component.props)
    return f"it has {names}" if names else "it has none"


def _misfits(element: Element, component: Component, props: dict[str, Any]) -> Iterator[Finding]:
    """Find values of a wrong kind, and drop them."""
    for prop in component.props:
        if prop.name in props and not fits(props[prop.name], prop.kind):
            message = f"`{prop.name}` of `{component.name}` is not {_KINDS[prop.kind]}"
            yield Finding("bad-prop", place_of(element, prop.name), message, prop.help)
            del props[prop.name]


def _missing(element: Element, component: Component, props: Mapping[str, Any]) -> Iterator[Finding]:
    for prop in component.props:
        # A property that stands there but has no value could not be read: that was said before.
        if prop.required and prop.name not in props and prop.name not in element.prop_spans:
            yield Finding("missing-prop", element.head, f"`{component.name}` needs `{prop.name}`", prop.help)


def fits(value: object, kind: str) -> bool:
    """Tell whether a value is of a property's kind; HTML's strings stand for flags and numbers as well."""
    match kind:
        case "text":
            return isinstance(value, str | int | float) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdigit())
        case "flag":
            return isinstance(value, bool) or (
                isinstance(value, str) and value.strip().lower() in {"true", "false", ""}
            )
        case "list":
            return isinstance(value, Sequence) and not isinstance(value, str)
        case _:
            return True
