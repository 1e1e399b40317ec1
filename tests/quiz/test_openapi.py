"""Whatever the OpenAPI description allows, and what it does not: no 500."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quiz_client import learner
from real_server import RealServer

from site_builder.quiz.serving.tokens import Instructor, Tokens

if TYPE_CHECKING:
    from pathlib import Path

schemathesis = pytest.importorskip("schemathesis", reason="pip install schemathesis")

EXAMPLES = 40
SERVER_FAULT = 500


@pytest.mark.slow
def test_nothing_that_is_sent_makes_a_500(tmp_path: Path) -> None:
    """Each address is asked with and without tokens, with what fits its description and with what does not."""
    server = RealServer(tmp_path, str(tmp_path / "quiz.sqlite")).start()
    address = f"http://127.0.0.1:{server.port}"
    secret = (tmp_path / "secret").read_text(encoding="utf-8").strip()
    teacher = Tokens(secret).instructor_token(Instructor("Grace", int(time.time()) + 1000))
    statuses: Counter[tuple[str, int]] = Counter()
    try:
        with httpx.Client(base_url=address) as client:
            for found in schemathesis.openapi.from_url(f"{address}/api/openapi.json").get_all_operations():
                # A new learner for each address: one of them erases who asks.
                statuses += asked(found.ok(), address, ["", learner(client).token, teacher])  # type: ignore[arg-type]
        assert "bug" not in {line.partition('"message": "')[2][:3] for line in server.log().splitlines()}
    finally:
        server.kill()
    assert sum(number for (_, status), number in statuses.items() if status >= SERVER_FAULT) == 0
    good = {path for path, status in statuses if status < 300}
    assert good >= {
        "/api/quizzes", "/api/learners", "/api/me", "/api/me/export", "/api/health", "/api/quizzes/{quiz}/sheet",
        "/api/quizzes/{quiz}/submissions", "/api/instructor/results",
    }, "the control: what fits is answered"  # fmt: skip


def asked(operation, address: str, tokens: list[str]) -> Counter[tuple[str, int]]:
    """Ask one address many times, and count its answers."""
    statuses: Counter[tuple[str, int]] = Counter()
    modes = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=st.one_of(modes), token=st.sampled_from(tokens), known=st.booleans())
    def ask(case, token: str, known: bool) -> None:
        if known and "quiz" in (case.path_parameters or {}):
            case.path_parameters["quiz"] = "chapter1/quiz"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = case.call(base_url=address, headers=headers)
        statuses[operation.path, answer.status_code] += 1
        assert answer.status_code < SERVER_FAULT, (case.as_curl_command(), answer.content)

    ask()
    return statuses
