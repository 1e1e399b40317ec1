"""Is it right, and what is it worth? Pure functions from a bank and answers to marks."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from site_builder.model.quiz import (
    ORDER,
    PARTLY,
    RIGHT,
    SCORINGS,
    TEXT,
    UNANSWERED,
    WRONG,
    Mark,
    Result,
)
from site_builder.quiz.folding import folded
from site_builder.quiz.number_texts import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from site_builder.model.quiz import Answer, Bank, Item

_SLACK = 1e-9
"""What sums of fractions may miss, as a share: 0.7 + 0.1 is a little less than 0.8."""

_SHOWN = 60
"""How much of a wrong id a message shows."""


def grade(bank: Bank, answers: Mapping[str, Answer]) -> Result:
    """Give what a submission is worth: the mean of all items' scores, those without an answer too.

    Args:
        bank: the quiz with its key.
        answers: by item id; items that are left out are not answered.

    Raises:
        ValueError: An answer belongs to no item of the bank, or is none that its question can have.
    """
    known = {item.id for item in bank.items}
    for each in answers:
        if each not in known:
            raise ValueError(f"`{bank.quiz}` has no question `{str(each)[:_SHOWN]}`")
    marks = tuple(grade_item(item, answers.get(item.id), bank.rules.scoring) for item in bank.items)
    score = math.fsum(mark.score for mark in marks) / len(marks) if marks else 0.0
    return Result(bank.quiz, marks, score, score >= bank.rules.pass_mark - _SLACK)


def grade_item(item: Item, answer: Answer, scoring: str) -> Mark:
    """Give what an answer is worth.

    With C the correct and S the chosen of n choices, the rule `exact` gives 1 if S = C, else 0; `partial` gives
    max(0, (|S∩C| - |S∖C|) / |C|); `each` gives the share of the n choices that are decided rightly. Of an order, `exact` gives 1 if all stand
    in their order; `partial` max(0, (pairs in the right order - pairs in the wrong order) / pairs); `each` the share of choices at their place.
    A text or a number has 1 or 0. What is not answered has 0 and is not wrong.

    Raises:
        ValueError: The scoring rule is unknown, or the answer is none that the question can have, such as an unknown choice.
    """
    if scoring not in SCORINGS:
        raise ValueError(f"there is no scoring rule `{scoring}`: use {', '.join(SCORINGS)}")
    if isinstance(answer, bool) or not isinstance(answer, str | int | float | list | tuple | None):
        raise ValueError(f"the answer to `{item.id}` is neither choices nor a text nor a number")  # noqa: TRY004 - as all wrong answers
    match item.kind:
        case "text" | "number":
            return _written(item, answer)
        case "order":
            return _order(item, _choices(item, answer), scoring)
        case _:
            return _set(item, frozenset(_choices(item, answer)), scoring)


def _choices(item: Item, answer: Answer) -> tuple[str, ...]:
    """Give an answer's choice ids; a single one may stand without a list."""
    if answer is None or answer == "":
        return ()
    chosen = (answer,) if isinstance(answer, str) and item.kind != ORDER else answer
    if not isinstance(chosen, list | tuple):
        raise ValueError(f"the answer to `{item.id}` is no list of choices")  # noqa: TRY004 - as all wrong answers
    for each in chosen:
        if each not in item.choices:
            raise ValueError(f"`{item.id}` has no choice `{str(each)[:_SHOWN]}`")
    if item.kind == ORDER and len(set(chosen)) < len(chosen):
        raise ValueError(f"the answer to `{item.id}` has a choice twice")
    return tuple(chosen)


def _set(item: Item, chosen: frozenset[str], scoring: str) -> Mark:
    if not chosen:
        return Mark(item.id, UNANSWERED, 0.0, missing=len(item.right))
    correct = frozenset(item.right)
    found, wrong, missing = len(chosen & correct), len(chosen - correct), len(correct - chosen)
    state = WRONG if wrong else PARTLY if missing else RIGHT
    match scoring:
        case "partial":
            score = max(0.0, (found - wrong) / len(correct)) if correct else 0.0
        case "each":
            score = 1 - (wrong + missing) / len(item.choices)
        case _:
            score = float(state == RIGHT)
    return Mark(item.id, state, score, wrong, missing)


def _order(item: Item, given: Sequence[str], scoring: str) -> Mark:
    if not given:
        return Mark(item.id, UNANSWERED, 0.0, missing=len(item.right))
    places = [item.right.index(each) for each in given]
    at_place = sum(place == at for at, place in enumerate(places))
    missing = len(item.right) - len(places)
    wrong = 0 if places == sorted(places) else len(places) - at_place
    state = WRONG if wrong else PARTLY if missing else RIGHT
    match scoring:
        case "partial":
            score = _share_of_pairs(places, len(item.right))
        case "each":
            score = at_place / len(item.right)
        case _:
            score = float(state == RIGHT)
    return Mark(item.id, state, score, wrong, missing)


def _share_of_pairs(places: Sequence[int], count: int) -> float:
    """Give pairs in order less pairs out of order, as a share of all; a pair that is not given whole is neither."""
    if count == 1:
        return 1.0
    net = sum(1 if before < after else -1 for before, after in combinations(places, 2))
    return max(0.0, net / (count * (count - 1) / 2))


def _written(item: Item, answer: Answer) -> Mark:
    if isinstance(answer, list | tuple):
        raise ValueError(f"the answer to `{item.id}` is a list, not a {item.kind}")  # noqa: TRY004 - as all wrong answers
    text = "" if answer is None else answer if isinstance(answer, str) else _number_text(answer)
    if not folded(text, ("space",)):
        return Mark(item.id, UNANSWERED, 0.0, missing=1)
    right = _is_text(item, text) if item.kind == TEXT else _is_number(item, answer)
    return Mark(item.id, RIGHT, 1.0) if right else Mark(item.id, WRONG, 0.0, wrong=1, missing=1)


def _number_text(number: float) -> str:
    if isinstance(number, int):
        return str(number)
    return str(int(number)) if math.isfinite(number) and number == int(number) else str(number)


def _is_text(item: Item, text: str) -> bool:
    given = folded(text, item.fold)
    return bool(given) and any(given == folded(each, item.fold) for each in item.accepted)


def _is_number(item: Item, answer: Answer) -> bool:
    values = values_of(answer) if isinstance(answer, str) else _finite(answer)
    low = -math.inf if item.low is None else item.low
    high = math.inf if item.high is None else item.high
    slack = _SLACK * max((abs(each) for each in (item.low, item.high) if each is not None), default=0.0)
    return any(low - slack <= each <= high + slack for each in values)


def _finite(answer: Answer) -> tuple[float, ...]:
    try:
        value = float(answer)  # type: ignore[arg-type]
    except (OverflowError, TypeError, ValueError):
        return ()
    return (value,) if math.isfinite(value) else ()
