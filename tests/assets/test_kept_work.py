"""What a browser keeps of a reader's work: ticks in the outline and on the start page, a file, and the way to erase it."""

from __future__ import annotations

import json
import shutil

import pytest
from question_course import write_course

pytestmark = pytest.mark.browser

DONE = ".course-standing__done"


@pytest.fixture(scope="session")
def questions_site(build_once, tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    return build_once("questions", write_course(folder, 'shuffle: "on"'))


@pytest.fixture
def site(questions_site):
    return questions_site


def answer_tone(page) -> None:
    tone = page.locator("course-question").first
    tone.locator("label", has_text="440").click()
    tone.get_by_role("button", name="Check").click()


def open_work(page):
    page.get_by_role("button", name="Your work").first.click()
    dialog = page.get_by_role("dialog", name="Your work")
    dialog.wait_for()
    return dialog


def save(page, dialog, path):
    with page.expect_download() as waiting:
        dialog.get_by_role("button", name="Save to a file").click()
    waiting.value.save_as(path)
    return json.loads(path.read_text(encoding="utf-8"))


def load(page, dialog, path):
    with page.expect_file_chooser() as waiting:
        dialog.get_by_role("button", name="Load from a file").click()
    waiting.value.set_files(path)
    said = dialog.get_by_role("status")
    page.wait_for_function("() => document.querySelector('.course-work__said').textContent")
    return said.text_content()


def test_a_page_is_finished_when_its_end_was_seen(visit):
    page = visit("one/text/")
    current = page.locator("a[aria-current=page]")
    page.wait_for_timeout(3500)
    assert current.locator(DONE).count() == 0, "its end was not seen"
    page.keyboard.press("End")
    current.locator(DONE).wait_for()
    assert current.locator(DONE).get_attribute("aria-label") == "Finished"
    page.goto(page.url.replace("one/text/", "es/"))
    item = page.locator(".course-pages__link", has_text="Text")
    assert item.locator(DONE).count() == 1
    chapter = page.locator(".course-chapter__done")
    assert "1" in chapter.text_content()
    assert chapter.locator("progress").get_attribute("max") == "2"


def test_quizzes_show_what_was_right(visit):
    page = visit("one/quiz/")
    assert page.locator(".course-standing").count() == 0
    answer_tone(page)
    score = page.locator("a[aria-current=page] .course-standing__score")
    assert score.text_content() == "1/6"
    assert score.get_attribute("aria-label") == "1 of 6 questions right"
    assert page.locator(DONE).count() == 0


def test_work_goes_into_a_file_and_comes_back(visit, tmp_path):
    page = visit("one/quiz/")
    answer_tone(page)
    dialog = open_work(page)
    assert "1 of 6 questions right" in dialog.text_content()
    file = tmp_path / "work.json"
    data = save(page, dialog, file)
    assert data["format"] == "course-work"
    assert [each["state"] for each in data["pages"]["one/quiz"]["answers"].values()] == ["right"]

    dialog.get_by_role("button", name="Erase my work").click()
    asked = dialog.get_by_role("alert")
    assert "gone for good" in asked.text_content()
    assert dialog.get_by_role("button", name="Cancel").evaluate("each => each === document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator("course-question[data-state=right]").count() == 1, "nothing is erased yet"
    dialog.get_by_role("button", name="Erase my work").click()
    dialog.get_by_role("button", name="Erase my work").click()
    assert dialog.get_by_role("status").text_content() == "Everything is erased."
    assert page.locator("course-question[data-state], .course-standing").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(each => each.startsWith('course /'))") == []

    assert load(page, dialog, file) == "The file's answers are here now."
    assert page.locator("course-question[data-state=right]").count() == 1


def test_of_two_answers_the_later_counts(visit, tmp_path):
    page = visit("one/quiz/")
    answer_tone(page)
    dialog = open_work(page)
    file = tmp_path / "work.json"
    data = save(page, dialog, file)
    (item,) = data["pages"]["one/quiz"]["answers"]
    for at, expected in ((1, "right"), (data["pages"]["one/quiz"]["answers"][item]["at"] + 1, "wrong")):
        data["pages"]["one/quiz"]["answers"][item] |= {"state": "wrong", "at": at}
        file.write_text(json.dumps(data), encoding="utf-8")
        load(page, dialog, file)
        kept = page.evaluate("course.kept.page('one/quiz')")
        assert kept["answers"][item]["state"] == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "This is no file of saved work."),
        ("[]", "This is no file of saved work."),
        ('{"format": "course-work", "version": 1, "pages": 3}', "This is no file of saved work."),
        ('{"format": "course-work", "version": 2, "pages": {}}', "This file was made by a newer version of this site."),
        ('{"format": "course-work", "version": 1, "course": "Birds", "pages": {"owl": {}}}', "This file belongs to another course."),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(visit, tmp_path, text, said):
    page = visit("one/quiz/")
    answer_tone(page)
    dialog = open_work(page)
    file = tmp_path / "work.json"
    file.write_text(text, encoding="utf-8")
    assert load(page, dialog, file) == said
    assert page.evaluate("Object.keys(course.kept.page('one/quiz').answers).length") == 1


def test_what_cannot_be_work_is_not_taken_from_a_file(visit, tmp_path):
    page = visit("one/quiz/")
    good = {"answer": "x", "state": "right", "at": 5}
    answers = {
        "one/quiz#name": good,
        "other/page#1": good,
        "one/quiz#2": {"answer": {"deep": 1}, "state": "right", "at": 5},
        "one/quiz#3": {"answer": ["<img src=x onerror=alert(1)>"], "state": "shining", "at": "late"},
        "__proto__": {"answer": "x", "polluted": True},
        "one/quiz#4": {"answer": "x" * 3000, "state": "right", "at": 5},
    }
    pages = {
        "one/quiz": {"answers": answers, "questions": 10**9, "finished": -4},
        "__proto__": {"answers": {}},
    }
    data = {"format": "course-work", "version": 1, "course": "Every kind of question", "pages": pages}
    file = tmp_path / "work.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    load(page, open_work(page), file)
    kept = page.evaluate("course.kept.page('one/quiz')")
    assert kept["answers"] == {
        "one/quiz#name": good,
        "one/quiz#3": {"answer": ["<img src=x onerror=alert(1)>"], "state": "", "at": 0},
    }
    assert (kept["questions"], kept["finished"]) == (500, 0)
    page.reload()
    assert page.locator("course-question").count() == 6
    assert page.evaluate("({}).polluted") is None


def test_courses_at_one_host_keep_apart(browser, serve, site, tmp_path):
    for name in ("a", "b"):
        shutil.copytree(site, tmp_path / name)
    address = serve(tmp_path)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}a/one/quiz/")
    answer_tone(page)
    page.goto(f"{address}b/one/quiz/")
    page.locator("course-question").first.wait_for()
    assert page.locator("course-question[data-state]").count() == 0
    page.goto(f"{address}a/es/one/quiz/")
    page.locator("course-question[data-state=right]").wait_for()
    context.close()


def test_without_storage_the_page_works_and_says_so(browser, serve, site):
    context = browser.new_context()
    page = context.new_page()
    faults = []
    # Material's own scripts are not prepared for this.
    page.on("pageerror", lambda error: faults.append(error.stack) if "/scripts/" in error.stack else None)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('closed', 'SecurityError'); }})"
    )
    page.goto(serve(site) + "one/quiz/")
    answer_tone(page)
    assert page.locator("course-question[data-state=right]").count() == 1
    assert page.locator("a[aria-current=page] .course-standing__score").text_content() == "1/6"
    assert "save your work to a file" in open_work(page).text_content()
    assert faults == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_no_serious_finding_of_axe_in_the_dialog(visit, serious_findings, width, scheme):
    page = visit("one/quiz/", width=width, scheme=scheme, check_policy=False)
    answer_tone(page)
    page.goto(page.url.replace("one/quiz/", "fa/"))
    page.locator(".course-hero .course-work-open").click()
    page.locator(".course-work__erase button").click()
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    assert not page.locator(".course-work").is_visible()
    assert page.locator(".course-work-open:focus").count() == 1
