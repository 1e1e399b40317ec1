"""Submissions as rows of a table, with a column for each question's answer and score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.quiz.figures.plain_words import plain_words

if TYPE_CHECKING:
    from site_builder.model.quiz import Answer
    from site_builder.quiz.figures.safe_cells import Cell
    from site_builder.quiz.serving.held_banks import HeldBank
    from site_builder.quiz.storing.store import Submission

_HEAD = (
    "submission", "learner", "name", "attempt", "language", "received", "late", "score", "passed", "graded score", "reason",
)  # fmt: skip


def result_head(held: HeldBank) -> list[Cell]:
    """Give the names of the columns of `result_row`."""
    names = [item.id.partition("#")[2] or item.id for item in held.bank.items]
    return [*_HEAD, *(each for name in names for each in (f"answer {name}", f"score {name}"))]


def result_row(held: HeldBank, submission: Submission) -> list[Cell]:
    """Give a submission: the score that counts, that of the grading, and why they differ; then answers as words, and their scores."""
    score, passed = submission.counted
    reason = submission.corrections[-1].reason if submission.corrections else ""
    row: list[Cell] = [
        submission.id, submission.learner, submission.name, submission.attempt, submission.language,
        submission.received.isoformat(timespec="seconds"), submission.late, score, passed, submission.score, reason,
    ]  # fmt: skip
    marks = {mark.item: mark.score for mark in submission.marks}
    for number, item in enumerate(held.bank.items):
        text = held.item_text(number, held.bank.original)
        words = {choice: plain_words(shown) for choice, shown, _ in text.choices} if text else {}
        row += [_answer(submission.answers.get(item.id), words), marks.get(item.id)]
    return row


def _answer(answer: Answer, words: dict[str, str]) -> Cell:
    if isinstance(answer, list):
        return " · ".join(words.get(each, each) for each in answer)
    return words.get(answer, answer) if isinstance(answer, str) else answer
