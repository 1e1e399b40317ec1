"""The same promises on PostgreSQL, which several server processes share. It is made for the tests, and skipped where it is missing."""

from __future__ import annotations

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import a_postgres
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from awaiting import awaited
from real_server import RealServer
from small_bank import QUIZ
from sqlalchemy import create_engine, text
from submitters import Storm, storm, twice
from test_nothing_lost import killing
from test_sql_store import an_entry, check_a_store

from site_builder.quiz.storing.sql_store import open_store
from site_builder.quiz.storing.store import ATTEMPTS_USED, STORED, Learner
from site_builder.quiz.storing.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from a_postgres import Postgres
    from submitters import Row

pytest.importorskip(
    "psycopg", reason="servers on PostgreSQL need psycopg (pip install 'site-builder[postgres]')"
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    programs = a_postgres.programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs PostgreSQL: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    made = a_postgres.make(programs)
    yield made
    a_postgres.remove(made)


@pytest.fixture
def address(postgres: Postgres) -> str:
    """The address of an empty database."""
    engine = create_engine(postgres.url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return postgres.url


def rows_in(address: str) -> list[Row]:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT learner, attempt, answers FROM submissions")).all()
    engine.dispose()
    return [(row[0], row[1], json.loads(row[2])[f"{QUIZ}#who"]) for row in found]


def test_it_is_a_store(address: str) -> None:
    awaited(check_a_store(open_store(address)))


def test_steps_lead_to_the_tables(address: str) -> None:
    awaited(open_store(address).close())
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_servers_may_start_at_once(address: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(open_store, [address] * 4))
    for each in stores:
        awaited(each.close())


def test_two_servers_do_not_give_the_last_attempt_twice(address: str) -> None:
    async def race() -> list[str]:
        stores = [open_store(address), open_store(address)]
        await stores[0].add_learner(Learner("ada", "", datetime.now(UTC)))
        entries = [an_entry("ada", f"key {number}", attempts=3) for number in range(20)]
        outcomes = await asyncio.gather(
            *(stores[number % 2].submit(each) for number, each in enumerate(entries))
        )
        for each in stores:
            await each.close()
        return [outcome.what for outcome in outcomes]

    what = awaited(race())
    assert (what.count(STORED), what.count(ATTEMPTS_USED)) == (3, 17)


@pytest.fixture
def servers(tmp_path: Path, address: str) -> Iterator[list[RealServer]]:
    found = [RealServer(tmp_path, address).start() for _ in range(2)]
    yield found
    for each in found:
        each.kill()


def test_nothing_is_lost_or_kept_twice_when_servers_are_killed(
    servers: list[RealServer], address: str
) -> None:
    found = awaited(storm([each.port for each in servers], 10_000, killing(servers, 20)))
    rows = rows_in(address)
    assert found.resent > 20
    assert len(found.acknowledged) >= 10_000
    assert found.lost(rows) == set()
    assert twice(rows) == 0
    assert len(rows) == len(found.acknowledged)


def test_the_control_without_keys_keeps_some_twice(servers: list[RealServer], address: str) -> None:
    awaited(storm([each.port for each in servers], 1500, killing(servers, 5), keys=False))
    assert twice(rows_in(address)) > 0


def test_a_database_that_goes_is_told_and_comes_back(
    postgres: Postgres, servers: list[RealServer], address: str
) -> None:
    async def crash(found: Storm) -> None:
        await found.reach(300)
        await asyncio.to_thread(postgres.stop)
        await asyncio.sleep(1)
        await asyncio.to_thread(postgres.start)

    found = awaited(storm([each.port for each in servers], 1000, crash))
    rows = rows_in(address)
    assert found.statuses[503] > 0
    assert set(found.statuses) == {201, 503}, "and nothing else, such as 500"
    assert found.lost(rows) == set()
    assert twice(rows) == 0
