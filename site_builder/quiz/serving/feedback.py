"""What a learner gets back: the sheet before, and afterwards marks, with the key and explanations as the quiz's rules have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from site_builder.model.quiz import NUMBER, RIGHT, TEXT

if TYPE_CHECKING:
    from site_builder.model.quiz import Item, Mark
    from site_builder.quiz.serving.held_banks import HeldBank
    from site_builder.quiz.storing.store import Submission


def feedback(held: HeldBank, submission: Submission, language: str) -> list[dict[str, Any]]:
    """Give the marks of a submission, each with `key` and `explanations` where they may be told, else `null` for these."""
    place = {item.id: number for number, item in enumerate(held.bank.items)}
    shown = held.language(language)
    return [
        {
            "item": mark.item,
            "state": mark.state,
            "score": mark.score,
            "wrong": mark.wrong,
            "missing": mark.missing,
            **_told(held, place.get(mark.item), mark, submission, shown),
        }
        for mark in submission.marks
    ]


def tells(held: HeldBank, submission: Submission, mark: Mark) -> bool:
    """Tell whether the key of an item may be told after a submission."""
    rules = held.bank.rules
    match rules.explanations:
        case "always":
            return True
        case "right":
            return mark.state == RIGHT
        case "last":
            return submission.passed or 0 < rules.attempts <= submission.attempt
        case _:
            return False


def _told(
    held: HeldBank, number: int | None, mark: Mark, submission: Submission, language: str
) -> dict[str, Any]:
    if number is None or not tells(held, submission, mark):
        return {"key": None, "explanation": None, "explanations": None}
    text = held.item_text(number, language)
    return {
        "key": _key(held.bank.items[number]),
        "explanation": text.explanation if text else "",
        "explanations": {choice: why for choice, _, why in text.choices if why} if text else {},
    }


def _key(item: Item) -> dict[str, Any]:
    if item.kind == TEXT:
        return {"accepted": list(item.accepted)}
    if item.kind == NUMBER:
        return {"low": item.low, "high": item.high}
    return {"right": list(item.right)}
