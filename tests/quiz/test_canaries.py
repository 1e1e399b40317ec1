"""A graded quiz as the world sees it: the site's files, the server's answers and its log tell nothing of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from real_server import RealServer
from test_graded_quiz import SECRETS, SETTINGS, folder  # noqa: F401 - a fixture

from site_builder.hosts.publication import publish
from site_builder.pipeline import build
from site_builder.quiz.bank_files import bank_text
from site_builder.quiz_banks import banks

if TYPE_CHECKING:
    from pathlib import Path

NEVER = SETTINGS.format(graded="all") + "      explanations: never\n"


def told(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


def told_by_site(course: Path, site: Path) -> set[str]:
    publish(build(course, jobs=1), site, jobs=1)
    return {
        each
        for file in site.rglob("*")
        if file.is_file()
        for each in told(file.read_text("utf-8", "replace"))
    }


def test_no_file_of_the_site_tells_the_key(folder: Path, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    assert told_by_site(folder, tmp_path / "open") == set(SECRETS), "the control: a self-check has its key"
    (folder / "mkdocs.yml").write_text(NEVER)
    assert told_by_site(folder, tmp_path / "closed") == set()
    page = (tmp_path / "closed/quiz/index.html").read_text()
    assert page.count("<noscript>") == 1, "who has no JavaScript is told that it cannot be submitted"
    names = {file.name for file in (tmp_path / "closed").rglob("*")}
    assert {"search_index.json", "quiz.ipynb"} <= names, "the control: both were looked through"


@pytest.mark.slow
def test_no_answer_and_no_log_of_the_server_tells_the_key(folder: Path, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    (folder / "mkdocs.yml").write_text(NEVER)
    (bank,) = banks(folder, graded=True).values()
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks/quiz.json").write_text(bank_text(bank))
    server = RealServer(tmp_path, str(tmp_path / "quiz.sqlite")).start()
    heard: list[str] = []
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}/api") as client:

            def ask(method: str, path: str, **more: object) -> httpx.Response:
                answer = client.request(method, path, **more)  # type: ignore[arg-type]
                heard.append(f"{answer.headers} {answer.text}")
                return answer

            client.headers["Authorization"] = f"Bearer {ask('POST', '/learners').json()['token']}"
            sheet = ask("GET", "/quizzes/quiz/sheet?language=es").json()
            first = {each["id"]: [each["choices"][0]["id"]] for each in sheet["items"] if each["choices"]}
            for number, answers in enumerate(
                [{}, first, {each["id"]: None for each in sheet["items"]}, {"x": 1}]
            ):
                body = {"language": "es", "answers": answers}
                ask(
                    "POST",
                    "/quizzes/quiz/submissions",
                    json=body,
                    headers={"Idempotency-Key": f"key-{number}"},
                )
            for path in (
                "/quizzes/quiz/submissions",
                "/me",
                "/me/progress",
                "/me/export",
                "/openapi.json",
                "/quizzes",
            ):
                ask("GET", path)
    finally:
        server.end()
    everything = "\n".join(heard) + server.log()
    assert "right 0" in everything, "the control: the questions were asked for"
    assert told(everything) == []
