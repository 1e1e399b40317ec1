"""Tokens and codes, and the secret that signs them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.quiz.serving.tokens import (
    SECRET_VARIABLE,
    Instructor,
    SecretFault,
    Tokens,
    new_code,
    plain_code,
    secret_of,
)

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2030, 1, 1, tzinfo=UTC)
LATER = int(NOW.timestamp()) + 1
TOKENS = Tokens("a secret of sixteen")


@pytest.fixture(autouse=True)
def _no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)


def test_tokens_name_whom_they_were_made_for() -> None:
    assert TOKENS.learner(TOKENS.learner_token("ada")) == "ada"
    assert TOKENS.instructor(TOKENS.instructor_token(Instructor("Grace", LATER)), NOW) == Instructor(
        "Grace", LATER
    )


def test_tokens_are_of_one_kind_and_one_secret() -> None:
    mine, teacher = TOKENS.learner_token("ada"), TOKENS.instructor_token(Instructor("Grace", LATER))
    other = Tokens("another secret of its own")
    assert (TOKENS.learner(teacher), TOKENS.instructor(mine, NOW)) == ("", None)
    assert (other.learner(mine), other.instructor(teacher, NOW)) == ("", None)


@given(st.text())
def test_any_text_is_no_token(text: str) -> None:
    assert TOKENS.learner(text) == ""
    assert TOKENS.instructor(text, NOW) is None


@given(st.data())
def test_a_changed_token_is_none(data: st.DataObject) -> None:
    token = TOKENS.learner_token("ada")
    at = data.draw(st.integers(0, len(token) - 2))  # the last sign has bits that do not count
    sign = data.draw(st.characters(codec="ascii").filter(lambda each: each != token[at]))
    assert TOKENS.learner(token[:at] + sign + token[at + 1 :]) == ""


def test_an_instructor_token_ends() -> None:
    token = TOKENS.instructor_token(Instructor("Grace", int(NOW.timestamp())))
    assert TOKENS.instructor(token, NOW) is None


def test_codes_forgive_how_they_are_copied() -> None:
    code = new_code()
    assert len({new_code() for _ in range(100)}) == 100
    assert TOKENS.code_digest(code.lower().replace("0", "o").replace("1", "l")) == TOKENS.code_digest(code)
    assert plain_code(code) not in TOKENS.code_digest(code)


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "quiz.sqlite.secret"
    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(secret_of, [path] * 8))
    assert len(secrets) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(("mode", "text"), [(0o644, "x" * 40), (0o600, "short"), (0o600, "")])
def test_a_bad_secret_is_refused(tmp_path: Path, mode: int, text: str) -> None:
    path = tmp_path / "secret"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(SecretFault):
        secret_of(path)


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_VARIABLE, "a secret of the environment")
    assert secret_of(tmp_path / "none") == secret_of(None) == "a secret of the environment"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv(SECRET_VARIABLE, "short")
    with pytest.raises(SecretFault) as told:
        secret_of(None)
    assert "short," not in str(told.value)


def test_no_secret_at_all() -> None:
    with pytest.raises(SecretFault, match=SECRET_VARIABLE):
        secret_of(None)
