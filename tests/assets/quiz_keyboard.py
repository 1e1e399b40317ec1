"""A learner who answers questions with the keyboard alone."""

from __future__ import annotations

import json
from typing import Any

BUTTON_OF = "[type=submit]"


def key_of(question: Any) -> dict[str, Any]:
    """Give the key in a self-check's form."""
    found: dict[str, Any] = json.loads(question.locator("form").get_attribute("data-key"))
    return found


def choose(page: Any, question: Any, wanted: list[str]) -> None:
    """Choose exactly `wanted`, ids of choices, in a question where nothing is chosen yet."""
    inputs = question.locator(".course-choices input")
    values = inputs.evaluate_all("all => all.map(each => each.value)")
    inputs.first.focus()
    if inputs.first.get_attribute("type") == "radio":
        for _ in range(values.index(wanted[0])):
            page.keyboard.press("ArrowDown")
        if wanted[0] == values[0]:
            page.keyboard.press(" ")
        page.keyboard.press("Tab")
        return
    for value in values:
        if value in wanted:
            page.keyboard.press(" ")
        page.keyboard.press("Tab")


def check(page: Any, question: Any) -> str:
    """Press the button that has the focus now, and give the verdict."""
    assert question.locator(f"{BUTTON_OF}:focus").count() == 1
    page.keyboard.press("Enter")
    return verdict(question)


def verdict(question: Any) -> str:
    """Give what a question was found to be, empty where it is open."""
    return question.get_attribute("data-state") or ""


def verdicts(page: Any) -> list[str]:
    """Give what all questions of a page were found to be."""
    page.locator("course-question").first.wait_for()
    return [verdict(each) for each in page.locator("course-question").all()]


def answer_wrong_partly_right(page: Any, question: Any) -> list[str]:
    """Answer a question of choices wrong, partly where it can be, and right; give the verdicts and leave it right."""
    right = key_of(question)["right"]
    choices = question.locator(".course-choices input").evaluate_all("all => all.map(each => each.value)")
    others = [each for each in choices if each not in right]
    tries = [others[:1], right[:1] if len(right) > 1 else [], right]
    found = []
    for each in tries:
        if each:
            if found:
                page.keyboard.press("Enter")  # the focus is on "Try again"
            choose(page, question, each)
            found.append(check(page, question))
    return found


def expected(question: Any) -> list[str]:
    """Give the verdicts that `answer_wrong_partly_right` should give."""
    right = key_of(question)["right"]
    wrong = question.locator(".course-choices > li").count() > len(right)
    return [*(["wrong"] if wrong else []), *(["partly"] if len(right) > 1 else []), "right"]
