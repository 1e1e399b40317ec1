"""What a `<Question>` of a text or a number says is right: `accepted`, `fold`, `value`, `tolerance`, `low`, `high`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from site_builder.components.component import place_of
from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.quiz import FOLDS

if TYPE_CHECKING:
    from site_builder.model.document import Element

_ACCEPTED_HELP = 'list the right texts: `accepted={["sampling rate", "sample rate"]}`'
_NUMBER_HELP = "write `value={44100} tolerance={10}`, or `low={44090} high={44110}`"


def accepted_of(element: Element) -> tuple[tuple[str, ...], list[Finding]]:
    """Give the texts that are right."""
    written = element.props.get("accepted")
    entries = written if isinstance(written, list | tuple) else [written]
    texts = [
        str(each).strip() for each in entries if isinstance(each, str | int | float) and each is not True
    ]
    accepted = tuple(dict.fromkeys(each for each in texts if each))
    if accepted:
        return accepted, []
    place = place_of(element, "accepted")
    return (), [
        Finding("question-answer", place, "the question has no text that is accepted", _ACCEPTED_HELP)
    ]


def fold_of(element: Element) -> tuple[tuple[str, ...] | None, list[Finding]]:
    """Give what is passed over when texts are compared; `None` where the author does not say it."""
    written = element.props.get("fold")
    if written is None:
        return None, []
    names = written.replace(",", " ").split() if isinstance(written, str) else written
    if not isinstance(names, list | tuple):
        names = [names]
    place = place_of(element, "fold")
    findings = []
    for each in names:
        if each not in FOLDS:
            known = ", ".join(f"`{name}`" for name in FOLDS)
            help_text = did_you_mean(str(each), FOLDS) or f"it can have {known}"
            findings.append(
                Finding("bad-prop", place.find(str(each)), f"`fold` cannot have `{each}`", help_text)
            )
    return tuple(name for name in FOLDS if name in names), findings


def range_of(element: Element) -> tuple[tuple[float | None, float | None], list[Finding]]:
    """Give the lowest and the highest number that is right."""
    numbers: dict[str, float] = {}
    findings = []
    for name in ("value", "tolerance", "low", "high"):
        if name in element.props:
            number = _number(element.props[name])
            if number is None:
                message = f"`{name}` of `Question` is not a number in braces"
                findings.append(
                    Finding("bad-prop", place_of(element, name), message, f"write `{name}={{44100}}`")
                )
            else:
                numbers[name] = number
    if "value" in numbers:
        tolerance = abs(numbers.get("tolerance", 0.0))
        low: float | None = numbers["value"] - tolerance
        high: float | None = numbers["value"] + tolerance
    else:
        low, high = numbers.get("low"), numbers.get("high")
    unread = len(numbers) < len({"value", "tolerance", "low", "high"} & set(element.prop_spans))
    return (low, high), findings if unread else _contradictions(element, numbers)


def _contradictions(element: Element, numbers: dict[str, float]) -> list[Finding]:
    """Find what the numbers say against each other."""

    def finding(name: str, message: str, help_text: str = _NUMBER_HELP) -> Finding:
        return Finding("question-answer", place_of(element, name), message, help_text)

    low, high = numbers.get("low"), numbers.get("high")
    if "value" in numbers and (low is not None or high is not None):
        return [finding("value", "the question has a `value` and a range", "keep one of them")]
    if "value" not in numbers and "tolerance" in numbers:
        return [finding("tolerance", "the question has a `tolerance` and no `value`")]
    if "value" not in numbers and low is None and high is None:
        return [finding("value", "the question has no number that is right")]
    if numbers.get("tolerance", 0.0) < 0:
        return [
            finding("tolerance", f"`tolerance` is {numbers['tolerance']:g}", "write how far off is right")
        ]
    if low is not None and high is not None and low > high:
        message = f"`low` is {low:g} and `high` is {high:g}, so no number is right"
        return [finding("low", message, "write the smaller one as `low`")]
    return []


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return None
    return number if math.isfinite(number) else None
