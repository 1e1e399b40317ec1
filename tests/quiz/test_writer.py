"""The writer: one commit for many, and one's fault is nobody else's."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text

from site_builder.quiz.storing.database import sqlite_writer
from site_builder.quiz.storing.store import StoreGone
from site_builder.quiz.storing.writer import GroupWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    found = sqlite_writer(tmp_path / "numbers.sqlite")
    with found.begin() as connection:
        connection.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))
    yield found
    found.dispose()


def add(connection: Connection, numbers: Sequence[Any]) -> list[int]:
    for number in numbers:
        connection.execute(text("INSERT INTO numbers VALUES (:number)"), {"number": number})
    return [number * 10 for number in numbers]


def held(writer: GroupWriter) -> threading.Event:
    """Keep a writer busy until the event is set, so that what comes meanwhile is one group."""
    begun, go = threading.Event(), threading.Event()

    def wait(_connection: Connection, arguments: Sequence[Any]) -> Sequence[Any]:
        begun.set()
        go.wait(10)
        return arguments

    writer.do(wait, 0)
    begun.wait(10)
    return go


def numbers_of(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT number FROM numbers ORDER BY number")).scalars())


@pytest.mark.parametrize(("most", "expected"), [(256, 2), (1, 11)])
def test_what_waits_shares_a_commit(engine: Engine, most: int, expected: int) -> None:
    commits = []
    event.listen(engine, "commit", lambda _: commits.append(1))
    writer = GroupWriter(engine, most)
    go = held(writer)
    promises = [writer.do(add, number) for number in range(10)]
    assert not any(promise.done() for promise in promises)
    go.set()
    assert [promise.result(10) for promise in promises] == [number * 10 for number in range(10)]
    writer.close()
    assert len(commits) == expected
    assert numbers_of(engine) == list(range(10))


def test_who_hears_that_it_is_done_finds_it_with_another_connection(engine: Engine, tmp_path: Path) -> None:
    writer = GroupWriter(engine)
    seen: list[object] = []

    def look(_promise: object) -> None:
        with sqlite3.connect(tmp_path / "numbers.sqlite") as other:
            seen.extend(other.execute("SELECT number FROM numbers").fetchall())

    go = held(writer)
    promise = writer.do(add, 1)
    promise.add_done_callback(look)
    look(None)
    assert seen == [], "the control: before the commit it is not there"
    go.set()
    promise.result(10)
    writer.close()
    assert seen == [(1,)]


def test_the_fault_of_one_is_nobody_elses(engine: Engine) -> None:
    writer = GroupWriter(engine)
    go = held(writer)
    promises = [writer.do(add, number) for number in (1, 2, 2, 3)]
    go.set()
    assert [promise.exception(10) is None for promise in promises] == [True, True, False, True]
    writer.close()
    assert numbers_of(engine) == [1, 2, 3]


def test_closing_writes_what_waits_and_takes_nothing_more(engine: Engine) -> None:
    writer = GroupWriter(engine)
    go = held(writer)
    promises = [writer.do(add, number) for number in range(5)]
    closing = threading.Thread(target=writer.close)
    closing.start()
    go.set()
    closing.join(10)
    assert [promise.result(0) for promise in promises] == [0, 10, 20, 30, 40]
    assert isinstance(writer.do(add, 9).exception(1), StoreGone)


def test_a_lost_database_is_told_and_comes_back(engine: Engine) -> None:
    writer = GroupWriter(engine)

    def broken(connection: Connection, _arguments: Sequence[Any]) -> Sequence[Any]:
        connection.execute(text("SELECT * FROM nowhere"))
        return []

    assert isinstance(writer.do(broken, 0).exception(10), StoreGone)
    assert writer.do(add, 4).result(10) == 40
    writer.close()
