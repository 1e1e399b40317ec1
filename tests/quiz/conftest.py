"""Fixtures of the quiz server: an app with a clock that tests move, and learners."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from quiz_client import Person, learner
from small_bank import BANK
from starlette.testclient import TestClient

from site_builder.quiz.serving.clock import MovableClock
from site_builder.quiz.serving.server import make_app
from site_builder.quiz.serving.server_options import Options
from site_builder.quiz.serving.tokens import Instructor, Tokens
from site_builder.quiz.storing.sql_store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from site_builder.model.quiz import Bank

START = datetime(2030, 5, 17, 12, tzinfo=UTC)
TOKENS = Tokens("a secret of the tests alone")
FREE = Options(learner_rate=0, address_rate=0)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def serving(tmp_path: Path, clock: MovableClock) -> Iterator[Callable[..., TestClient]]:
    """A function that gives a client of an app with banks and options; apps share one database, one after the other."""
    running: list[TestClient] = []

    def serve(*banks: Bank, options: Options = FREE) -> TestClient:
        while running:
            running.pop().__exit__(None, None, None)
        store = open_store(str(tmp_path / "quiz.sqlite"))
        client = TestClient(make_app(banks or (BANK,), store, TOKENS, options, clock), "http://quiz.test")
        running.append(client.__enter__())
        return client

    yield serve
    while running:
        running.pop().__exit__(None, None, None)


@pytest.fixture
def client(serving: Callable[..., TestClient]) -> TestClient:
    return serving()


@pytest.fixture
def ada(client: TestClient) -> Person:
    return learner(client)


@pytest.fixture
def teacher(client: TestClient) -> Person:
    until = int(START.timestamp()) + 1000
    return Person(client, TOKENS.instructor_token(Instructor("Grace", until)))
