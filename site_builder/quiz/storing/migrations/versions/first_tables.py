"""Learners, submissions, corrections, codes and banks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "learners",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
    )
    op.create_table(
        "banks",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_banks"),
    )
    op.create_table(
        "codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("learner", sa.String(64), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_codes"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_codes_learner", ondelete="CASCADE"),
        sa.UniqueConstraint("learner", name="uq_codes_learner"),
    )
    _submissions()
    _corrections()


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("learner", sa.String(64), nullable=False),
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("bank", sa.String(64), nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("marks", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("received", _TIME, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_submissions_learner", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("learner", "key", name="uq_submissions_learner_key"),
        sa.UniqueConstraint("learner", "quiz", "attempt", name="uq_submissions_learner_quiz_attempt"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submissions_quiz", "submissions", ["quiz"])


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("instructor", sa.Text, nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name="fk_corrections_submission", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_submission", "corrections", ["submission"])
