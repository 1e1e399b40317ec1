"""`<CourseFloatingBanner>` and `<DocNotebookDropdown>`: links to a page's notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from site_builder.components.component import Component, Lowered, Prop, place_of
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import NotebookLinks

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.document import Element

_LINKS_HELP = 'a list such as `{[{label: "Colab", value: "https://…"}]}`'


def _lower_with(name: str) -> Callable[[Element], Lowered]:
    def lower(element: Element) -> Lowered:
        links, findings = [], []
        for entry in element.props.get(name) or ():
            link, wrong = _link(element, name, entry)
            links += link
            findings += wrong
        banner = (NotebookLinks(element.span, tuple(links)),) if links else ()
        return (*banner, *element.children), tuple(findings)

    return lower


def _link(element: Element, name: str, entry: Any) -> tuple[list[tuple[str, str]], list[Finding]]:  # noqa: ANN401 - a JSON5 value
    span = place_of(element, name)
    if not isinstance(entry, Mapping):
        return [], [Finding("bad-prop", span, f"an entry of `{name}` is no `{{label, value}}`", _LINKS_HELP)]
    unknown = [key for key in entry if key not in {"label", "value"}]
    findings = [
        Finding(
            "unknown-prop",
            span.find(key),
            f"an entry of `{name}` has no `{key}`",
            "write `label` and `value`",
        )
        for key in unknown
    ]
    address = str(entry.get("value") or "").strip()
    if not address:
        if not unknown:
            findings.append(
                Finding("missing-prop", span, f"an entry of `{name}` has no `value`", _LINKS_HELP)
            )
        return [], findings
    label = str(entry.get("label") or "").strip() or address.partition("://")[2].partition("/")[0]
    place = span.find(address)
    if not address.startswith(("https://", "http://")):
        if ":" in address.partition("/")[0] or "." not in address.partition("/")[0]:
            return [], [
                *findings,
                Finding(
                    "unsafe-link",
                    place,
                    f"`{address}` is no address of a notebook",
                    "begin it with `https://`",
                ),
            ]
        findings.append(
            Finding("missing-scheme", place, f"`{address}` lacks `https://`", f"write `https://{address}`")
        )
        address = f"https://{address}"
    return [(label, address)], findings


_LOOK = Prop("classNames", "any", "for the look on another site; it does nothing here")
BANNER = Component(
    "CourseFloatingBanner",
    "Links to the page's notebooks.",
    (
        Prop("notebooks", "list", _LINKS_HELP),
        Prop("chapter", "any", "the chapter's number; it does nothing here"),
        Prop("unit", "any", "the unit's number; it does nothing here"),
        Prop("askForHelpUrl", "text", "where to ask; it does nothing here"),
        _LOOK,
    ),
    _lower_with("notebooks"),
)
DROPDOWN = Component(
    "DocNotebookDropdown",
    "The older name of `CourseFloatingBanner`.",
    (
        Prop("options", "list", _LINKS_HELP, required=True),
        Prop("containerStyle", "any", "for the look on another site; it does nothing here"),
        _LOOK,
    ),
    _lower_with("options"),
)
