"""`<Question choices={[…]} />`: one question of a quiz."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from site_builder.components.choice_places import key_span, object_spans
from site_builder.components.component import Component, Lowered, Prop, place_of
from site_builder.components.properties import nearest
from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.document import Quiz
from site_builder.model.quiz import Choice, Question

if TYPE_CHECKING:
    from site_builder.model.document import Element
    from site_builder.model.source import Span

KEYS = ("text", "explain", "correct")
"""The keys of a choice."""

_CHOICES_HELP = 'a list such as `{[{text: "…", explain: "…", correct: true}, …]}`'
_FEWEST = 2


def _lower(element: Element) -> Lowered:
    if "choices" in element.prop_spans and "choices" not in element.props:
        return element.children, ()
    written = element.props.get("choices") or ()
    places = object_spans(place_of(element, "choices"))
    choices: list[Choice] = []
    findings: list[Finding] = []
    for index, entry in enumerate(written):
        place = places[index] if len(places) == len(written) else place_of(element, "choices")
        choice, wrong = _choice(entry, place)
        choices += choice
        findings += wrong
    findings += _whole(element, choices)
    quiz = (Quiz(element.span, Question(element.span, "", tuple(choices))),) if choices else ()
    return (*quiz, *element.children), tuple(findings)


def _choice(entry: Any, place: Span) -> tuple[list[Choice], list[Finding]]:  # noqa: ANN401 - a JSON5 value
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
    explanation = _plain(values.get("explain"))
    if "explain" not in values and set(entry) <= set(KEYS):
        action = "say with `explain` why the choice is right or wrong"
        findings.append(
            Finding(
                "no-explanation",
                key_span(place, "text"),
                f"the choice `{_short(text)}` has no `explain`",
                action,
            )
        )
    return [Choice(place, text, explanation, _true(values.get("correct")))], findings


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


def _whole(element: Element, choices: list[Choice]) -> list[Finding]:
    """Find what is wrong with the choices together."""
    place = element.head if "choices" not in element.prop_spans else place_of(element, "choices", "choices")
    if len(choices) < _FEWEST:
        if "choices" not in element.prop_spans:
            return []
        count = "only one choice" if choices else "no choices"
        return [Finding("no-choices", place, f"the question has {count}", _CHOICES_HELP)]
    correct = sum(choice.correct for choice in choices)
    if not correct:
        return [
            Finding(
                "no-correct-choice",
                place,
                "the question has no correct choice",
                "mark one with `correct: true`",
            )
        ]
    if correct == len(choices):
        message = f"all {correct} choices of the question are correct"
        return [
            Finding(
                "all-choices-correct",
                place,
                message,
                "is one of them meant to be wrong? then drop its `correct: true`",
            )
        ]
    return []


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, bool | Mapping | list) else str(value).strip()


def _true(value: object) -> bool:
    return value.strip().lower() == "true" if isinstance(value, str) else bool(value)


def _short(text: str, longest: int = 40) -> str:
    line = " ".join(text.replace("`", "").split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


QUESTION = Component(
    "Question",
    "One question of a quiz; the heading above it is what it asks.",
    (Prop("choices", "list", _CHOICES_HELP, required=True),),
    _lower,
)
