"""The instructors' page of the quiz server in a browser: a token, the figures, a table, a correction."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "quiz"))
from a_class import HELD, NAMES, WHEN, a_class
from real_server import PLAIN, RealServer

from site_builder.quiz.serving.tokens import Instructor, Tokens
from site_builder.quiz.storing.sql_store import open_store
from site_builder.quiz.storing.store import Entry, Learner

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

TOKENS = Tokens("a secret of the tests alone")
PAYLOAD = "<img src=x onerror=document.title='run'> =1"


async def fill(database: str) -> None:
    """Keep the work of a class in which a question's Spanish is at fault."""
    store = open_store(database)
    await store.keep_banks({HELD.digest: HELD.text})
    work = a_class(90, fault=("es", NAMES[0]))
    for learner in sorted({each.learner for each in work}):
        await store.add_learner(Learner(learner, PAYLOAD if learner.endswith("00") else "", WHEN))
    for each in work:
        await store.submit(
            Entry(
                each.learner, f"the key {each.attempt}", "", each.quiz, each.language, each.bank, each.answers, each.marks, each.score,
                each.passed, each.received, late=False,
            )
        )  # fmt: skip
    await store.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("instructors")
    database = str(folder / "quiz.sqlite")
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop runs in this thread
        aside.submit(asyncio.run, fill(database)).result()
    server = RealServer(folder, database, more=(), program=PLAIN, environment={})
    server.start()
    yield f"http://127.0.0.1:{server.port}/instructor"
    server.kill()


@pytest.fixture(scope="module")
def token() -> str:
    return TOKENS.instructor_token(Instructor("Grace", int(time.time()) + 3600))


@pytest.fixture
def visit_page(browser, address):
    """A function (width, scheme) -> page that asks for the token; no page may have asked others, or complained."""
    contexts, faults = [], []

    def show(*, width: int = 1280, scheme: str = "light", check_policy: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=not check_policy, reduced_motion="reduce"
        )  # fmt: skip
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        own = (address.removesuffix("/instructor"), "blob:")
        page.on("request", lambda request: request.url.startswith(own) or faults.append(request.url))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#token:focus")
        return page

    show.faults = faults
    yield show
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "401" not in fault] == []


def sign_in(page, token: str):
    page.keyboard.type(token)
    page.keyboard.press("Enter")
    page.wait_for_selector(".tiles")
    return page


def test_a_token_is_asked_for_once(visit_page, token: str) -> None:
    page = visit_page()
    page.keyboard.type(token[:-2])
    page.keyboard.press("Enter")
    page.wait_for_selector("#fault:has-text('instructor')")
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == ["token", ""]
    sign_in(page, token)
    assert page.evaluate("document.activeElement.textContent") == "Quiz"
    page.reload()
    page.wait_for_selector(".tiles")
    assert page.evaluate("localStorage.length") == 0
    page.click("text=Sign out")
    page.reload()
    page.wait_for_selector("#token:focus")
    assert page.locator(".tiles").count() == 0


def test_the_figures_are_those_of_the_server(visit_page, token: str, address: str) -> None:
    page = sign_in(visit_page(), token)
    headers = {"Authorization": f"Bearer {token}"}
    api = address.replace("/instructor", "/api/instructor")
    found = page.request.get(f"{api}/statistics/chapter1/quiz", headers=headers).json()["statistics"]
    assert page.locator(".tiles dd").first.inner_text() == "90"
    assert [int(each) for each in page.locator("figure >> nth=0 >> tbody td").all_text_contents()] == found[
        "group"
    ]["first"]["bands"]
    assert page.locator(".notice li").all_inner_texts()[0].startswith("Question 1 in Spanish: ")
    assert page.locator(".notice li").count() == 1
    question = page.locator("#question-1")
    cells = question.locator("table >> nth=0 >> tbody tr").all_inner_texts()
    shares = [f"{each['share']:.0%}" for each in found["items"][0]["measures"]["taken"]]
    assert [each.split() for each in cells] == [
        ["an", "apple", "correct", cells[0].split()[3], shares[0]],
        ["a", "brick", cells[1].split()[2], shares[1]],
    ]
    assert question.locator(".flagged").inner_text() == "Spanish"
    assert "¿Qué es una fruta?" in question.locator(".compared").inner_text()
    assert page.locator(".compared").count() == 1
    label = page.locator("svg[role=img]").first.get_attribute("aria-label")
    assert "90 learners" in label
    page.click(".notice a")
    assert page.evaluate("document.activeElement.id") == "question-1"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_use_it(visit_page, serious_findings, token: str, width: int, scheme: str) -> None:
    page = visit_page(width=width, scheme=scheme, check_policy=False)
    assert serious_findings(page) == []
    sign_in(page, token)
    page.click("summary:has-text('Submissions')")
    page.wait_for_selector(".submissions table")
    for each in page.locator("details").all():
        each.evaluate("element => { element.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert serious_findings(page) == []
    page.locator("button:has-text('Look')").first.click()
    assert serious_findings(page) == []


def test_a_correction_by_keyboard(visit_page, token: str) -> None:
    page = sign_in(visit_page(), token)
    bands = page.locator("figure >> nth=0 >> tbody").text_content()
    page.focus(".submissions > summary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".submissions tbody tr")
    assert PAYLOAD in page.locator(".submissions tbody tr").first.inner_text()
    page.get_by_label("Look at submission 1", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.focus("#score")
    page.keyboard.press("Control+A")
    page.keyboard.type("12.5")
    page.keyboard.press("Tab")
    page.keyboard.type("The question was not clear.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told:has-text('13% now')")
    page.wait_for_selector(".submissions tbody tr >> nth=0 >> text=13% (was")
    assert page.locator("dialog").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Look at submission 1"
    page.wait_for_function(
        "before => document.querySelector('figure tbody').textContent !== before", arg=bands
    )
    assert page.title() == "Quiz, for instructors", "a name is no HTML"


def test_tables_are_saved(visit_page, token: str) -> None:
    page = sign_in(visit_page(), token)
    with page.expect_download() as saved:
        page.click("text=Submissions (CSV)")
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert saved.value.suggested_filename == "chapter1-quiz-results.csv"
    assert f'"{PAYLOAD}"' in text
    with page.expect_download() as saved:
        page.click("text=All figures")
    assert (
        json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))["statistics"]["group"]["learners"]
        == 90
    )


def test_a_server_that_is_gone_is_told(visit_page, token: str) -> None:
    page = sign_in(visit_page(), token)
    page.context.set_offline(True)
    page.click("text=Questions (CSV)")
    page.wait_for_selector("#fault:has-text('does not answer')")
    page.context.set_offline(False)
    visit_page.faults.clear()


def test_what_is_written_into_the_page_does_not_run(visit_page, token: str) -> None:
    """The control of the policy, and of what `visit_page` watches for."""
    page = sign_in(visit_page(), token)
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'body { display: none }'}))"
    )
    page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert any("Content Security Policy" in fault for fault in visit_page.faults)
    visit_page.faults.clear()
