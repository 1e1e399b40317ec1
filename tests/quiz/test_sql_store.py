"""Stores keep what they say, once, and let nobody else write."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from awaiting import awaited, one_loop
from hypothesis import given, settings
from hypothesis import strategies as st
from small_bank import QUIZ
from sqlalchemy import create_engine

from site_builder.model.quiz import Mark
from site_builder.quiz.storing.sql_store import open_store
from site_builder.quiz.storing.store import (
    ATTEMPTS_USED,
    KEY_REUSED,
    NO_LEARNER,
    REPEATED,
    STORED,
    Correction,
    Entry,
    Learner,
    StoreRefused,
)
from site_builder.quiz.storing.tables import METADATA

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.quiz.storing.store import Store

NOW = datetime(2030, 5, 17, 12, 0, 0, 123456, tzinfo=UTC)


def an_entry(learner: str, key: str, body: str = "body", **more: Any) -> Entry:
    """Give an entry."""
    values: dict[str, Any] = {
        "quiz": QUIZ, "language": "en", "bank": "ab", "answers": {"#1": ["x"], "#2": 1.5, "#3": "ü\0\ud800", "#4": None},
        "marks": (Mark("#1", "wrong", 0.25, 1, 2),), "score": 0.25, "passed": False, "received": NOW, "late": True,
    }  # fmt: skip
    return Entry(learner=learner, key=key, body=body, **(values | more))


async def check_a_store(store: Store) -> None:
    """Use all that a store can do; it is closed at the end."""
    ada, bob = Learner("ada", "Ada", NOW), Learner("bob", "", NOW)
    for each in (ada, bob):
        await store.add_learner(each)
    assert await store.learner("ada") == ada
    assert await store.learner("eve") is None
    entry = an_entry("ada", "key 1")
    first = await store.submit(entry)
    assert (first.what, first.submission.attempt if first.submission else 0) == (STORED, 1)
    assert await store.submit(entry) == replace(
        first, what=REPEATED, submission=(await store.submit(entry)).submission
    )
    assert (await store.submit(replace(entry, body="other"))).what == KEY_REUSED
    assert (await store.submit(replace(entry, learner="eve"))).what == NO_LEARNER
    assert (await store.submit(replace(entry, key="key 2", attempts=1))).what == ATTEMPTS_USED
    (kept,) = await store.submissions(learner="ada")
    for name in (
        "quiz",
        "language",
        "bank",
        "answers",
        "marks",
        "score",
        "passed",
        "received",
        "late",
        "key",
    ):
        assert getattr(kept, name) == getattr(entry, name)
    correction = Correction(1.0, True, "a typo", "Grace", NOW)
    assert await store.correct(kept.id, correction)
    assert not await store.correct(kept.id + 100, correction)
    (kept,) = await store.submissions(quiz=QUIZ)
    assert (kept.corrections, kept.counted, kept.name) == ((correction,), (1.0, True), "Ada")
    assert [await store.rename(name, "洛") for name in ("ada", "eve")] == [True, False]
    await store.keep_banks({"d1": "text", "d2": "more"})
    await store.keep_banks({"d2": "more", "d3": "\U0001f34e"})
    assert [await store.bank(digest) for digest in ("d1", "d3", "d4")] == ["text", "\U0001f34e", None]
    assert [await store.keep_code(name, "code", NOW) for name in ("ada", "eve")] == [True, False]
    assert await store.claim("code", NOW + timedelta(seconds=1), "bob") is None
    assert await store.keep_code("ada", "code", NOW)
    await store.submit(an_entry("bob", "key 1"))
    assert await store.claim("code", NOW, "bob") == ("ada", 1)
    assert await store.claim("code", NOW, "bob") is None
    assert [each.attempt for each in await store.submissions(learner="ada")] == [1, 2]
    assert (await store.erase("ada"), await store.erase("ada")) == (2, -1)
    assert await store.submissions() == []
    await store.close()


def test_sqlite_is_a_store(tmp_path: Path) -> None:
    awaited(check_a_store(open_store(str(tmp_path / "quiz.sqlite"))))


def test_steps_lead_to_the_tables(tmp_path: Path) -> None:
    awaited(open_store(str(tmp_path / "quiz.sqlite")).close())
    engine = create_engine(f"sqlite:///{tmp_path / 'quiz.sqlite'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_a_database_stays_when_it_is_opened_again(tmp_path: Path) -> None:
    async def twice() -> int:
        for number in range(2):
            store = open_store(f"sqlite:///{tmp_path / 'quiz.sqlite'}")
            if not number:
                await store.add_learner(Learner("ada", "", NOW))
            await store.submit(an_entry("ada", f"key {number}"))
            found = len(await store.submissions())
            await store.close()
        return found

    assert awaited(twice()) == 2


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "quiz.sqlite"))
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    awaited(store.close())
    assert len(modes) >= 3
    assert set(modes.values()) == {0}


def test_another_server_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quiz.sqlite"
    store = open_store(str(path))
    program = (
        "import sys; from site_builder.quiz.storing.sql_store import open_store; open_store(sys.argv[1])"
    )
    other = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    with pytest.raises(StoreRefused, match="another server has"):
        open_store(str(path))
    awaited(store.close())
    assert "StoreRefused: another server has `quiz.sqlite` open" in other.stderr
    assert subprocess.run([sys.executable, "-c", program, path], check=False).returncode == 0, "the control"


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quiz.sqlite"
    awaited(open_store(str(path)).close())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '999'")
    with pytest.raises(StoreRefused, match="newer"):
        open_store(str(path))


@pytest.mark.parametrize(
    "address", ["", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "://", "/no/such/folder/quiz.sqlite"]
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(StoreRefused):
        open_store(address)


def test_readers_cannot_write(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "quiz.sqlite"))
    with store._readers.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM learners")
    awaited(store.close())


def test_commits_wait_for_the_disk(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "quiz.sqlite"))
    with store._writer._engine.connect() as connection:  # type: ignore[attr-defined]
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    awaited(store.close())
    assert found == ["wal", 2, 1]


# ---- idempotency, as a property ----------------------------------------------------------------------------

SENT = st.tuples(st.sampled_from(["ada", "bob"]), st.integers(0, 3), st.integers(0, 1))
"""A learner, a key, and a body."""


GROUPS = st.lists(st.lists(SENT, min_size=1, max_size=6), max_size=6)


@pytest.mark.parametrize("most", [1, 3, 256])
def test_a_key_is_kept_once_whatever_is_sent(tmp_path: Path, most: int) -> None:
    store = open_store(str(tmp_path / "quiz.sqlite"), most)
    examples = count()
    with one_loop() as run:

        @settings(max_examples=50, deadline=None)
        @given(groups=GROUPS, attempts=st.integers(0, 3))
        def property_of(groups: list[list[tuple[str, int, int]]], attempts: int) -> None:
            run(check_sent(store, f"{next(examples)} ", groups, attempts))

        property_of()
        run(store.close())


async def check_sent(
    store: Store, example: str, groups: list[list[tuple[str, int, int]]], attempts: int
) -> None:
    """Send groups, each all at once; a dictionary says what should come out."""
    for each in ("ada", "bob"):
        await store.add_learner(Learner(example + each, "", NOW))
    model: dict[tuple[str, int], int] = {}
    for group in groups:
        entries = [
            an_entry(example + learner, f"key {key}", f"body {body}", attempts=attempts)
            for learner, key, body in group
        ]
        outcomes = await asyncio.gather(*(store.submit(each) for each in entries))
        for (learner, key, body), outcome in zip(group, outcomes, strict=True):
            taken = sum(name == learner for name, _ in model)
            if (learner, key) in model:
                assert outcome.what == (REPEATED if model[learner, key] == body else KEY_REUSED)
            elif attempts and taken >= attempts:
                assert outcome.what == ATTEMPTS_USED
            else:
                assert outcome.what == STORED
                assert outcome.submission
                assert outcome.submission.attempt == taken + 1
                model[learner, key] = body
    for name in ("ada", "bob"):
        kept = [int(each.key[4:]) for each in await store.submissions(learner=example + name)]
        assert kept == [key for learner, key in model if learner == name]
