"""What statistics need of a submission: who, in which language, what each question was worth and what was taken."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from site_builder.model.quiz import ORDER, RIGHT, UNANSWERED, Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.model.quiz import Answer
    from site_builder.quiz.serving.held_banks import HeldBank
    from site_builder.quiz.storing.store import Submission

_LONGEST = 200
"""Signs of a written answer that are told apart."""


@dataclass(frozen=True)
class ItemTry:
    """What became of one question: `taken` are the chosen choices, of an order those at their place, or the one written answer."""

    score: float
    answered: bool
    right: bool
    taken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Try:
    """A submission of a quiz.

    `language` is the one in which it was shown. `score` and `passed` are those that count, corrections included. `items` stand in the
    bank's order; `None` is a question that the graded version did not have. `current` says that it was graded with the bank's version of now.
    """

    learner: str
    language: str
    attempt: int
    score: float
    passed: bool
    late: bool
    items: tuple[ItemTry | None, ...]
    current: bool = True

    @cached_property
    def total(self) -> tuple[float, int]:
        """The sum of the questions' scores, and their number."""
        scores = [item.score for item in self.items if item]
        return math.fsum(scores), len(scores)


def tries_of(held: HeldBank, submissions: Iterable[Submission]) -> list[Try]:
    """Give submissions of a bank's quiz as statistics need them. Questions that the bank no longer has are left out."""
    return [_try(held, each) for each in submissions]


def _try(held: HeldBank, submission: Submission) -> Try:
    marks = {mark.item: mark for mark in submission.marks}
    score, passed = submission.counted
    items = []
    for item in held.bank.items:
        mark = marks.get(item.id)
        answered = mark is not None and mark.state != UNANSWERED
        taken = _taken(item, submission.answers.get(item.id)) if answered else ()
        items.append(ItemTry(mark.score, answered, mark.state == RIGHT, taken) if mark else None)
    return Try(
        submission.learner, held.language(submission.language), submission.attempt, score, passed, submission.late,
        tuple(items), submission.bank == held.digest,
    )  # fmt: skip


def _taken(item: Item, answer: Answer) -> tuple[str, ...]:
    if item.choices:
        chosen = [answer] if isinstance(answer, str) else answer if isinstance(answer, list) else []
        if item.kind == ORDER:
            return tuple(each for each, right in zip(chosen, item.right, strict=False) if each == right)
        return tuple(each for each in item.choices if each in chosen)
    if isinstance(answer, list) or answer is None:
        return ()
    text = answer if isinstance(answer, str) else f"{answer:.12g}"
    return (text[:_LONGEST].encode("utf-8", "replace").decode(),)  # half a sign cannot be written anywhere
