from __future__ import annotations

import pytest
from exported_bank import whole_bank

from site_builder.quiz.answer_files import AnswerFault, graded_answers, read_answers

FILE = """
quiz: chapter1/quiz
answers:
  1: "]]> two lines"
  2: ["a < b & c", 33cc44dd]
  3: [33cc44dd, 11aa22bb, 4d5e6f70, 22bb33cc]
  name: SAMPLING rate
  5: 44,105
expect:
  score: 0.8333333333
  passed: true
  items: {1: right, 2: 1, chapter1/quiz#3: right, name: right, 5: 1.0, 6: unanswered}
"""


def graded(text):
    (part,) = read_answers(text)
    return graded_answers(part, whole_bank())


def test_answers_are_written_as_people_read_them():
    result, differences = graded(FILE)
    assert differences == ()
    assert [mark.state for mark in result.marks] == ["right"] * 5 + ["unanswered"]


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("score: 0.8333333333", "score: 1", "the score is 0.8333, expected 1"),
        ("passed: true", "passed: false", "it is passed, expected otherwise"),
        ("1: right", "1: wrong", "`chapter1/quiz#1` is right, expected wrong"),
        ("5: 1.0", "5: 0.5", "`chapter1/quiz#5` is worth 1, expected 0.5"),
        ("name: SAMPLING rate", "name: bits", "`chapter1/quiz#name` is wrong, expected right"),
    ],
)
def test_what_is_not_as_expected_is_told(old, new, difference):
    assert difference in graded(FILE.replace(old, new))[1]


def test_a_file_can_score_by_another_rule():
    text = "quiz: chapter1/quiz\nscoring: partial\nanswers: {2: 11aa22bb}\nexpect: {items: {2: 0.5}}"
    assert graded(text)[1] == ()
    assert graded(text.replace("partial", "exact"))[1] == ("`chapter1/quiz#2` is worth 0, expected 0.5",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "it cannot be read"),
        ("3", "it is no mapping"),
        ("- quiz: a\n- 3", "part 2 is no mapping"),
        ("answers: {}", "it names no `quiz`"),
        ("quiz: a\nanswer: {}", "it has `answer`: it can have answers"),
        ("quiz: a\nscoring: kind", "`scoring` of it is none of"),
        ("quiz: a\nexpect: {score: high}", "`score` of it is no number"),
        ("quiz: chapter1/quiz\nanswers: {9: x}", "has no question `9`: it has `1`, `2`"),
        ("quiz: chapter1/quiz\nanswers: {other/quiz#1: x}", "has no question `other/quiz#1`"),
        ("quiz: chapter1/quiz\nanswers: {1: nothing}", "`chapter1/quiz#1` has no choice `nothing`"),
        ("quiz: chapter1/quiz\nanswers: {1: true}", "neither choices nor a text"),
        ("quiz: chapter1/quiz\nanswers: {name: [a]}", "is a list, not a text"),
        ("quiz: chapter1/quiz\nexpect: {items: {1: good}}", "`good` is none of right"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(text, message):
    with pytest.raises(AnswerFault, match=message):
        graded(text)
