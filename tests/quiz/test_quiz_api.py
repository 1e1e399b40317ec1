"""What learners and instructors get from the server, and what they do not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from quiz_client import Person, learner
from small_bank import BANK, ITEMS, QUIZ, RIGHT, bank_with

from site_builder.quiz.serving.held_banks import hold

WRONG = {**RIGHT, f"{QUIZ}#1": ["b2"]}


def test_a_sheet_has_no_key(client) -> None:
    sheet = client.get(f"/api/quizzes/{QUIZ}/sheet", params={"language": "es"})
    assert sheet.status_code == 200
    values = sheet.json()
    assert (values["title"], values["language"]) == ("Prueba", "es")
    assert [item["id"] for item in values["items"]] == [item.id for item in ITEMS]
    assert values["items"][0]["prompt"] == "¿Qué es una fruta?"
    assert values["items"][1]["prompt"] == "Which are even?", (
        "what has no words in a language has the original's"
    )
    for secret in ("canary", "44100", "it grows", "crece", "right", "accepted", "odd", "he was"):
        assert secret not in sheet.text


def test_the_choices_of_an_order_are_not_in_their_order(client) -> None:
    steps = client.get(f"/api/quizzes/{QUIZ}/sheet").json()["items"][4]
    assert [choice["id"] for choice in steps["choices"]] == ["x3", "y2", "z1"]


@pytest.mark.parametrize(("wanted", "got"), [("es-MX", "es"), ("ES", "es"), ("de", "en")])
def test_a_language_has_the_nearest_sheet(client, wanted: str, got: str) -> None:
    assert client.get(f"/api/quizzes/{QUIZ}/sheet", params={"language": wanted}).json()["language"] == got


def test_a_quiz_may_be_named_with_escaped_slashes(client) -> None:
    assert client.get("/api/quizzes/chapter1%2Fquiz/sheet").status_code == 200
    assert client.get("/api/quizzes/chapter2%2Fquiz/sheet").json()["code"] == "no-quiz"


def test_a_submission_is_graded_and_kept(ada: Person) -> None:
    answer = ada.submit(WRONG, language="es")
    assert answer.status_code == 201
    values = answer.json()
    assert next(iter(values)) == "saved"
    assert (values["saved"], values["score"], values["passed"], values["attempt"]) == (True, 0.8, True, 1)
    assert [mark["state"] for mark in values["marks"]] == ["wrong", "right", "right", "right", "right"]
    assert values["marks"][0]["explanations"] == {"a1": "crece", "b2": "se cuece"}
    assert ada.kept() == [values]


def test_answers_are_kept_as_given(ada: Person) -> None:
    answers = {f"{QUIZ}#who": " \u0000 ünïcode \U0001f34e", f"{QUIZ}#rate": "44.100", f"{QUIZ}#2": []}
    assert ada.submit(answers).status_code == 201
    assert ada.kept()[0]["answers"] == answers


@pytest.mark.parametrize("answers", [
    {f"{QUIZ}#9": "x"}, {f"{QUIZ}#1": ["zz"]}, {f"{QUIZ}#1": {"a": 1}}, {f"{QUIZ}#1": True}, {f"{QUIZ}#who": ["x"]},
    {f"{QUIZ}#steps": ["z1", "z1"]}, {"x" * 400: "x"}, {f"{QUIZ}#who": "x" * 2001}, [], None, "x",
])  # fmt: skip
def test_answers_that_cannot_be_are_refused_and_not_kept(ada: Person, answers: object) -> None:
    refused = ada.submit(answers)
    assert refused.status_code == 422
    assert refused.json()["saved"] is False
    assert ada.kept() == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 400])
def test_numbers_that_are_none_are_refused(ada: Person, number: str) -> None:
    body = f'{{"language": "en", "answers": {{"{QUIZ}#rate": {number}}}}}'
    headers = {"Idempotency-Key": "a-key-of-its-own", "Content-Type": "application/json"}
    refused = ada.ask("POST", f"/quizzes/{QUIZ}/submissions", content=body, headers=headers)
    assert refused.status_code == 422


@pytest.mark.parametrize("text", ['"\\ud800"', '"\\udfff\\ud800"'])
def test_broken_unicode_is_an_answer_or_refused(ada: Person, text: str) -> None:
    for body in (
        f'{{"language": "en", "answers": {{"{QUIZ}#who": {text}}}}}',
        f'{{"language": "en", "answers": {{{text}: 1}}}}',
    ):
        headers = {"Idempotency-Key": f"key{len(body)}-of-its-own", "Content-Type": "application/json"}
        answer = ada.ask("POST", f"/quizzes/{QUIZ}/submissions", content=body, headers=headers)
        assert answer.status_code in (201, 422)
        assert ada.ask("GET", "/me/export").status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"null", b"[1]", b'{"language":"en"}', b'{"language":"en","answers":{},"x":1}'],
)
def test_what_is_no_submission_is_refused(ada: Person, body: bytes) -> None:
    headers = {"Idempotency-Key": "a-key-of-its-own", "Content-Type": "application/json"}
    assert ada.ask("POST", f"/quizzes/{QUIZ}/submissions", content=body, headers=headers).status_code in (
        400,
        422,
    )


def test_a_submission_needs_a_key(ada: Person) -> None:
    body = {"language": "en", "answers": RIGHT}
    assert ada.ask("POST", f"/quizzes/{QUIZ}/submissions", json=body).status_code == 422
    assert ada.submit(key="short").status_code == 422
    assert ada.kept() == []


def test_the_same_key_gives_the_same_answer(ada: Person) -> None:
    first = ada.submit(WRONG, key="the-first-key")
    again = ada.submit(WRONG, key="the-first-key")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert len(ada.kept()) == 1


def test_the_same_key_with_other_answers_is_refused(ada: Person) -> None:
    first = ada.submit(WRONG, key="the-first-key").json()
    for more in ({"answers": RIGHT}, {"answers": WRONG, "language": "es"}):
        refused = ada.submit(**more, key="the-first-key")
        assert (refused.status_code, refused.json()["code"]) == (422, "key-reused")
    assert ada.kept() == [first]


def test_another_learner_may_have_the_same_key(client, ada: Person) -> None:
    bob = learner(client)
    ada.submit(RIGHT, key="the-first-key")
    assert bob.submit(WRONG, key="the-first-key").json()["score"] == 0.8
    assert len(ada.kept()) == len(bob.kept()) == 1


def test_errors_do_not_repeat_what_was_sent(ada: Person) -> None:
    refused = ada.submit({f"{QUIZ}#1": {"a-canary-of-mine": 1}})
    assert refused.status_code == 422
    assert "a-canary-of-mine" not in refused.text


# ---- attempts, deadlines, explanations ---------------------------------------------------------------------


def test_attempts_are_counted(serving) -> None:
    ada = learner(serving(bank_with(attempts=2)))
    assert [ada.submit(WRONG).json()["left"] for _ in range(2)] == [1, 0]
    refused = ada.submit(RIGHT)
    assert (refused.status_code, refused.json()["code"], refused.json()["saved"]) == (
        409,
        "attempts-used",
        False,
    )
    assert len(ada.kept()) == 2


def test_a_repeated_key_is_no_attempt(serving) -> None:
    ada = learner(serving(bank_with(attempts=1)))
    assert {ada.submit(key="my-only-attempt").status_code for _ in range(3)} == {201}


def test_a_deadline_has_a_grace_period(serving, clock) -> None:
    due = clock.now() + timedelta(hours=1)
    ada = learner(serving(bank_with(deadline=due.isoformat(), grace=30)))
    late = []
    for step in (timedelta(minutes=59), timedelta(seconds=90), timedelta(seconds=1)):
        clock.move(step)
        late.append(ada.submit().json()["late"])
    assert late == [False, False, True]
    assert ada.ask("GET", "/me/progress").json()["quizzes"][0]["in_time"] == 1.0
    assert [each["late"] for each in ada.kept()] == late, "late work is kept"


def test_a_deadline_counts_in_any_time_zone(serving, clock) -> None:
    ada = learner(serving(bank_with(deadline="2030-05-17T14:00:00+02:00", grace=0)))
    assert ada.submit().json()["late"] is False
    clock.move(timedelta(seconds=1))
    assert ada.submit().json()["late"] is True


@pytest.mark.parametrize("deadline", ["tomorrow", "2030-05-17T14:00:00", "2030-05-17"])
def test_a_deadline_that_is_no_time_keeps_a_server_from_starting(deadline: str) -> None:
    with pytest.raises(ValueError, match=f"`{QUIZ}`"):
        hold([bank_with(deadline=deadline)])


@pytest.mark.parametrize(("explanations", "told"), [
    ("always", [True, True]), ("right", [False, True]), ("never", [False, False]),
])  # fmt: skip
def test_explanations_follow_the_rules(serving, explanations: str, told: list[bool]) -> None:
    ada = learner(serving(bank_with(explanations=explanations)))
    marks = ada.submit(WRONG).json()["marks"]
    assert [mark["key"] is not None for mark in marks[:2]] == told
    assert [mark["explanations"] is not None for mark in marks[:2]] == told


def test_explanations_after_the_last_attempt_or_a_pass(serving) -> None:
    client = serving(bank_with(explanations="last", attempts=2, pass_mark=1.0))
    ada, bob = learner(client), learner(client)
    assert ada.submit(WRONG).json()["marks"][0]["key"] is None
    assert ada.kept()[0]["marks"][0]["key"] is None
    assert ada.submit(WRONG).json()["marks"][0]["key"] == {"right": ["a1"]}
    assert bob.submit(RIGHT).json()["marks"][0]["key"] == {"right": ["a1"]}


def test_untold_keys_are_nowhere(serving) -> None:
    ada = learner(serving(bank_with(explanations="never")))
    texts = [ada.submit({}).text, *(ada.ask("GET", path).text for path in (
        "/quizzes", f"/quizzes/{QUIZ}/sheet", f"/quizzes/{QUIZ}/submissions", "/me", "/me/progress", "/me/export", "/openapi.json",
    ))]  # fmt: skip
    assert not [text for text in texts if "canary" in text or "44100" in text or "it grows" in text]


# ---- a quiz that changes -----------------------------------------------------------------------------------


def test_what_was_answered_on_an_earlier_sheet_is_graded_with_that(serving) -> None:
    ada = learner(serving())
    sheet = ada.ask("GET", f"/quizzes/{QUIZ}/sheet").json()
    newer = replace(BANK, items=BANK.items[1:])
    again = Person(serving(newer), ada.token)
    assert again.submit(RIGHT).json()["code"] == "unreadable", "the control: without the sheet's version"
    answer = again.submit(RIGHT, bank=sheet["bank"])
    assert (answer.status_code, answer.json()["score"]) == (201, 1.0)
    assert answer.json()["bank"] == sheet["bank"]
    assert again.submit(RIGHT, bank="00" * 16).status_code == 422


def test_a_repeated_answer_is_the_same_after_the_quiz_has_changed(serving) -> None:
    ada = learner(serving())
    first = ada.submit(RIGHT, key="the-first-key").json()
    items = (replace(BANK.items[0], right=("b2",)), *BANK.items[1:])
    again = Person(serving(replace(BANK, items=items)), ada.token)
    assert again.submit(RIGHT, key="the-first-key").json() == first
    assert again.submit(RIGHT).json()["score"] == 0.8


# ---- the addresses ----------------------------------------------------------------------------------------


def test_openapi_describes_the_addresses(client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/quizzes/{quiz}/sheet", "/api/quizzes/{quiz}/submissions", "/api/me/export"} <= set(paths)
    assert "Idempotency-Key" in json.dumps(paths["/api/quizzes/{quiz}/submissions"]["post"])
    assert client.get("/docs").status_code == 404


def test_what_is_not_there(client) -> None:
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/api/nothing", 404),
        ("PUT", "/api/me", 405),
        ("GET", "/api/learners", 405),
    ):
        answer = client.request(method, path)
        assert (answer.status_code, answer.json()["saved"]) == (status, False)
