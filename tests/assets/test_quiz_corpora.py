"""The questions of the real courses, answered by keyboard: wrong, partly and right."""

from __future__ import annotations

import pytest
from quiz_keyboard import answer_wrong_partly_right, expected, verdicts

pytestmark = [pytest.mark.browser, pytest.mark.corpora, pytest.mark.slow]

LLM = {
    "chapter1/7/": 11,
    "chapter2/9/": 10,
    "chapter3/2/": 5,
    "chapter3/3/": 6,
    "chapter3/4/": 7,
    "chapter3/5/": 5,
    "fr/chapter1/10/": 11,
    "fr/chapter2/8/": 12,
    "fr/chapter3/6/": 12,
    "ja/chapter1/10/": 11,
}
"""How many questions a page has."""


def show(question) -> None:
    """Choose the tab in which a question stands."""
    if not question.is_visible():
        block = question.locator("xpath=ancestor::div[contains(@class, 'tabbed-block')]")
        at = block.evaluate("each => [...each.parentElement.children].indexOf(each)")
        around = question.locator("xpath=ancestor::div[contains(@class, 'tabbed-set')]")
        around.locator(".tabbed-labels > label").nth(at).click()


def answer_page(page, number: int) -> None:
    page.locator("course-question").first.wait_for()
    questions = page.locator("course-question").all()
    assert len(questions) == number
    for each in questions:
        show(each)
        assert answer_wrong_partly_right(page, each) == expected(each)
        assert "right" in expected(each)
    page.reload()
    assert verdicts(page) == ["right"] * number
    assert page.locator("a[aria-current=page] .course-standing__done").count() == 1


class TestAudio:
    @pytest.fixture
    def site(self, audio_site):
        return audio_site

    def test_the_seven_questions_of_the_spanish_quiz_and_back_in_the_original(self, visit):
        page = visit("es/chapter1/quiz/")
        answer_page(page, 7)
        page.locator(".course-languages__button").focus()
        page.locator(".md-select__link[hreflang=en]").click()
        page.wait_for_url("**/chapter1/quiz/")
        assert page.locator("html").get_attribute("lang") == "en"
        assert verdicts(page) == ["right"] * 7


class TestLlm:
    @pytest.fixture
    def site(self, llm_site):
        return llm_site

    @pytest.mark.parametrize(("path", "number"), LLM.items())
    def test_every_question(self, visit, path, number):
        answer_page(visit(path), number)
