"""The page's script grades as the server does: the same cases, in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "assets" / "scripts"
VECTORS = json.loads((HERE.parent / "quiz" / "vectors.json").read_text(encoding="utf-8"))

GRADE = """vectors => vectors.map(({item, answer, marks}) =>
  Object.fromEntries(Object.keys(marks).map(rule => [rule, course.grade(item, answer, rule)])))"""
REFUSED = """([item, answer]) => { try { course.grade(item, answer); return false; } catch (error) { return error.message; } }"""
CHOICES = {"kind": "multiple", "choices": ["a", "b"], "right": ["a"]}


@pytest.fixture(scope="module")
def grader(browser):
    """Give a page that has the grading scripts and nothing else."""
    page = browser.new_page()
    page.set_content("<!doctype html><script>const course = {};</script>")
    for name in ("quiz_texts", "quiz_grading"):
        page.add_script_tag(content=(SCRIPTS / f"{name}.js").read_text(encoding="utf-8"))
    yield page
    page.close()


def test_every_case_of_the_server_is_graded_alike(grader):
    found = grader.evaluate(GRADE, VECTORS)
    differing = {
        vector["title"]: (rule, mark, marks[rule])
        for vector, marks in zip(VECTORS, found, strict=True)
        for rule, mark in vector["marks"].items()
        if marks[rule] != pytest.approx(mark)
    }
    assert differing == {}
    assert len(found) > 100


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (CHOICES, ["c"]),
        (CHOICES, 3),
        ({**CHOICES, "kind": "order"}, ["a", "a"]),
        ({"kind": "text", "accepted": ["x"], "fold": []}, ["x"]),
    ],
)
def test_what_cannot_be_an_answer_is_refused(grader, item, answer):
    assert grader.evaluate(REFUSED, [item, answer])
    assert not grader.evaluate(REFUSED, [CHOICES, ["a"]])
