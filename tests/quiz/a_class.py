"""Classes of learners with known abilities, as tries and as submissions."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from small_bank import BANK, ITEMS, QUIZ, RIGHT

from site_builder.quiz.check import grade
from site_builder.quiz.figures.tries import ItemTry, Try
from site_builder.quiz.serving.held_banks import held
from site_builder.quiz.storing.store import Submission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HELD = held(BANK)
WHEN = datetime(2030, 5, 17, tzinfo=UTC)
WRONG = {
    f"{QUIZ}#1": ["b2"],
    f"{QUIZ}#2": ["c3"],
    f"{QUIZ}#who": "Shannon",
    f"{QUIZ}#rate": 8000,
    f"{QUIZ}#steps": ["y2", "z1", "x3"],
}
NAMES = tuple(item.id for item in ITEMS)


def a_try(
    learner: object,
    scores: Sequence[float | None],
    language: str = "en",
    attempt: int = 1,
    late: bool = False,
) -> Try:
    """Give a submission that has these scores; `None` is not answered."""
    items = tuple(ItemTry(score or 0.0, score is not None, score == 1) for score in scores)
    total = sum(score or 0.0 for score in scores) / len(scores)
    return Try(str(learner), language, attempt, total, total >= 0.7, late, items)


def submission(
    learner: object, answers: Mapping[str, object], language: str = "en", attempt: int = 1
) -> Submission:
    """Give what the store would keep of these answers."""
    result = grade(BANK, answers)  # type: ignore[arg-type]
    return Submission(
        str(learner), QUIZ, attempt, language, HELD.digest, answers, result.marks, result.score, result.passed, WHEN, late=False  # type: ignore[arg-type]
    )  # fmt: skip


def a_class(
    learners: int,
    languages: Sequence[str] = ("en", "es"),
    fault: tuple[str, str] | None = None,
    seed: int = 1,
) -> list[Submission]:
    """Give a class that answers at random by ability; `fault` is (language, question) that most there get wrong."""
    chance = random.Random(seed)  # noqa: S311 - a class, no secret
    found = []
    for number in range(learners):
        language, ability = languages[number % len(languages)], chance.uniform(0.35, 0.95)
        for attempt in range(1, chance.choice((1, 1, 2)) + 1):
            answers = {
                name: RIGHT[name]
                if chance.random() < (0.1 if (language, name) == fault else ability)
                else WRONG[name]
                for name in NAMES
                if chance.random() < 0.95
            }
            found.append(submission(f"learner {number:05}", answers, language, attempt))
            ability = min(0.98, ability + 0.2)
    return found
