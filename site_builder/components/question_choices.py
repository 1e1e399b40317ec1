"""The choices of `<Question choices={[{text: "…", explain: "…", correct: true}, …]} />`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from site_builder.components.choice_places import key_span, object_spans
from site_builder.components.component import place_of
from site_builder.components.properties import nearest
from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.quiz import Choice

if TYPE_CHECKING:
    from site_builder.model.document import Element
    from site_builder.model.source import Span

KEYS = ("text", "explain", "correct")
"""The keys of a choice."""


def choices_of(element: Element, *, explained: bool) -> tuple[list[Choice], list[Finding]]:
    """Give the choices that the property `choices` lists; `explained` says that each should tell why it is right or wrong."""
    written = element.props.get("choices") or ()
    places = object_spans(place_of(element, "choices"))
    choices: list[Choice] = []
    findings: list[Finding] = []
    for index, entry in enumerate(written):
        place = places[index] if len(places) == len(written) else place_of(element, "choices")
        choice, wrong = _choice(entry, place, explained=explained)
        choices += choice
        findings += wrong
    return choices, findings


def _choice(entry: Any, place: Span, *, explained: bool) -> tuple[list[Choice], list[Finding]]:  # noqa: ANN401 - a JSON5 value
    if not isinstance(entry, Mapping):
        return [], [
            Finding(
                "choice-key", place, "a choice is not written in braces", 'write `{text: "…", explain: "…"}`'
            )
        ]
    values, findings = _values(entry, place)
    text = _plain(values.get("text"))
    if not text:
        findings.append(
            Finding("choice-key", place, "a choice has no `text`", "say with `text` what the choice is")
        )
        return [], findings
    if explained and "explain" not in values and set(entry) <= set(KEYS):
        message = f"the choice `{short(text)}` has no `explain`"
        action = "say with `explain` why the choice is right or wrong"
        findings.append(Finding("no-explanation", key_span(place, "text"), message, action))
    return [Choice(place, text, _plain(values.get("explain")), _true(values.get("correct")))], findings


def _values(entry: Mapping[str, Any], place: Span) -> tuple[dict[str, Any], list[Finding]]:
    """Give a choice's values; a slip in a key stands for the key that is meant."""
    values = {key: entry[key] for key in KEYS if key in entry}
    findings = []
    for key, value in entry.items():
        if key in KEYS:
            continue
        action = did_you_mean(key, KEYS) or "the keys are `text`, `explain` and `correct`, in every language"
        findings.append(Finding("choice-key", key_span(place, key), f"a choice has no key `{key}`", action))
        meant = nearest(key, KEYS)
        if meant:
            values.setdefault(meant, value)
    return values, findings


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, bool | Mapping | list) else str(value).strip()


def _true(value: object) -> bool:
    return value.strip().lower() == "true" if isinstance(value, str) else bool(value)


def short(text: str, longest: int = 40) -> str:
    """Give a text as a message shows it: one line, not too long, without backticks."""
    line = " ".join(text.replace("`", "").split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
