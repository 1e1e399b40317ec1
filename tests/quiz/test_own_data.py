"""What is kept of learners is theirs alone, and goes with them; instructors see results and correct them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from quiz_client import Person, learner
from small_bank import QUIZ, RIGHT

WRONG = {**RIGHT, f"{QUIZ}#1": ["b2"]}


# ---- one's own data ----------------------------------------------------------------------------------------


def test_a_name(ada: Person) -> None:
    assert (
        ada.ask("POST", "/me/name", json={"name": "  Ada <b> 洛夫莱斯 "}).json()["name"] == "Ada <b> 洛夫莱斯"
    )
    assert ada.ask("GET", "/me").json()["name"] == "Ada <b> 洛夫莱斯"
    for bad in ("a\u0000b", "a\nb", "x" * 101, 3, None):
        assert ada.ask("POST", "/me/name", json={"name": bad}).status_code == 422


def test_progress(ada: Person) -> None:
    ada.submit({})
    ada.submit(WRONG)
    (quiz,) = ada.ask("GET", "/me/progress").json()["quizzes"]
    assert (quiz["quiz"], quiz["attempts"], quiz["best"], quiz["passed"], quiz["left"]) == (
        QUIZ,
        2,
        0.8,
        True,
        None,
    )


def test_an_export_has_all(ada: Person, teacher: Person) -> None:
    ada.ask("POST", "/me/name", json={"name": "Ada"})
    ada.submit(WRONG)
    number = teacher.ask("GET", "/instructor/results").json()["results"][0]["id"]
    teacher.ask(
        "POST", "/instructor/corrections", json={"submission": number, "score": 1, "reason": "a typo of ours"}
    )
    export = ada.ask("GET", "/me/export").json()
    (submission,) = export["submissions"]
    assert (export["name"], submission["answers"], submission["score"]) == ("Ada", WRONG, 0.8)
    assert submission["corrections"][0]["reason"] == "a typo of ours"


def test_what_is_erased_is_gone_from_the_files(tmp_path, ada: Person, client, teacher: Person) -> None:
    bob = learner(client)
    bob.submit(WRONG)
    ada.ask("POST", "/me/name", json={"name": "a-name-to-forget"})
    ada.submit({f"{QUIZ}#who": "an-answer-to-forget"})

    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"a-name-to-forget" in on_disk()
    assert ada.ask("DELETE", "/me").json() == {"erased": True, "submissions": 1}
    assert b"to-forget" not in on_disk()
    assert [each["learner"] for each in teacher.ask("GET", "/instructor/results").json()["results"]] != []
    for path in ("/me", "/me/export", "/me/progress"):
        assert ada.ask("GET", path).json()["code"] == "no-learner"
    assert ada.submit().json()["code"] == "no-learner"
    assert ada.ask("DELETE", "/me").status_code == 401
    assert len(bob.kept()) == 1


# ---- another device ----------------------------------------------------------------------------------------


def test_a_code_takes_work_to_another_device(client, ada: Person) -> None:
    ada.submit(WRONG, key="from-the-desktop")
    code = ada.ask("POST", "/me/code").json()["code"]
    claimed = Person(client).ask("POST", "/me/claim", json={"code": f" {code.lower().replace('-', ' ')}"})
    phone = Person(client, claimed.json()["token"])
    assert phone.kept() == ada.kept() != []
    assert Person(client).ask("POST", "/me/claim", json={"code": code}).json()["code"] == "no-code", "once"


def test_what_was_done_on_the_other_device_comes_along(client, ada: Person) -> None:
    phone = learner(client)
    ada.submit(WRONG, key="the-same-key")
    done = phone.submit(RIGHT, key="the-same-key").json()
    phone.submit(RIGHT, key="from-the-phone")
    code = ada.ask("POST", "/me/code").json()["code"]
    claimed = phone.ask("POST", "/me/claim", json={"code": code}).json()
    assert claimed["moved"] == 2
    both = Person(client, claimed["token"])
    assert [each["attempt"] for each in both.kept()] == [1, 2, 3]
    assert [each["score"] for each in both.kept()] == [0.8, done["score"], 1.0]
    assert both.submit(RIGHT, key="from-the-phone").json()["attempt"] == 3, "its keys hold still"
    assert phone.ask("GET", "/me").status_code == 401


def test_codes_end(client, ada: Person, clock) -> None:
    old = ada.ask("POST", "/me/code").json()["code"]
    new = ada.ask("POST", "/me/code").json()["code"]
    nobody = Person(client)
    assert nobody.ask("POST", "/me/claim", json={"code": old}).status_code == 404, "a new one replaces it"
    clock.move(timedelta(minutes=16))
    assert nobody.ask("POST", "/me/claim", json={"code": new}).status_code == 404
    assert nobody.ask("POST", "/me/claim", json={"code": "0" * 12}).status_code == 404


def test_claiming_ones_own_code_changes_nothing(ada: Person) -> None:
    ada.submit()
    code = ada.ask("POST", "/me/code").json()["code"]
    assert ada.ask("POST", "/me/claim", json={"code": code}).json()["moved"] == 0
    assert len(ada.kept()) == 1


# ---- instructors -------------------------------------------------------------------------------------------


def test_results_come_in_pieces(client, ada: Person, teacher: Person) -> None:
    bob = learner(client)
    for person in (ada, bob, ada, bob, ada):
        person.submit(WRONG)
    found, after = [], 0
    while after is not None:
        page = teacher.ask("GET", "/instructor/results", params={"after": after, "most": 2}).json()
        found += page["results"]
        after = page["after"]
    assert len(found) == len({each["id"] for each in found}) == 5
    assert teacher.ask("GET", "/instructor/results", params={"quiz": "none"}).json()["results"] == []


def test_a_correction_counts_and_the_first_score_is_kept(ada: Person, teacher: Person) -> None:
    ada.submit({})
    number = teacher.ask("GET", "/instructor/results").json()["results"][0]["id"]
    for score, reason in ((0.5, "half is fine"), (0.9, "nearly all")):
        body = {"submission": number, "score": score, "reason": reason}
        assert teacher.ask("POST", "/instructor/corrections", json=body).status_code == 201
    (mine,) = ada.kept()
    assert (mine["score"], mine["passed"], mine["graded"]) == (0.9, True, 0.0)
    assert [each["reason"] for each in mine["corrections"]] == ["half is fine", "nearly all"]
    assert mine["corrections"][0]["instructor"] == "Grace"
    assert ada.ask("GET", "/me/progress").json()["quizzes"][0]["best"] == 0.9


@pytest.mark.parametrize("body", [
    {"submission": 999, "score": 1, "reason": "x"}, {"submission": 0, "score": 1, "reason": "x"},
    {"submission": 2**63, "score": 1, "reason": "x"}, {"submission": 1, "score": 1.1, "reason": "x"}, {"submission": 1, "score": 1, "reason": " "},
])  # fmt: skip
def test_corrections_that_cannot_be(ada: Person, teacher: Person, body: dict[str, object]) -> None:
    ada.submit({})
    assert teacher.ask("POST", "/instructor/corrections", json=body).status_code in (404, 422)
    assert ada.kept()[0]["corrections"] == []


@pytest.mark.parametrize(
    "path", ["/me", "/me/progress", "/me/export", f"/quizzes/{QUIZ}/submissions", "/instructor/results"]
)
def test_tokens_are_asked_for(client, ada: Person, teacher: Person, clock, path: str) -> None:
    """A learner's token is no instructor's, an instructor's no learner's, and a signed text of another kind is neither."""
    other = teacher if not path.startswith("/instructor") else ada
    cut = other.token[:-3]
    for token in ("", "x", cut, other.token, json.dumps("x"), ada.token + "A"):
        assert Person(client, token).ask("GET", path).status_code == 401, token
    assert {ada.ask("GET", path).status_code, teacher.ask("GET", path).status_code} == {200, 401}
    clock.move(timedelta(seconds=1001))
    assert teacher.ask("GET", path).status_code == 401, "an instructor's token ends"


def test_learners_see_only_their_own(client, ada: Person) -> None:
    bob = learner(client)
    ada.submit({f"{QUIZ}#who": "only for ada"}, key="the-key-of-ada")
    mine = ada.ask("GET", "/me").json()["learner"]
    for path in (
        "/me",
        "/me/export",
        "/me/progress",
        f"/quizzes/{QUIZ}/submissions",
        f"/quizzes/{QUIZ}/submissions?learner={mine}",
    ):
        assert "only for ada" not in bob.ask("GET", path).text
    assert bob.submit({f"{QUIZ}#who": "only for ada"}, key="the-key-of-ada").json()["attempt"] == 1
