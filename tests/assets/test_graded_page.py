"""A graded quiz in a browser, against a real server: nothing lost, nothing twice, and the learner is told first whether it is saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from graded_site import QuizServer, free_port, make
from question_course import write_course

pytestmark = pytest.mark.browser

QUIZ = "one/quiz/"
OFFLINE = "Kept in this browser, not sent yet; it will be sent again by itself."


def build(factory, name, settings="", front=""):
    """Give (site, banks, port) of a graded course."""
    folder, port = factory.mktemp(name), free_port()
    course = write_course(
        folder / "course", f'quiz_server: "http://127.0.0.1:{port}", graded: [all]{settings}', front
    )
    make(course, folder / "site", folder / "banks", folder / "cache")
    return folder / "site", folder / "banks", port


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return build(tmp_path_factory, "graded", ', attempts: "3", scoring: each')


@pytest.fixture(scope="module")
def overdue(tmp_path_factory):
    past = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    front = f"---\nquiz:\n  deadline: {past}\n  explanations: never\n---\n\n"
    return build(tmp_path_factory, "overdue", front=front)


@pytest.fixture
def learner(browser, serve, tmp_path):
    """A function: a graded course -> (address, quiz server that runs, function that gives a new learner's context)."""
    servers, contexts, faults = [], [], []

    def start(made):
        site, banks, port = made
        address = serve(site)
        server = QuizServer(tmp_path, banks, port, address)
        server.start()
        servers.append(server)

        def context(**given):
            found = browser.new_context(reduced_motion="reduce", **given)
            found.set_default_timeout(10000)
            found.on("weberror", lambda error: faults.append(str(error.error)))
            found.add_init_script(
                "addEventListener('securitypolicyviolation', e => { throw new Error(e.violatedDirective); })"
            )
            contexts.append(found)
            return found

        return address, server, context

    start.faults = faults
    yield start
    for each in contexts:
        each.close()
    for each in servers:
        each.stop()
    assert faults == []


def answer(page, *, all_right: bool = True) -> None:
    """Answer all questions."""
    page.locator(".course-submission").wait_for()
    tone, even, order, text, number, letter = page.locator("course-question").all()
    tone.locator("label", has_text="440" if all_right else "letter").click()
    for each in ("two", "four"):
        even.locator("label", has_text=each).click()
    for _ in range(2):
        order.locator("li", has_text="record").locator(".course-order__move--up").press("Enter")
        order.locator("li", has_text="listen").locator(".course-order__move--down").press("Enter")
    text.get_by_role("textbox").fill("sample rate")
    number.get_by_role("textbox").fill("44100")
    letter.locator("input").first.check()


def submit(page) -> None:
    page.locator(".course-submission .course-button").first.press("Enter")


def said(page, text: str):
    """Wait until the page says `text` of whether the work is saved, and give all that it says."""
    page.locator(".course-submission__saved", has_text=text).wait_for()
    return page.locator(".course-submission__status").text_content()


def kept(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter(each => each.includes(' outbox '))")


def test_a_submission_is_saved_first_and_then_told(learner, graded):
    address, server, context = learner(graded)
    page = context().new_page()
    page.goto(address + QUIZ)
    assert page.locator("form[data-key]").count() == 0
    answer(page, all_right=False)
    assert page.locator(".course-submission__rules").inner_text().split("\n") == [
        "To pass: 70%",
        "Attempts left: 3",
    ]
    assert server.submissions() == []
    submit(page)
    status = said(page, "Saved on the server at")
    assert status.index("Saved on the server") < status.index("Result: 89%.") < status.index("Passed.")
    (row,) = server.submissions()
    assert row["answers"]["one/quiz#name"] == "sample rate"
    assert row["language"] == "en"
    assert page.locator("course-question[data-state=right]").count() == 5
    assert page.locator("course-question").first.get_by_role("status").text_content() == "Not right yet."
    assert page.locator(".course-told", has_text="A above middle C").locator("strong").text_content() == "A"
    link = page.locator(".course-told a", has_text="the text")
    assert link.evaluate("each => each.href") == f"{address}one/text/"
    assert page.locator("a[aria-current=page] .course-standing__score").text_content() == "5/6"
    page.reload()
    assert "Result: 89%." in said(page, "Saved on the server at")
    assert page.locator("course-question[data-state=right]").count() == 5
    page.goto(address + "es/" + QUIZ)
    page.locator("course-question[data-state=right]").nth(4).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_of_axe_in_a_result(learner, graded, serious_findings, scheme):
    address, _, context = learner(graded)
    page = context(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(address + "fa/" + QUIZ)
    answer(page, all_right=False)
    submit(page)
    page.locator(".course-submission__saved[data-state=saved]").wait_for()
    assert serious_findings(page) == []


def test_who_has_not_answered_everything_is_asked_first(learner, graded):
    address, server, context = learner(graded)
    page = context().new_page()
    page.goto(address + QUIZ)
    page.locator("course-question").first.locator("input").first.check()
    submit(page)
    said(page, "5 of 6 questions are not answered yet.")
    assert server.submissions() == []
    page.get_by_role("button", name="Submit anyway").press("Enter")
    said(page, "Saved on the server at")
    (row,) = server.submissions()
    assert list(row["answers"]) == ["one/quiz#1"]
    assert page.locator("course-question[data-state=unanswered]").count() == 5
    order = page.locator("course-question", has=page.locator(".course-order__move"))
    assert order.locator("li[data-mark=wrong]").count() == 0, "what was not answered is not wrong"


def test_offline_it_is_kept_and_sent_once_when_there_is_a_connection(learner, graded):
    address, server, context = learner(graded)
    here = context()
    page = here.new_page()
    page.goto(address + QUIZ)
    answer(page)
    here.set_offline(True)
    submit(page)
    assert "The server cannot be reached." in said(page, OFFLINE)
    assert len(kept(page)) == 1
    assert server.submissions() == []
    assert page.get_by_role("button", name="Submit", exact=True).get_attribute("aria-disabled") == "true"
    here.set_offline(False)
    assert "Result: 100%." in said(page, "Saved on the server at")
    assert kept(page) == []
    assert len(server.submissions()) == 1


def test_a_day_later_any_page_of_the_course_sends_it(learner, graded):
    address, server, context = learner(graded)
    here = context()
    page = here.new_page()
    page.goto(address + QUIZ)
    answer(page)
    server.stop()
    submit(page)
    said(page, OFFLINE)
    page.reload()
    said(page, OFFLINE)
    assert page.locator("course-question").nth(3).get_by_role("textbox").input_value() == "sample rate"
    page.close()
    server.start()
    other = here.new_page()
    other.goto(address + "es/")
    other.wait_for_function("() => !Object.keys(localStorage).some(each => each.includes(' outbox '))")
    assert len(server.submissions()) == 1
    other.goto(address + QUIZ)
    assert "Result: 100%." in said(other, "Saved on the server at")


def test_an_acknowledgement_that_is_lost_makes_no_second_submission(learner, graded):
    address, server, context = learner(graded)
    page = context().new_page()
    keys = []

    def lose(route):
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            route.continue_()
            return
        route.fetch()
        route.abort()

    page.route("**/submissions", lose)
    page.goto(address + QUIZ)
    answer(page)
    submit(page)
    said(page, OFFLINE)
    assert len(server.submissions()) == 1, "the server has it, and the page cannot know"
    page.get_by_role("button", name="Send now").press("Enter")
    assert "Result: 100%." in said(page, "Saved on the server at")
    assert len(server.submissions()) == 1
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_two_windows_send_it_once(learner, graded):
    address, server, context = learner(graded)
    here = context()
    sent = []
    here.on(
        "request",
        lambda each: sent.append(each) if each.method == "POST" and "submissions" in each.url else None,
    )
    one, other = here.new_page(), here.new_page()
    one.goto(address + QUIZ)
    other.goto(address + "one/text/")
    answer(one)
    here.set_offline(True)
    submit(one)
    said(one, OFFLINE)
    sent.clear()
    here.set_offline(False)
    said(one, "Saved on the server at")
    one.wait_for_timeout(500)
    assert len(server.submissions()) == 1
    assert len(sent) == 1


def test_attempts_are_counted_and_then_there_are_none(learner, graded):
    address, server, context = learner(graded)
    page = context().new_page()
    page.goto(address + QUIZ)
    answer(page)
    for left in (2, 1, 0):
        submit(page)
        page.locator(".course-submission__rules", has_text=f"Attempts left: {left}").wait_for()
        page.wait_for_function("() => !Object.keys(localStorage).some(each => each.includes(' outbox '))")
    assert len(server.submissions()) == 3
    assert page.get_by_role("button", name="Submit", exact=True).get_attribute("aria-disabled") == "true"


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        (409, "refused", "All attempts are used."),
        (413, "refused", "The answers are too long."),
        (422, "refused", "The quiz has been changed: reload this page and look at your answers again."),
        (429, "waiting", "The server has too much to do."),
        (503, "waiting", "The server has too much to do."),
        (507, "waiting", "The server has no room left."),
        (500, "waiting", "The server has a fault."),
        (404, "waiting", "The server does not take this quiz."),
        (200, "waiting", "The server has a fault."),
    ],
)
def test_refusals_are_told_in_words(learner, graded, status, state, words):
    """The last is a portal that answers everything with a page of its own: only the server's own word counts."""
    address, server, context = learner(graded)
    page = context().new_page()
    headers = {
        "access-control-allow-origin": "*",
        "retry-after": "60",
        "access-control-expose-headers": "Retry-After",
    }
    page.route(
        "**/submissions",
        lambda route: (
            route.fulfill(status=status, headers=headers, body='{"saved": false}')
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    page.goto(address + QUIZ)
    answer(page)
    submit(page)
    page.locator(f".course-submission__saved[data-state={state}]", has_text=words).wait_for()
    first = "Not taken by the server; your answers are still here." if state == "refused" else OFFLINE
    assert said(page, words).startswith(first)
    assert len(kept(page)) == 1
    waits = page.evaluate("Object.entries(localStorage).find(([name]) => name.includes(' outbox '))[1]")
    if status == 429:
        assert json.loads(waits)["next"] > datetime.now(UTC).timestamp() * 1000 + 50_000
    page.unroute("**/submissions")
    page.get_by_role("button", name="Submit" if state == "refused" else "Send now", exact=True).press("Enter")
    said(page, "Saved on the server at")
    assert len(server.submissions()) == 1
    assert kept(page) == []


def test_late_work_is_kept_and_marked_and_nothing_is_told_that_may_not_be(learner, overdue):
    address, server, context = learner(overdue)
    page = context().new_page()
    page.goto(address + QUIZ)
    answer(page, all_right=False)
    assert "Deadline:" in page.locator(".course-submission__rules").text_content()
    submit(page)
    assert "It came after the deadline and is marked as late." in said(page, "Saved on the server at")
    assert server.submissions()[0]["late"]
    assert page.locator("course-question[data-state=wrong]").count() == 1
    assert page.locator(".course-told").count() == 0


def test_a_code_takes_the_work_to_another_device_and_erasing_reaches_the_server(learner, graded):
    address, server, context = learner(graded)
    page, other = context().new_page(), context().new_page()
    page.goto(address + QUIZ)
    answer(page)
    submit(page)
    said(page, "Saved on the server at")
    page.locator(".course-submission").get_by_role("button", name="Your work").press("Enter")
    dialog = page.get_by_role("dialog", name="Your work")
    dialog.get_by_label("Your name, if you like to give one").fill("Ada")
    dialog.get_by_role("button", name="Save", exact=True).press("Enter")
    dialog.get_by_text("The name is saved.").wait_for()
    dialog.get_by_role("button", name="Make a code").press("Enter")
    code = dialog.locator("output").text_content()

    other.goto(address + "one/text/")
    other.get_by_role("banner").get_by_role("button", name="Your work").press("Enter")
    theirs = other.get_by_role("dialog", name="Your work")
    theirs.get_by_label("Code from another device").fill("ABCD-EFGH-JKMN")
    theirs.get_by_role("button", name="Use the code").press("Enter")
    theirs.get_by_text("This code is unknown, used or too old").wait_for()
    theirs.get_by_label("Code from another device").fill(code.lower())
    theirs.get_by_role("button", name="Use the code").press("Enter")
    theirs.get_by_text("Your submissions are here now.").wait_for()
    other.goto(address + QUIZ)
    assert "Result: 100%." in said(other, "Saved on the server at")

    other.get_by_role("banner").get_by_role("button", name="Your work").press("Enter")
    for _ in range(2):
        theirs.get_by_role("button", name="Erase my work").press("Enter")
    theirs.get_by_text("Everything is erased.").wait_for()
    assert server.submissions() == []
    assert other.locator(".course-submission__saved").text_content() == ""


def test_the_policy_names_the_server_and_nothing_else(graded):
    site, _, port = graded
    for path in ("index.html", "404.html", "es/one/quiz/index.html", "one/text/index.html"):
        html = (site / path).read_text(encoding="utf-8")
        assert f"connect-src 'self' http://127.0.0.1:{port};" in html


def test_html_of_a_server_is_cleaned(learner, graded):
    address, _, context = learner(graded)
    page = context().new_page()
    page.goto(address + QUIZ)
    page.locator(".course-submission").wait_for()
    found = page.evaluate(
        """html => course.safeHtml(html).innerHTML""",
        '<p onclick="x()">a <b>b</b><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x()">c</a>'
        '<a href="\ue0f2one/">d</a><math><mi>n</mi><annotation>e</annotation></math><svg><a>f</a></svg></p>',
    )
    page.wait_for_timeout(300)
    assert set(learner.faults) <= {"script-src-attr"}, (
        "the browser tells of the handlers that it does not run"
    )
    learner.faults.clear()
    assert found == '<p>a <b>b</b><a>c</a><a href="../../one/">d</a><math><mi>n</mi></math></p>'
