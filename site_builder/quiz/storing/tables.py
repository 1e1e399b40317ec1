"""The tables of a quiz database; `migrations` makes them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts ids up only in columns of type INTEGER."""


class UtcTime(TypeDecorator[datetime]):
    """A time with its offset, kept in UTC; SQLite has none with offsets."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as SQLAlchemy has it
        """Bring a time to UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as SQLAlchemy has it
        """Give a time with its offset."""
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if not value.tzinfo
            else value.astimezone(UTC)
        )


def _of_learner() -> Column[str]:
    return Column("learner", String(64), ForeignKey("learners.id", ondelete="CASCADE"), nullable=False)


LEARNERS = Table(
    "learners",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
)

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    _of_learner(),
    Column("quiz", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("body", String(64), nullable=False),
    Column("language", String(64), nullable=False),
    Column("bank", String(64), nullable=False),
    Column("answers", Text, nullable=False),  # JSON in ASCII, so that any text fits into any database
    Column("marks", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("received", UtcTime, nullable=False),
    Column("late", Boolean, nullable=False),
    UniqueConstraint("learner", "key"),
    UniqueConstraint("learner", "quiz", "attempt"),
    Index(None, "quiz"),
    sqlite_autoincrement=True,
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column(
        "submission", NUMBER, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("score", Float, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("instructor", Text, nullable=False),
    Column("made", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

CODES = Table(
    "codes",
    METADATA,
    Column("digest", String(64), primary_key=True),
    _of_learner(),
    Column("until", UtcTime, nullable=False),
    UniqueConstraint("learner"),
)

BANKS = Table(
    "banks",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)
