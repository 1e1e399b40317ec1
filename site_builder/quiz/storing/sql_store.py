"""A store in SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from site_builder.quiz.storing.database import (
    READERS,
    FileLock,
    clear_log,
    make_file,
    postgres,
    sqlite_readers,
    sqlite_writer,
    told_faults,
    url_of,
)
from site_builder.quiz.storing.learner_work import (
    add_learners,
    claim_all,
    correct_all,
    erase_all,
    keep_banks,
    keep_codes,
    read_submissions,
    rename_all,
)
from site_builder.quiz.storing.schema_upgrade import upgrade
from site_builder.quiz.storing.store import Correction, Entry, Learner, Outcome, Submission
from site_builder.quiz.storing.submitting import submit_all
from site_builder.quiz.storing.tables import BANKS, LEARNERS
from site_builder.quiz.storing.writer import MOST, GroupWriter, PoolWriter, Writer

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from site_builder.quiz.storing.writer import Work


class SqlStore:
    """Keeps learners and submissions in a database: a `Store`.

    Args:
        writer: does what writes.
        readers: connections for what reads.
        at_close: what is done at last.
    """

    def __init__(
        self,
        writer: Writer,
        readers: Engine,
        at_close: Sequence[Callable[[], None]] = (),
    ) -> None:
        self._writer = writer
        self._readers = readers
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="quiz-reader")
        self._at_close = at_close

    async def submit(self, entry: Entry) -> Outcome:
        """Keep a submission, once for each learner and key."""
        outcome: Outcome = await self._write(submit_all, entry)
        return outcome

    async def add_learner(self, learner: Learner) -> None:
        """Keep a new learner."""
        await self._write(add_learners, learner)

    async def learner(self, learner: str) -> Learner | None:
        """Give a learner by id."""
        row = await self._read(
            lambda connection: connection.execute(select(LEARNERS).where(LEARNERS.c.id == learner)).first()
        )
        return Learner(row.id, row.name, row.created) if row else None

    async def rename(self, learner: str, name: str) -> bool:
        """Give a learner another name."""
        return bool(await self._write(rename_all, (learner, name)))

    async def submissions(
        self, learner: str = "", quiz: str = "", after: int = 0, most: int = 0
    ) -> Sequence[Submission]:
        """Give submissions in the order in which they were kept."""
        return await self._read(lambda connection: read_submissions(connection, learner, quiz, after, most))

    async def erase(self, learner: str) -> int:
        """Remove all that is kept of a learner."""
        return int(await self._write(erase_all, learner))

    async def keep_code(self, learner: str, digest: str, until: datetime) -> bool:
        """Keep the digest of a code that stands for a learner."""
        return bool(await self._write(keep_codes, (learner, digest, until)))

    async def claim(self, digest: str, now: datetime, claimant: str) -> tuple[str, int] | None:
        """Use up a code."""
        found: tuple[str, int] | None = await self._write(claim_all, (digest, now, claimant))
        return found

    async def correct(self, submission: int, correction: Correction) -> bool:
        """Add a correction."""
        return bool(await self._write(correct_all, (submission, correction)))

    async def keep_banks(self, banks: Mapping[str, str]) -> None:
        """Keep texts of banks by digest."""
        await self._write(keep_banks, banks)

    async def bank(self, digest: str) -> str | None:
        """Give the text of a bank that was kept."""
        wanted = select(BANKS.c.text).where(BANKS.c.digest == digest)
        return await self._read(lambda connection: connection.execute(wanted).scalar())

    async def close(self) -> None:
        """Finish what was begun, and let go of the database."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.close()
        self._threads.shutdown(wait=True)
        self._readers.dispose()
        for each in self._at_close:
            each()

    async def _write(self, work: Work, argument: object) -> Any:  # noqa: ANN401 - what the work gives
        # Shielded: who hangs up does not take back what is about to be committed with others.
        return await asyncio.shield(asyncio.wrap_future(self._writer.do(work, argument)))

    async def _read(self, question: Callable[[Connection], T]) -> T:
        def ask() -> T:
            with told_faults(), self._readers.connect() as connection:
                return question(connection)

        return await asyncio.wrap_future(self._threads.submit(ask))


def open_store(address: str, most: int = MOST, synchronous: str = "FULL") -> SqlStore:
    """Open a database, and give it the tables that it lacks.

    Args:
        address: a URL of SQLite or PostgreSQL, or a SQLite file's path.
        most: submissions in one commit of SQLite.
        synchronous: how SQLite writes; only tests and benchmarks say other than the default.

    Raises:
        StoreRefused: The address is none, another server holds the file, or a newer program made the database.
        StoreGone, StoreFull: The database does not answer, or has no room.
        OSError: The file can be neither read nor made.
    """
    url = url_of(address)
    if url.get_backend_name() == "postgresql":
        engine = postgres(url)
        with told_faults():
            upgrade(engine)
        return SqlStore(PoolWriter(engine), engine)
    return _open_file(Path(url.database or ""), most, synchronous)


def _open_file(path: Path, most: int, synchronous: str) -> SqlStore:
    lock = FileLock(path)
    try:
        make_file(path)
        engine = sqlite_writer(path, synchronous)
        with told_faults():
            upgrade(engine)
    except BaseException:
        lock.release()
        raise
    writer = GroupWriter(engine, most, {erase_all: clear_log})
    return SqlStore(writer, sqlite_readers(path), (engine.dispose, lock.release))
