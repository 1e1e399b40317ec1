"""What a database does with learners: names, codes, moves to another device, erasure; and with corrections and banks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from site_builder.quiz.storing.submitting import corrections_of, lock_learners, submission_of
from site_builder.quiz.storing.tables import BANKS, CODES, CORRECTIONS, LEARNERS, SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from site_builder.quiz.storing.store import Correction, Learner, Submission

_AT_ONCE = 500
"""Ids in one question to the database."""


def add_learners(connection: Connection, learners: Sequence[Learner]) -> list[None]:
    """Keep new learners."""
    connection.execute(
        insert(LEARNERS), [{"id": each.id, "name": each.name, "created": each.created} for each in learners]
    )
    return [None] * len(learners)


def rename_all(connection: Connection, names: Sequence[tuple[str, str]]) -> list[bool]:
    """Give learners other names."""
    return [
        connection.execute(update(LEARNERS).where(LEARNERS.c.id == learner).values(name=name)).rowcount > 0
        for learner, name in names
    ]


def erase_all(connection: Connection, learners: Sequence[str]) -> list[int]:
    """Remove learners; what is theirs goes with them. Gives numbers of submissions, -1 for no such learner."""
    return [_erase(connection, each) for each in learners]


def _erase(connection: Connection, learner: str) -> int:
    if not lock_learners(connection, [learner]):
        return -1
    count = select(func.count()).select_from(SUBMISSIONS).where(SUBMISSIONS.c.learner == learner)
    number: int = connection.execute(count).scalar_one()
    connection.execute(delete(LEARNERS).where(LEARNERS.c.id == learner))
    return number


def keep_codes(connection: Connection, codes: Sequence[tuple[str, str, datetime]]) -> list[bool]:
    """Keep digests of codes, one for a learner."""
    return [_keep_code(connection, *each) for each in codes]


def _keep_code(connection: Connection, learner: str, digest: str, until: datetime) -> bool:
    if not lock_learners(connection, [learner]):
        return False
    connection.execute(delete(CODES).where(CODES.c.learner == learner))
    connection.execute(insert(CODES).values(digest=digest, learner=learner, until=until))
    return True


def claim_all(
    connection: Connection, claims: Sequence[tuple[str, datetime, str]]
) -> list[tuple[str, int] | None]:
    """Use up codes: what the claimants have done so far goes over to the codes' learners."""
    return [_claim(connection, *each) for each in claims]


def _claim(connection: Connection, digest: str, now: datetime, claimant: str) -> tuple[str, int] | None:
    found = connection.execute(select(CODES.c.learner, CODES.c.until).where(CODES.c.digest == digest)).first()
    if found is None:
        return None
    there = lock_learners(connection, sorted({found.learner, claimant} - {""}))
    # Only one of two who come at once finds the row still there.
    used = connection.execute(delete(CODES).where(CODES.c.digest == digest)).rowcount
    if not used or found.until < now or found.learner not in there:
        return None
    moved = 0
    if claimant in there and claimant != found.learner:
        moved = _move(connection, claimant, found.learner)
    return found.learner, moved


def _move(connection: Connection, old: str, new: str) -> int:
    """Give one learner's submissions to another, their attempts counted behind those of the other, and remove the first."""
    columns = SUBMISSIONS.c
    taken = (
        select(columns.quiz, func.max(columns.attempt)).where(columns.learner == new).group_by(columns.quiz)
    )
    last = {row.quiz: row[1] for row in connection.execute(taken)}
    kept = set(connection.execute(select(columns.key).where(columns.learner == new)).scalars())
    rows = connection.execute(
        select(columns.id, columns.quiz, columns.attempt, columns.key).where(columns.learner == old)
    ).all()
    for row in rows:
        key = f"{old}:{row.key}" if row.key in kept else row.key
        values = {"learner": new, "key": key, "attempt": row.attempt + last.get(row.quiz, 0)}
        connection.execute(update(SUBMISSIONS).where(columns.id == row.id).values(values))
    connection.execute(delete(LEARNERS).where(LEARNERS.c.id == old))
    return len(rows)


def correct_all(connection: Connection, corrections: Sequence[tuple[int, Correction]]) -> list[bool]:
    """Add corrections to submissions."""
    return [_correct(connection, *each) for each in corrections]


def _correct(connection: Connection, submission: int, correction: Correction) -> bool:
    wanted = select(SUBMISSIONS.c.id).where(SUBMISSIONS.c.id == submission).with_for_update(key_share=True)
    if connection.execute(wanted).first() is None:
        return False
    values: dict[str, Any] = {"submission": submission, **vars(correction)}
    connection.execute(insert(CORRECTIONS).values(values))
    return True


def keep_banks(connection: Connection, banks: Sequence[Mapping[str, str]]) -> list[None]:
    """Keep texts of banks that are not kept yet, by digest."""
    for each in banks:
        known = set(
            connection.execute(select(BANKS.c.digest).where(BANKS.c.digest.in_(list(each)))).scalars()
        )
        rows = [{"digest": digest, "text": text} for digest, text in each.items() if digest not in known]
        if rows:
            connection.execute(_ignoring(connection), rows)
    return [None] * len(banks)


def _ignoring(connection: Connection) -> Any:  # noqa: ANN401 - each dialect has its own
    """Give an insertion of banks that passes over those that another server has kept just now."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - where it is used

        return postgresql.insert(BANKS).on_conflict_do_nothing()
    return insert(BANKS)


def read_submissions(
    connection: Connection, learner: str, quiz: str, after: int, most: int
) -> list[Submission]:
    """Give submissions with their learners' names and their corrections, see `Store.submissions`."""
    columns = SUBMISSIONS.c
    wanted = (
        select(SUBMISSIONS, LEARNERS.c.name).join(LEARNERS).where(columns.id > after).order_by(columns.id)
    )
    wanted = wanted.where(columns.learner == learner) if learner else wanted
    wanted = wanted.where(columns.quiz == quiz) if quiz else wanted
    wanted = wanted.limit(most) if most else wanted
    rows = connection.execute(wanted).mappings().all()
    ids = [row["id"] for row in rows]
    corrected: dict[int, tuple[Correction, ...]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        corrected |= corrections_of(connection, ids[start : start + _AT_ONCE])
    return [submission_of(row, corrected.get(row["id"], ()), row["name"]) for row in rows]
