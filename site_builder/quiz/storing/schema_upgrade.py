"""Brings a database to the tables that this program needs, one server at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import text

from site_builder.quiz.storing.store import StoreRefused

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LOCK = 0x636F7572736571
"""The number of the lock that servers on one PostgreSQL database take: any number that no one else takes."""


def upgrade(engine: Engine) -> None:
    """Run the steps that the database lacks.

    On PostgreSQL servers that start together wait for each other; on SQLite the caller holds the file.

    Raises:
        StoreRefused: The database was made by a newer program.
    """
    with engine.connect() as connection:
        shared = engine.dialect.name == "postgresql"
        if shared:
            connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _LOCK})
            connection.commit()
        try:
            command.upgrade(_config(connection), "head")
            connection.commit()
        except CommandError as error:
            raise StoreRefused(
                "the database was made by a newer `course`: use that one, or another database"
            ) from error
        finally:
            if shared:
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _LOCK})
                connection.commit()


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
