"""What instructors get of statistics from the server, and what nobody else gets."""

from __future__ import annotations

import csv
import io

import pytest
from a_class import NAMES, WRONG
from quiz_client import Person, learner
from small_bank import ITEMS, QUIZ, RIGHT

ADDRESSES = (
    f"/instructor/statistics/{QUIZ}",
    f"/instructor/items.csv?quiz={QUIZ}",
    f"/instructor/results.csv?quiz={QUIZ}",
)


@pytest.fixture
def a_few(client, ada: Person) -> Person:
    """Ada has answered all wrong, then all right; Bob all right in Spanish."""
    ada.submit(WRONG)
    ada.submit(RIGHT)
    learner(client).submit(RIGHT, language="es")
    return ada


def rows(answer) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="chapter1-quiz-')
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("a_few")
def test_statistics(teacher: Person) -> None:
    found = teacher.ask("GET", ADDRESSES[0]).json()
    group = found["statistics"]["group"]
    assert (group["learners"], group["submissions"], group["first"]["mean"], group["best"]["passed"]) == (
        2,
        3,
        0.5,
        1.0,
    )
    first = found["statistics"]["items"][0]
    assert (first["measures"]["facility"], first["measures"]["discrimination"]) == (0.5, None)
    assert first["measures"]["taken"][1] == {"answer": "b2", "count": 1, "share": 0.5, "right": False}
    assert [each["language"] for each in first["languages"]] == ["en", "es"]
    assert found["questions"][0]["words"]["es"] == {
        "prompt": "¿Qué es una fruta?",
        "choices": {"a1": "una manzana", "b2": "un ladrillo"},
    }
    assert (
        [each["id"] for each in found["questions"]]
        == [each["id"] for each in found["statistics"]["items"]]
        == list(NAMES)
    )


def test_nobody_else_gets_them(client, a_few: Person, teacher: Person) -> None:
    for address in ADDRESSES:
        for person in (a_few, Person(client), Person(client, teacher.token + "x")):
            refused = person.ask("GET", address)
            assert (refused.status_code, refused.json()["code"]) == (401, "no-instructor")
            assert "canary" not in refused.text
        assert teacher.ask("GET", address).status_code == 200
        assert teacher.ask("GET", address.replace(QUIZ, "none")).json()["code"] == "no-quiz"


def test_a_quiz_that_nobody_submitted(teacher: Person) -> None:
    found = teacher.ask("GET", ADDRESSES[0]).json()["statistics"]
    assert (found["group"]["learners"], found["group"]["first"]["mean"], found["languages"]) == (0, None, [])
    assert [len(rows(teacher.ask("GET", each))) for each in ADDRESSES[1:]] == [1 + len(ITEMS), 1]


@pytest.mark.usefixtures("a_few")
def test_questions_as_a_table(teacher: Person) -> None:
    head, every, english, spanish, *_ = rows(teacher.ask("GET", ADDRESSES[1]))
    named = [dict(zip(head, each, strict=False)) for each in (every, english, spanish)]
    assert [each["language"] for each in named] == ["all", "en", "es"]
    assert [float(each["facility"]) for each in named] == [0.5, 0.0, 1.0]
    assert [each["answer 1"] for each in named] == ["an apple", "an apple", "una manzana"]
    assert (named[0]["right 1"], named[0]["right 2"], float(named[0]["share 2"])) == ("yes", "no", 0.5)


def test_submissions_as_a_table_that_runs_nothing(client, a_few: Person, teacher: Person) -> None:
    a_few.ask("POST", "/me/name", json={"name": '=HYPERLINK("https://elsewhere.example")'})
    learner(client).submit({f"{QUIZ}#who": "@SUM(1+1)|cmd", f"{QUIZ}#rate": -3})
    body = {"submission": 1, "score": 0.5, "reason": "+ours"}
    assert teacher.ask("POST", "/instructor/corrections", json=body).status_code == 201
    head, *found = rows(teacher.ask("GET", ADDRESSES[2]))
    first, _, spanish, last = (dict(zip(head, each, strict=True)) for each in found)
    assert first["name"] == '\'=HYPERLINK("https://elsewhere.example")'
    assert (first["score"], first["graded score"], first["reason"], first["answer 2"]) == (
        "0.5",
        "0.0",
        "'+ours",
        "5",
    )
    assert (spanish["language"], spanish["answer 2"], spanish["score who"]) == ("es", "2 · 4", "1.0")
    assert (last["answer who"], float(last["answer rate"]), last["answer 1"]) == ("'@SUM(1+1)|cmd", -3, "")


def test_the_page_and_its_files(client) -> None:
    page = client.get("/instructor")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in page.text, "nothing of another host"
    for name in (
        "instructor.js",
        "figures.js",
        "page_parts.js",
        "questions.js",
        "submissions.js",
        "instructor.css",
        "tokens.css",
        "favicon.svg",
    ):
        assert client.get(f"/instructor/{name}").status_code == 200, name
    for name in ("../server.py", "%2e%2e/server.py", "instructor.html", "", "x.js", "..%2fserver.py"):
        assert client.get(f"/instructor/{name}").status_code == 404, name
