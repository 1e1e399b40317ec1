"""`course quiz serve` and `course quiz token`, as a user gives them."""

from __future__ import annotations

import json
import signal
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from click.testing import CliRunner

from site_builder.cli.main import course
from site_builder.quiz.bank_files import bank_text
from site_builder.quiz.serving.tokens import SECRET_VARIABLE, Tokens

sys.path.insert(0, str(Path(__file__).parents[1] / "quiz"))
from quiz_client import learner
from real_server import RealServer
from small_bank import BANK

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "quiz.json").write_text(bank_text(BANK), encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(course, ["quiz", *arguments])


def test_a_token_is_made_with_the_secret_beside_the_database(tmp_path: Path) -> None:
    result = run("token", "--name", "Grace", "--days", "3")
    secret = (tmp_path / "quiz.sqlite.secret").read_text(encoding="utf-8").strip()
    assert (result.exit_code, result.output.count("\n")) == (0, 1)
    assert secret not in result.output
    tokens, now = Tokens(secret), datetime.now(UTC)
    found = tokens.instructor(result.output.strip(), now)
    assert found is not None
    assert found.name == "Grace"
    assert tokens.instructor(result.output.strip(), now + timedelta(days=4)) is None


@pytest.mark.parametrize(("arguments", "said"), [
    (("serve",), "is graded"),
    (("serve", "--banks", "."), "`banks/quiz.json`: "),
    (("serve", "--banks", "empty"), "has no banks"),
    (("serve", "--banks", "banks", "--database", "mysql://quiz"), "no database for quizzes"),
    (("serve", "--banks", "banks", "--database", "postgresql://127.0.0.1/quiz"), "there is no secret"),
    (("serve", "--banks", "banks", "--database", "none/quiz.sqlite"), "there is no folder"),
    (("serve", "--banks", "banks", "--origin", "course.example.org"), "no site's address"),
    (("serve", "--banks", "banks", "--origin", "https://course.example.org/path"), "no site's address"),
    (("token", "--name", "a\nb"), "cannot be shown"),
])  # fmt: skip
def test_wrong_use_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty").mkdir()
    if arguments[-1] == ".":
        (tmp_path / "banks" / "quiz.json").write_text("{}", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.output


def test_it_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    server = RealServer(tmp_path, "quiz.sqlite").start()
    try:
        assert f"ready: http://127.0.0.1:{server.port} (1 quiz)" in server.log()
        busy = run("serve", "--banks", "banks")
        assert (busy.exit_code, "another server has" in busy.output) == (2, True)
        taken = run("serve", "--banks", "banks", "--database", "other.sqlite", "--port", str(server.port))
        assert (taken.exit_code, "--port" in taken.output) == (2, True)
        assert server.process
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 130
    finally:
        server.kill()
    assert "interrupted" in server.log()
    assert (tmp_path / "secret").read_text(encoding="utf-8").strip() not in server.log()


def test_statistics_are_read_beside_a_server_and_without_one(tmp_path: Path) -> None:
    server = RealServer(tmp_path, "quiz.sqlite").start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
            assert learner(client).submit().status_code == 201
        beside = run("statistics", "--format", "json")
        server.end()
    finally:
        server.kill()
    assert json.loads(beside.output)[0]["statistics"]["group"]["learners"] == 1
    text = run("statistics", "--banks", "banks")
    assert (text.exit_code, "chapter1/quiz: 1 learners, 1 submissions, 100% passed" in text.output) == (
        0,
        True,
    ), text.output
    assert run("statistics", "--format", "csv").output.startswith('"question","kind","language"')


@pytest.mark.parametrize(("arguments", "said"), [
    ((), "there is no database"), (("--database", "text"), "no database of quizzes"), (("--database", "mysql://x"), "no database for quizzes"),
])  # fmt: skip
def test_where_there_are_no_statistics(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    sqlite3.connect(tmp_path / "text").close()
    result = run("statistics", *arguments)
    assert (result.exit_code, said in result.output) == (2, True), result.output
