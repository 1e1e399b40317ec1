"""`course serve` of a course with graded quizzes: a quiz server of its own, which follows the questions."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from pathlib import Path

OUTLINE = "- title: One\n  sections:\n    - {local: chapter1/quiz, title: Quiz, quiz: 1}\n"
QUESTION = '# Quiz\n\n### Which?\n\n<Question choices={[{text: "this", correct: true, explain: "e"}, {text: "that", explain: "e"}]} />\n'
SETTINGS = "plugins:\n  - course:\n      graded: [all]\n      quiz_server: https://quiz.example.org\n"


def written(folder: Path) -> Path:
    (folder / "chapters/en/chapter1").mkdir(parents=True)
    (folder / "chapters/en/_toctree.yml").write_text(OUTLINE)
    (folder / "chapters/en/chapter1/quiz.mdx").write_text(QUESTION)
    (folder / "mkdocs.yml").write_text(SETTINGS)
    return folder


def waited(seen, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := seen():
                return found
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("it never happened")


def test_quizzes_are_graded_beside_the_site_and_follow_the_questions(tmp_path: Path) -> None:
    folder, log = written(tmp_path / "course"), tmp_path / "log"
    command = [sys.executable, "-m", "site_builder.cli.main", "serve", str(folder), "--port", "0"]
    environment = {**os.environ, "COURSE_CACHE": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        site = waited(lambda: re.search(r"ready: (\S+)/ ", log.read_text()))[1]
        server = re.search(r"graded at (\S+),", log.read_text())[1]
        page = httpx.get(f"{site}/chapter1/quiz/").text
        assert f"connect-src 'self' {server}" in page
        assert "quiz.example.org" not in page
        sheet = f"{server}/api/quizzes/chapter1/quiz/sheet?language=en"
        answer = waited(lambda: httpx.get(sheet, headers={"Origin": site}))
        assert answer.headers["access-control-allow-origin"] == site
        assert [len(each["choices"]) for each in answer.json()["items"]] == [2]
        text = QUESTION.replace("]} />", ', {text: "neither", explain: "e"}]} />')
        (folder / "chapters/en/chapter1/quiz.mdx").write_text(text)
        waited(lambda: [len(each["choices"]) for each in httpx.get(sheet).json()["items"]] == [3])
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in {0, 130}
    waited(lambda: is_gone(server))


def is_gone(address: str) -> bool:
    try:
        httpx.get(f"{address}/api/health", timeout=1)
    except httpx.TransportError:
        return True
    return False
