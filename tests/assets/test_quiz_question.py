"""Questions that are checked in the page: by keyboard, told in words, kept over reloads, languages and disks."""

from __future__ import annotations

import pytest
from question_course import write_course
from quiz_keyboard import answer_wrong_partly_right, check, choose, expected, verdict, verdicts

pytestmark = pytest.mark.browser

QUIZ = "one/quiz/"
RIGHT = ["right"] * 6


@pytest.fixture(scope="session")
def questions_site(build_once, tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    return build_once("questions", write_course(folder, 'shuffle: "on"'))


@pytest.fixture
def site(questions_site):
    return questions_site


def questions(page):
    page.locator("course-question").first.wait_for()
    return page.locator("course-question").all()


def answer_all(page) -> None:
    """Answer every question rightly, by keyboard."""
    tone, even, order, text, number, letter = questions(page)
    for each in (tone, even, letter):
        answer_wrong_partly_right(page, each)
    put_in_order(page, order)
    for each, answer in ((text, "  Sample RÂTE "), (number, "44,100")):
        each.get_by_role("textbox").focus()
        page.keyboard.insert_text(answer)
        page.keyboard.press("Enter")


def put_in_order(page, order) -> None:
    order.get_by_role("button", name="Move up: record").focus()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    order.get_by_role("button", name="Move down: listen").focus()
    for _ in range(2):
        page.keyboard.press("Enter")
    for _ in range(9):
        if order.locator("[type=submit]:focus").count():
            break
        page.keyboard.press("Tab")
    check(page, order)


def test_choices_are_answered_by_keyboard_wrong_partly_and_right(visit):
    page = visit(QUIZ)
    tone, even, *_, letter = questions(page)
    for each in (tone, even, letter):
        assert answer_wrong_partly_right(page, each) == expected(each)
    assert expected(even) == ["wrong", "partly", "right"]


def test_what_is_wrong_is_told_apart_from_what_is_missing(visit):
    page = visit(QUIZ)
    even = questions(page)[1]
    told = even.get_by_role("status")
    assert told.count() == 1, "the live region is there before it is needed"
    ids = {
        name: even.locator("li", has_text=name).first.get_attribute("data-choice")
        for name in ("two", "three", "four", "five")
    }
    for names, said in (
        (["two"], "Right so far, and there is more to find."),
        (["two", "four", "five"], "One of your answers is wrong."),
        (["three", "five"], "Some of your answers are wrong."),
        (["two", "four"], "That is right."),
    ):
        choose(page, even, [ids[name] for name in names])
        check(page, even)
        assert told.text_content() == said
        again = even.get_by_role("button", name="Try again")
        assert again.evaluate("each => each === document.activeElement")
        if names != ["two", "four"]:
            assert even.locator(".course-told--whole").count() == 0, "nothing tells the answer yet"
        page.keyboard.press("Enter")
        assert verdict(even) == ""
        assert even.locator("input:checked").count() == 0


def test_explanations_stand_at_what_was_chosen_and_at_all_once_it_is_right(visit):
    page = visit(QUIZ)
    tone = questions(page)[0]
    wall, hertz, letter = (
        tone.locator(".course-choices > li", has_text=each) for each in ("A wall", "440 Hz", "A letter")
    )
    wall.get_by_role("radio").check()
    tone.get_by_role("button", name="Check").click()
    assert "Not correct" in wall.text_content()
    assert "It is silent." in wall.text_content()
    assert tone.locator(".course-told").count() == 1
    note = wall.get_by_role("radio").get_attribute("aria-describedby")
    assert "It is silent." in tone.locator(f"#{note}").text_content()
    hertz.get_by_role("radio").check()
    assert verdict(tone) == "", "a new answer takes back what was told of the old one"
    assert tone.locator(".course-told").count() == 0
    tone.get_by_role("button", name="Check").click()
    assert "Correct" in hertz.text_content()
    assert hertz.locator(".course-told strong").text_content() == "A"
    assert "Nobody reads it aloud." in letter.text_content()


def test_nothing_is_no_answer(visit):
    page = visit(QUIZ)
    for each in questions(page)[:2] + questions(page)[3:5]:
        each.get_by_role("button", name="Check").press("Enter")
        assert each.get_by_role("status").text_content() == "Not answered yet."
        assert verdict(each) == "unanswered"
        assert each.locator("input:focus").count() == 1
        each.locator("input").first.press("Tab")


def test_texts_numbers_and_orders(visit):
    page = visit(QUIZ)
    _, _, order, text, number, _ = questions(page)
    for each, wrong, right in ((text, "sampling", "SAMPLING  rate"), (number, "44.1", "4.41e4")):
        field = each.get_by_role("textbox")
        field.fill(wrong)
        field.press("Enter")
        assert verdict(each) == "wrong"
        assert each.locator(".course-told").count() == 0
        field.fill(right)
        field.press("Enter")
        assert verdict(each) == "right"
        assert field.evaluate("each => each === document.activeElement")
    assert "It is measured in Hz." in text.text_content()
    order.get_by_role("button", name="Check").press("Enter")
    assert verdict(order) == "wrong", "it does not stand in its order"
    order.get_by_role("button", name="Try again").press("Enter")
    put_in_order(page, order)
    assert verdict(order) == "right"
    assert order.locator("li[data-mark=right]").count() == 3


def test_an_order_is_changed_by_the_pointer_and_told_to_screen_readers(visit):
    page = visit(QUIZ)
    order = questions(page)[2]
    items = order.locator(".course-choices > li")
    first = items.first.get_attribute("data-choice")
    order.get_by_role("button", name="Check").scroll_into_view_if_needed()
    top, bottom = (items.nth(at).bounding_box() for at in (0, 2))
    page.mouse.move(top["x"] + 60, top["y"] + 15)
    page.mouse.down()
    page.mouse.move(bottom["x"] + 60, bottom["y"] + bottom["height"] - 4, steps=6)
    page.mouse.up()
    assert items.last.get_attribute("data-choice") == first
    moved = items.last.locator("label > span").text_content()
    order.get_by_role("button", name=f"Move up: {moved}").press("Enter")
    assert order.get_by_role("status").text_content() == f"{moved}: place 2 of 3"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Move up: {moved}"


def test_answers_survive_a_reload_and_another_language(visit):
    page = visit(QUIZ)
    answer_all(page)
    assert verdicts(page) == RIGHT
    page.reload()
    assert verdicts(page) == RIGHT
    assert page.evaluate("document.activeElement === document.body")
    page.locator(".course-languages__button").focus()
    page.locator(".md-select__link[hreflang=fa]").click()
    page.wait_for_url("**/fa/one/quiz/")
    assert verdicts(page) == RIGHT
    assert "۴۴۰ هرتز" in page.locator("li[data-mark=right]").first.text_content()


def test_what_was_not_checked_is_kept_too(visit):
    page = visit(QUIZ)
    questions(page)[0].get_by_role("radio").nth(1).check()
    questions(page)[3].get_by_role("textbox").fill("perhaps")
    value = questions(page)[0].locator("input:checked").get_attribute("value")
    page.reload()
    assert verdicts(page) == [""] * 6
    assert questions(page)[0].locator("input:checked").get_attribute("value") == value
    assert questions(page)[3].get_by_role("textbox").input_value() == "perhaps"


def test_each_reader_has_an_order_of_choices_and_keeps_it(visit):
    def shown(page):
        return page.locator(".course-choices").evaluate_all(
            "all => all.map(each => [...each.children].map(item => item.dataset.choice))"
        )

    page = visit(QUIZ)
    questions(page)
    first = shown(page)
    page.goto(page.url.replace("one/", "es/one/"))
    questions(page)
    assert shown(page) == first
    others = []
    for _ in range(6):
        page.evaluate("localStorage.clear()")
        page.reload()
        questions(page)
        others.append(shown(page))
    letters = {tuple(each[3]) for each in [first, *others]}
    assert len(letters) == 1, "choices called A, B, C, D stay"
    assert len({tuple(each[1]) for each in [first, *others]}) > 1


@pytest.mark.parametrize(("path", "width", "scheme"), [(QUIZ, 1280, "light"), (f"fa/{QUIZ}", 390, "dark")])
def test_no_serious_finding_of_axe_in_answered_questions(visit, serious_findings, path, width, scheme):
    page = visit(path, width=width, scheme=scheme, check_policy=False)
    tone, even, order, *_ = questions(page)
    for each in (tone, even):
        each.locator("input").first.check()
        each.locator("[type=submit]").click()
    order.locator("[type=submit]").click()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_state_is_not_told_by_colour_alone(visit):
    page = visit(QUIZ)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    tone = questions(page)[0]
    answer_wrong_partly_right(page, tone)
    sign = "getComputedStyle(each, '::before')"
    for place in (".course-question__result", ".course-told__sign"):
        style = tone.locator(place).first.evaluate(f"each => [{sign}.maskImage, {sign}.backgroundColor]")
        assert "data:image/svg+xml" in style[0]
        assert style[1] in {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}


def test_on_paper_a_question_is_empty(visit):
    page = visit(QUIZ)
    answer_all(page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for name in (
        ".course-button",
        ".course-told",
        ".course-answers",
        ".course-question__result",
        ".course-order__moves",
    ):
        assert all(not each.is_visible() for each in page.locator(name).all()), name
    box = page.locator("course-question input:checked").first
    assert box.evaluate("each => getComputedStyle(each).appearance") == "none"
    assert box.evaluate("each => getComputedStyle(each).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert (
        page.get_by_role("textbox").last.evaluate("each => getComputedStyle(each).color")
        == "rgba(0, 0, 0, 0)"
    )


def test_a_question_is_named_by_its_heading_and_what_is_to_be_done(visit):
    page = visit(QUIZ)
    questions(page)
    assert page.get_by_role("group", name="2. Which are even? ¶ Choose all that apply.").count() == 1
    assert page.get_by_role("group", name="3. In which order? ¶ Put these in their order.").count() == 1


def test_without_scripts_the_form_and_its_answer_are_there(browser, serve, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(site) + QUIZ)
    page.get_by_role("checkbox").first.check()
    summary = page.locator(".course-answers summary").nth(1)
    summary.click()
    assert page.get_by_text("Half of it is two.").is_visible()
    assert page.locator(".course-button, .course-work-open:visible").count() == 0
    context.close()


def test_everything_works_from_a_disk(browser, site):
    context = browser.new_context()
    context.set_default_timeout(5000)
    page = context.new_page()
    faults = []
    # Material's search asks for an index that it cannot have there.
    page.on("pageerror", lambda error: "search_index" in str(error) or faults.append(str(error)))
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Quiz").last.click()
    answer_all(page)
    assert verdicts(page) == RIGHT
    page.locator(".course-languages__button").focus()
    page.locator(".md-select__link[hreflang=es]").click()
    page.wait_for_url("**/es/one/quiz/index.html")
    assert verdicts(page) == RIGHT
    page.locator(".md-header .md-logo").click()
    page.wait_for_url("**/es/index.html")
    assert page.locator(".course-pages .course-standing__score").text_content() == "6/6"
    assert faults == []
    context.close()
