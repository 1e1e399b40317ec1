"""Submissions into a database: each learner and key once, attempts counted in the same transaction."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from site_builder.model.quiz import Mark
from site_builder.quiz.storing.store import (
    ATTEMPTS_USED,
    KEY_REUSED,
    NO_LEARNER,
    REPEATED,
    STORED,
    Correction,
    Entry,
    Outcome,
    Submission,
)
from site_builder.quiz.storing.tables import CORRECTIONS, LEARNERS, SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    Key = tuple[str, str]


def submit_all(connection: Connection, entries: Sequence[Entry]) -> list[Outcome]:
    """Keep what is new of `entries`, in their order, with three questions and one answer to the database."""
    ids = sorted({entry.learner for entry in entries})
    there = lock_learners(connection, ids)
    known = _known(connection, entries, ids)
    taken = _taken(connection, ids)
    rows: list[dict[str, Any]] = []
    outcomes = [_decide(entry, there, known, taken, rows) for entry in entries]
    if rows:
        connection.execute(insert(SUBMISSIONS), rows)
    return outcomes


def lock_learners(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Give which learners there are; until the transaction ends nobody else changes them or their work.

    SQLite has one writer, and nothing to lock; the database leaves the words out there.
    """
    wanted = select(LEARNERS.c.id).where(LEARNERS.c.id.in_(ids)).order_by(LEARNERS.c.id).with_for_update()
    return set(connection.execute(wanted).scalars())


def _known(
    connection: Connection, entries: Iterable[Entry], ids: Sequence[str]
) -> dict[Key, tuple[str, Submission]]:
    """Give what was stored under the keys of `entries`, with the digests of its bodies."""
    keys = sorted({entry.key for entry in entries})
    wanted = select(SUBMISSIONS).where(SUBMISSIONS.c.learner.in_(ids), SUBMISSIONS.c.key.in_(keys))
    return {
        (row["learner"], row["key"]): (row["body"], submission_of(row))
        for row in connection.execute(wanted).mappings()
    }


def _taken(connection: Connection, ids: Sequence[str]) -> dict[Key, int]:
    columns = SUBMISSIONS.c
    wanted = (
        select(columns.learner, columns.quiz, func.max(columns.attempt))
        .where(columns.learner.in_(ids))
        .group_by(columns.learner, columns.quiz)
    )
    return {(learner, quiz): taken for learner, quiz, taken in connection.execute(wanted)}


def _decide(
    entry: Entry,
    there: set[str],
    known: dict[Key, tuple[str, Submission]],
    taken: dict[Key, int],
    rows: list[dict[str, Any]],
) -> Outcome:
    """Decide on one entry; what is to be stored is added to `known`, `taken` and `rows`."""
    if entry.learner not in there:
        return Outcome(NO_LEARNER)
    before = known.get((entry.learner, entry.key))
    if before:
        body, submission = before
        return Outcome(REPEATED, submission) if body == entry.body else Outcome(KEY_REUSED)
    attempt = taken.get((entry.learner, entry.quiz), 0) + 1
    if entry.attempts and attempt > entry.attempts:
        return Outcome(ATTEMPTS_USED)
    row = _row(entry, attempt)
    submission = submission_of(row)
    taken[entry.learner, entry.quiz] = attempt
    known[entry.learner, entry.key] = (entry.body, submission)
    rows.append(row)
    return Outcome(STORED, submission)


def _row(entry: Entry, attempt: int) -> dict[str, Any]:
    return {
        "learner": entry.learner,
        "quiz": entry.quiz,
        "attempt": attempt,
        "key": entry.key,
        "body": entry.body,
        "language": entry.language,
        "bank": entry.bank,
        "answers": json.dumps(dict(entry.answers), separators=(",", ":"), allow_nan=False),
        "marks": json.dumps([asdict(mark) for mark in entry.marks], separators=(",", ":")),
        "score": entry.score,
        "passed": entry.passed,
        "received": entry.received,
        "late": entry.late,
    }


def submission_of(row: Any, corrections: tuple[Correction, ...] = (), name: str = "") -> Submission:  # noqa: ANN401 - a row or a dict
    """Give the submission in a row of its table."""
    return Submission(
        learner=row["learner"],
        quiz=row["quiz"],
        attempt=row["attempt"],
        language=row["language"],
        bank=row["bank"],
        answers=json.loads(row["answers"]),
        marks=tuple(Mark(**mark) for mark in json.loads(row["marks"])),
        score=row["score"],
        passed=row["passed"],
        received=row["received"],
        late=row["late"],
        key=row["key"],
        id=row.get("id", 0),
        name=name,
        corrections=corrections,
    )


def corrections_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Correction, ...]]:
    """Give the corrections of submissions, the oldest first."""
    columns = CORRECTIONS.c
    found: dict[int, tuple[Correction, ...]] = {}
    wanted = select(CORRECTIONS).where(columns.submission.in_(ids)).order_by(columns.id)
    for row in connection.execute(wanted).mappings():
        fields = {name: row[name] for name in ("score", "passed", "reason", "instructor", "made")}
        found[row["submission"]] = (*found.get(row["submission"], ()), Correction(**fields))
    return found
