"""What stands before the server: sizes, depths, rates, times, origins, headers, logs."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest
from awaiting import awaited
from hypothesis import given
from hypothesis import strategies as st
from quiz_client import Person, learner
from real_server import PLAIN, RealServer
from small_bank import QUIZ

from site_builder.quiz.serving.body_guard import BodyGuard, deeper_than
from site_builder.quiz.serving.guards import SECURITY
from site_builder.quiz.serving.log_lines import JsonLines
from site_builder.quiz.serving.rate_guard import REMEMBERED, Buckets, network_of
from site_builder.quiz.serving.server_options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBMISSIONS = f"/quizzes/{QUIZ}/submissions"
FREE = {"learner_rate": 0, "address_rate": 0}


# ---- bodies ------------------------------------------------------------------------------------------------


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


JSON = st.recursive(
    st.none() | st.text(alphabet='[]{}"\\a') | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet='[{"\\', max_size=3), inner, max_size=3)
    ),
)


@given(JSON, st.integers(0, 6))
def test_depth_is_that_of_the_json(value: object, most: int) -> None:
    assert deeper_than(json.dumps(value).encode(), most) is (depth_of(value) > most)


@given(st.binary())
def test_depth_of_any_bytes(body: bytes) -> None:
    deeper_than(body, 3)


@pytest.mark.parametrize(("body", "status", "code"), [
    (b'{"language":"en","answers":{"x":"' + b"y" * 300_000 + b'"}}', 413, "too-long"),
    (b"[" * 100_000, 400, "too-deep"),
    (b'{"a":' * 30 + b"1" + b"}" * 30, 400, "too-deep"),
    (b'{"language":"en","answers":{"x":"' + b"[" * 1000 + b'"}}', 422, "unreadable"),
])  # fmt: skip
def test_bodies_are_limited(ada: Person, body: bytes, status: int, code: str) -> None:
    headers = {"Idempotency-Key": "a-key-of-its-own", "Content-Type": "application/json"}
    for content in (body, (part for part in (body[:9], body[9:]))):
        answer = ada.ask("POST", SUBMISSIONS, content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"], answer.json()["saved"]) == (status, code, False)


def test_slow_bodies_are_given_up() -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(*_: object) -> None:
        raise AssertionError

    guard = BodyGuard(app, 1000, 10, 0.2)
    awaited(guard({"type": "http", "method": "POST", "headers": []}, receive, send))
    assert sent[0]["status"] == 408


# ---- rates -------------------------------------------------------------------------------------------------


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(2.0, 3, lambda: now[0])
    assert [buckets.wait("ada") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("bob") == 0
    now[0] = 0.5
    assert [buckets.wait("ada") for _ in range(2)] == [0, 0.5]
    now[0] = 1000
    assert [buckets.wait("ada") for _ in range(4)] == [0, 0, 0, 0.5]


def test_buckets_do_not_grow_without_end() -> None:
    buckets = Buckets(1.0, 1)
    for number in range(REMEMBERED + 100):
        buckets.wait(str(number))
    assert len(buckets._buckets) == REMEMBERED


def test_one_household_is_one_address() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2:9::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")


def test_a_learner_who_asks_too_often_waits(serving) -> None:
    client = serving(options=Options(learner_rate=0.5, learner_burst=3, address_rate=0))
    ada, bob = learner(client), learner(client)
    answers = [ada.ask("GET", "/me") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert (answers[-1].json()["code"], answers[-1].headers["retry-after"]) == ("too-often", "2")
    assert bob.ask("GET", "/me").status_code == 200


def test_an_address_that_asks_too_often_waits(serving) -> None:
    client = serving(options=Options(learner_rate=0, address_rate=1, address_burst=5))
    statuses = [client.post("/api/learners").status_code for _ in range(8)]
    assert statuses == [201] * 5 + [429] * 3


# ---- origins and headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("origin", "allowed"), [
    ("https://course.example.org", True), ("http://quiz.test", True), ("https://quiz.test", True), ("", True),
    ("https://course.example.org.evil.example", False), ("http://course.example.org", False), ("null", False),
    ("https://evil.example", False), ("http://[", False), ("\xff", False),
])  # fmt: skip
def test_only_pages_of_the_site_may_ask(serving, origin: str, allowed: bool) -> None:
    client = serving(options=Options(origins=("https://course.example.org",), **FREE))
    headers = {"Origin": origin.encode("latin-1")} if origin else {}
    answer = client.post("/api/learners", headers=headers)
    assert (answer.status_code == 201) is allowed
    assert (answer.json().get("code") == "other-origin") is not allowed
    shared = answer.headers.get("access-control-allow-origin")
    assert shared == (origin if origin == "https://course.example.org" else None)


def test_browsers_may_ask_first(serving) -> None:
    client = serving(options=Options(origins=("https://course.example.org",), **FREE))
    wanted = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
    }
    good = client.options(f"/api{SUBMISSIONS}", headers={"Origin": "https://course.example.org", **wanted})
    assert (good.status_code, good.headers["access-control-allow-origin"]) == (
        200,
        "https://course.example.org",
    )
    assert (
        client.options(f"/api{SUBMISSIONS}", headers={"Origin": "https://evil.example", **wanted}).status_code
        == 403
    )


def test_every_answer_has_the_headers(serving) -> None:
    client = serving(options=Options(body=10, **FREE))
    answers = [
        client.get("/api/quizzes"),
        client.get("/nothing"),
        client.post("/api/me/claim", content=b"x" * 100),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 413]
    for answer in answers:
        for name, value in SECURITY:
            assert answer.headers[name] == value
        assert "server" not in answer.headers


# ---- logs --------------------------------------------------------------------------------------------------


def test_logs_have_a_line_a_request_and_nothing_that_was_sent(
    ada: Person, teacher: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ada.ask("POST", "/me/name", json={"name": "canary-name"})
    ada.submit({f"{QUIZ}#who": "canary-answer"}, key="canary-of-the-key")
    ada.submit({"canary-item": "x"})
    code = ada.ask("POST", "/me/code").json()["code"]
    ada.ask("POST", "/me/claim", json={"code": code})
    ada.ask("GET", "/canary-path?canary-query=1")
    teacher.ask("GET", "/instructor/results?quiz=canary-quiz")
    ours = [record for record in caplog.records if record.name.startswith("site_builder")]
    lines = [JsonLines().format(record) for record in ours]
    requests = [values for values in map(json.loads, lines) if values["message"] == "request"]
    assert [values["status"] for values in requests[-7:]] == [200, 201, 422, 201, 200, 404, 200]
    assert requests[-6]["route"] == "/api/quizzes/{quiz:path}/submissions"
    text = "\n".join(lines)
    for secret in ("canary", ada.token, teacher.token, code, "nyquist"):
        assert secret not in text


def test_a_bug_is_told_without_what_was_sent(
    serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("canary-answer")

    ada = learner(serving(options=Options(origins=("https://course.example.org",), **FREE)))
    monkeypatch.setattr("site_builder.quiz.serving.intake.grade", broken)
    ada.headers = {"Origin": "https://course.example.org"}
    answer = ada.submit()
    assert answer.headers["access-control-allow-origin"] == "https://course.example.org", (
        "the page can read it"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (answer.status_code, answer.json()["code"], answer.json()["saved"]) == (500, "bug", False)
    (record,) = [each for each in caplog.records if each.getMessage() == "bug"]
    line = JsonLines().format(record)
    assert "RuntimeError" in line
    assert "test_guards.py" in line
    assert "canary" not in line + answer.text


# ---- a real server -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("server")
    found = RealServer(folder, str(folder / "quiz.sqlite"))
    found.program = PLAIN
    found.more = ("--seconds", "1")
    found.start()
    yield found
    found.kill()


def hung_up_after(server: RealServer, *parts: bytes, pause: float = 0.0) -> tuple[float, bytes]:
    """Send parts with pauses, and give the seconds until the server hangs up and what it said."""
    start = time.monotonic()
    said = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as line:
        try:
            for part in parts:
                line.sendall(part)
                time.sleep(pause)
            while got := line.recv(65536):
                said += got
        except ConnectionError:
            pass
    return time.monotonic() - start, said


@pytest.mark.parametrize("start", [b"", b"GET /api/health HTTP/1.1\r\nHost: quiz\r\n"])
def test_slow_headers_are_given_up(server: RealServer, start: bytes) -> None:
    seconds, said = hung_up_after(server, start)
    assert 0.5 < seconds < 6
    assert b"200" not in said


def test_headers_that_trickle_are_given_up(server: RealServer) -> None:
    trickle = [b"GET /api/health HTTP/1.1\r\nHost: quiz\r\n", *[b"X-More: 1\r\n"] * 60]
    seconds, said = hung_up_after(server, *trickle, pause=0.1)
    assert seconds < 5
    assert b"200" not in said


def test_a_second_request_has_its_own_time(server: RealServer) -> None:
    """The control: a connection that rests between requests, for longer than headers may take, is kept."""
    request = b"GET /api/health HTTP/1.1\r\nHost: quiz\r\n\r\n"
    last = request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    _, said = hung_up_after(server, request, last, pause=1.5)
    assert said.count(b"HTTP/1.1 200") == 2


def test_slow_bodies_are_given_up_by_a_real_server(server: RealServer) -> None:
    head = b"POST /api/me/claim HTTP/1.1\r\nHost: quiz\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n"
    seconds, said = hung_up_after(server, head, b"{")
    assert seconds < 6
    assert b" 408 " in said


@pytest.mark.parametrize("request_text", [
    b"\x16\x03\x01\x02\x00", b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    b"POST /api/me/claim HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/me/claim HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    b"POST /api/me/claim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /api/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n",
])  # fmt: skip
def test_requests_that_are_none(server: RealServer, request_text: bytes) -> None:
    _, said = hung_up_after(server, request_text)
    assert said[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 413", b"HTTP/1.1 401", b"HTTP/1.1 408")
    assert server.answers()
    assert "Traceback" not in server.log()


def test_answers_arrive_over_a_real_line(server: RealServer) -> None:
    """A client of the standard library's kind, not the tests' own."""
    import httpx  # noqa: PLC0415 - the only test that wants it

    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        ada = learner(client)  # type: ignore[arg-type]
        assert ada.submit(key="over-a-real-line").json() == ada.submit(key="over-a-real-line").json()
        assert len(ada.kept()) == 1
