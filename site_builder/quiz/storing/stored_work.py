"""What a database has of learners' work, read beside the servers that use it, without writing anything."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select

from site_builder.quiz.bank_files import bank_of
from site_builder.quiz.figures.tries import Try, tries_of
from site_builder.quiz.serving.held_banks import HeldBank, held
from site_builder.quiz.storing.database import postgres, sqlite_readers, told_faults, url_of
from site_builder.quiz.storing.learner_work import read_submissions
from site_builder.quiz.storing.store import StoreRefused
from site_builder.quiz.storing.tables import BANKS, METADATA, SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from site_builder.model.quiz import Bank

_AT_ONCE = 1000


@dataclass(frozen=True)
class StoredWork:
    """A bank, and what learners submitted of its quiz."""

    held: HeldBank
    tries: tuple[Try, ...]


def stored_work(address: str, banks: Iterable[Bank] | None = None) -> list[StoredWork]:
    """Give all submissions of some quizzes; without `banks` of all that were submitted, each with the version that was used last.

    Raises:
        StoreRefused: The address is none, or leads to no database of quizzes.
        StoreGone: The database does not answer.
    """
    with _connected(address) as connection:
        found = [held(bank) for bank in banks] if banks is not None else _last_banks(connection)
        return [StoredWork(each, _tries(connection, each)) for each in found]


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    url = url_of(address)
    path = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and not path.is_file():
        raise StoreRefused(f"there is no database `{path}`: `course quiz serve` makes it")
    engine = sqlite_readers(path) if url.get_backend_name() == "sqlite" else postgres(url)
    try:
        with told_faults(), engine.connect() as connection:
            if not set(METADATA.tables) <= set(inspect(connection).get_table_names()):
                raise StoreRefused(
                    "this is no database of quizzes: name the one that `course quiz serve` uses"
                )
            yield connection
    finally:
        engine.dispose()


def _last_banks(connection: Connection) -> list[HeldBank]:
    """Give the bank of each quiz's last submission, in the order of the quizzes."""
    last = select(func.max(SUBMISSIONS.c.id)).group_by(SUBMISSIONS.c.quiz)
    wanted = (
        select(BANKS.c.text)
        .join(SUBMISSIONS, SUBMISSIONS.c.bank == BANKS.c.digest)
        .where(SUBMISSIONS.c.id.in_(last))
        .order_by(SUBMISSIONS.c.quiz)
    )
    return [held(bank_of(text)) for text in connection.execute(wanted).scalars()]


def _tries(connection: Connection, bank: HeldBank) -> tuple[Try, ...]:
    found: list[Try] = []
    after = 0
    while some := read_submissions(connection, "", bank.bank.quiz, after, _AT_ONCE):
        found += tries_of(bank, some)
        after = some[-1].id
    return tuple(found)
