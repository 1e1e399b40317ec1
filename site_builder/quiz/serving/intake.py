"""From what a learner sent to a graded entry, and from what was stored to what the learner gets back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from site_builder.quiz.bank_files import bank_of
from site_builder.quiz.check import grade
from site_builder.quiz.serving.clock import is_late
from site_builder.quiz.serving.feedback import feedback
from site_builder.quiz.serving.held_banks import HeldBank, held
from site_builder.quiz.serving.problems import Problem
from site_builder.quiz.storing.store import ATTEMPTS_USED, KEY_REUSED, NO_LEARNER, Entry, Outcome, Submission

if TYPE_CHECKING:
    from datetime import datetime

    from site_builder.model.quiz import Result
    from site_builder.quiz.serving.service import Service
    from site_builder.quiz.serving.wire import SentAnswers


async def entry_of(service: Service, learner: str, quiz: str, key: str, sent: SentAnswers) -> Entry:
    """Grade what was sent.

    It is graded with the bank that the server holds. If that cannot read it, since the learner answered an earlier version's sheet before
    it was changed, then with that version.

    Raises:
        Problem: There is no such quiz (404), or no version of it can have such answers (422).
    """
    received = service.clock.now()
    bank, result = await _graded(service, service.bank(quiz), sent)
    rules = service.bank(quiz).bank.rules
    return Entry(
        learner=learner,
        key=key,
        body=_digest(quiz, sent),
        quiz=quiz,
        language=sent.language,
        bank=bank.digest,
        answers=sent.answers,
        marks=result.marks,
        score=result.score,
        passed=result.passed,
        received=received,
        late=is_late(received, rules.deadline, rules.grace),
        attempts=rules.attempts,
    )


async def _graded(service: Service, bank: HeldBank, sent: SentAnswers) -> tuple[HeldBank, Result]:
    try:
        return bank, grade(bank.bank, sent.answers)
    except ValueError:
        earlier = await earlier_bank(service, bank, sent.bank)
    try:
        if earlier:
            return earlier, grade(earlier.bank, sent.answers)
    except ValueError:
        pass
    raise Problem(
        422,
        "unreadable",
        "an answer is none that its question can have",
        "get the sheet again: the quiz may have been changed",
    )


async def earlier_bank(service: Service, bank: HeldBank, digest: str) -> HeldBank | None:
    """Give the version of a quiz that has `digest`, `None` if there is none."""
    if not digest or digest == bank.digest:
        return bank if digest else None
    text = await service.store.bank(digest)
    earlier = held(bank_of(text)) if text else None
    return earlier if earlier and earlier.bank.quiz == bank.bank.quiz else None


def _digest(quiz: str, sent: SentAnswers) -> str:
    """Give a digest of what was sent: the same for the same JSON, however it is written."""
    values = [quiz, sent.language, sent.answers]
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def refused(outcome: Outcome, attempts: int) -> Problem | None:
    """Give why an entry was not stored, `None` if it was."""
    if outcome.what == KEY_REUSED:
        return Problem(
            422,
            "key-reused",
            "this `Idempotency-Key` was used for other answers",
            "send these with a key of their own",
        )
    if outcome.what == ATTEMPTS_USED:
        return Problem(409, "attempts-used", f"all {attempts} attempts are used: this one is not kept")
    if outcome.what == NO_LEARNER:
        from site_builder.quiz.serving.service import no_learner  # noqa: PLC0415 - it needs what this module gives

        return no_learner()
    return None


async def submission_view(service: Service, submission: Submission) -> dict[str, Any]:
    """Give a submission as its learner sees it."""
    current = service.bank(submission.quiz)
    bank = current
    if submission.bank != current.digest:
        bank = await earlier_bank(service, current, submission.bank) or current
    score, passed = submission.counted
    return {
        "saved": True,
        "quiz": submission.quiz,
        "key": submission.key,
        "attempt": submission.attempt,
        "left": left_of(current, submission.attempt),
        "language": submission.language,
        "bank": submission.bank,
        "received": submission.received,
        "late": submission.late,
        "score": score,
        "passed": passed,
        "graded": submission.score,
        "answers": dict(submission.answers),
        "marks": feedback(bank, submission, submission.language),
        "corrections": [asdict(each) for each in submission.corrections],
    }


def left_of(held: HeldBank, taken: int) -> int | None:
    """Give how often a quiz may still be submitted, `None` for any number."""
    attempts = held.bank.rules.attempts
    return max(0, attempts - taken) if attempts else None


def plain(submission: Submission) -> dict[str, Any]:
    """Give all that is kept of a submission but whose it is."""
    names = ("quiz", "attempt", "key", "language", "bank", "received", "late", "score", "passed")
    return {
        **{name: getattr(submission, name) for name in names},
        "answers": dict(submission.answers),
        "marks": [asdict(mark) for mark in submission.marks],
        "corrections": [asdict(each) for each in submission.corrections],
    }


def age(start: datetime, end: datetime) -> float:
    """Give the seconds between two times."""
    return (end - start).total_seconds()
