"""Connections to SQLite and PostgreSQL that keep what they have said they keep, and what their faults mean."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

from site_builder.quiz.storing.store import StoreFault, StoreFull, StoreGone, StoreRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

READERS = 4
"""Connections that only read, of a SQLite database."""
POOL = 16
"""Connections that a server process has to PostgreSQL."""

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_PG_NO_ROOM = "53100"


def url_of(text: str) -> URL:
    """Give a database's address; a path alone is a SQLite file.

    Raises:
        StoreRefused: It is neither SQLite's nor PostgreSQL's, or a database in memory, or in a folder that is not there.
    """
    if "://" not in text:
        text = f"sqlite:///{text}"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreRefused(
            "the database's address is none: write `sqlite:///quiz.sqlite` or `postgresql://…`"
        ) from error
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        folder = Path(url.database or "").parent
        if not folder.is_dir():
            raise StoreRefused(f"there is no folder `{folder}`: make it, or name another database")
        return url
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise StoreRefused(
        f"`{url.get_backend_name()}` is no database for quizzes: write `sqlite:///quiz.sqlite` or `postgresql://…`"
    )


@contextmanager
def told_faults() -> Iterator[None]:
    """Turn a database's faults into the store's."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreGone("the database has no connection left") from error
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error


def fault_of(error: BaseException) -> StoreFault | None:
    """Give what a database's exception means to those who ask, `None` where it is a fault of ours."""
    cause = getattr(error, "orig", error)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    state = getattr(cause, "sqlstate", "") or ""
    if code in _FULL or state == _PG_NO_ROOM:
        return StoreFull("there is no room on the server's disk")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreGone("the connection to the database was lost")
    if type(cause).__name__ in ("OperationalError", "InterfaceError", "AdminShutdown", "DatabaseError") or state[:2] in (
        "08", "25", "40", "53", "55", "57",
    ):  # fmt: skip
        return StoreGone("the database does not answer")
    return None


# ---- SQLite ------------------------------------------------------------------------------------------------


class FileLock:
    """Holds a SQLite file for one server; the system lets go when the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            raise StoreRefused(
                f"another server has `{database.name}` open: end it first, or use PostgreSQL, which many servers can share"
            ) from error

    def release(self) -> None:
        """Let go."""
        os.close(self._file)


def _lock(file: int) -> None:
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:  # pragma: no cover - Windows
        import msvcrt  # noqa: PLC0415 - only Windows has it

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sqlite_writer(path: Path, synchronous: str = "FULL") -> Engine:
    """Give the engine of the one connection that writes. Its transactions begin when SQLAlchemy's do."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # what was erased is overwritten
        connection.execute("PRAGMA cell_size_check=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def sqlite_readers(path: Path) -> Engine:
    """Give an engine whose connections cannot write."""

    def connect() -> sqlite3.Connection:
        address = f"{path.resolve().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, check_same_thread=False, timeout=5)

    return create_engine("sqlite://", creator=connect, pool_size=READERS, hide_parameters=True, **_queue())


def make_file(path: Path) -> None:
    """Make a database's file, for its owner's eyes alone; its name is on disk afterwards."""
    if path.exists():
        return
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def clear_log(engine: Engine) -> None:
    """Empty the write-ahead log, in which erased data still stands."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError:
        pass  # no room, or somebody reads: what is written next goes over it
    finally:
        connection.close()


def _queue() -> dict[str, Any]:
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415 - named here alone

    return {"poolclass": QueuePool, "max_overflow": 0, "pool_timeout": 10}


# ---- PostgreSQL --------------------------------------------------------------------------------------------


def postgres(url: URL) -> Engine:
    """Give an engine whose commits return when they are on disk, whatever the server's default is."""
    engine = create_engine(
        url, pool_size=POOL, pool_pre_ping=True, hide_parameters=True, **_queue(),
        connect_args={"connect_timeout": 5},
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
            )
            cursor.execute("SET lock_timeout = '10s'")
            cursor.execute("SET statement_timeout = '30s'")
        connection.commit()

    return engine
