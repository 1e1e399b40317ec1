"""Our own course's site in a browser: every kind of page, quiet, reachable by keyboard, readable in every look."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "404.html",
    "chapter1/introduction/",
    "chapter1/sound_as_numbers/",
    "chapter1/pages/",
    "chapter1/quiz/",
    "es/",
    "es/chapter1/sound_as_numbers/",
    "es/chapter1/quiz/",
)
LOOKS = ((1280, "light"), (390, "dark"))

FOCUS = """() => {
  const at = document.activeElement, form = at.closest("label, .md-nav__item, .tabbed-set");
  const seen = each => { const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none"; };
  const labels = [...(at.labels || [])];
  return { name: at === document.body ? "" : at.outerHTML.slice(0, 160), kind: at.className || at.type || at.localName,
           visible: [at, form, ...labels, at.closest("form")].some(each => each && seen(each)) };
}"""


@pytest.fixture
def site(own_site):
    return own_site


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_serious_finding_of_axe(visit, serious_findings, path, width, scheme):
    page = visit(path, width=width, scheme=scheme, check_policy=False)
    assert serious_findings(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_quiet_and_fits_a_small_window(visit, path):
    page = visit(path, width=360)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_the_policy_forbids_is_noticed(visit):
    """The control of all that `visit` watches for."""
    page = visit("chapter1/pages/")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'broken = 1'}))"
    )
    page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
    assert page.evaluate("typeof broken") == "undefined"
    assert any("Content Security Policy" in fault for fault in visit.faults)
    assert any("script-src" in fault for fault in visit.faults)
    visit.faults.clear()


@pytest.mark.parametrize("path", PAGES)
def test_the_first_stop_of_the_keyboard_leads_past_the_header(visit, path):
    page = visit(path)
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip:focus")
    assert skip.count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article, .md-footer')")


@pytest.mark.parametrize("path", ["", "chapter1/pages/", "chapter1/quiz/", "es/chapter1/quiz/"])
def test_every_stop_of_the_keyboard_is_visible(visit, path):
    page = visit(path)
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if not stop["name"]:
            break
        stops.append(stop)
    assert [stop["name"] for stop in stops if not stop["visible"]] == []
    assert len(stops) > 8


def test_tabs_cards_and_answers_work_by_keyboard(visit):
    page = visit("chapter1/pages/")
    tab = page.locator(".tabbed-set input").first
    tab.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".tabbed-set input").nth(1).is_checked()
    choice = page.locator(".course-choices input").first
    choice.focus()
    page.keyboard.press(" ")
    assert choice.is_checked()
    page.get_by_role("button", name="Check").first.press("Enter")
    told = page.locator("course-question").first.get_by_role("status")
    assert told.text_content() == "Not right yet."
    answers = page.locator(".course-answers").first
    answers.locator("summary").press("Enter")
    assert answers.get_attribute("open") is not None
    assert page.locator(".course-card__button").first.is_visible()


def test_the_search_opens_and_closes_by_keyboard(visit):
    page = visit("")
    page.keyboard.press("/")
    page.keyboard.insert_text("sampling")
    page.keyboard.press("End")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className").startswith("md-search-result__link")
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()
    assert not page.evaluate(
        "performance.getEntriesByType('resource').some(each => each.name.includes('lunr'))"
    )


def test_nothing_for_the_screen_alone_is_printed(visit):
    page = visit("chapter1/pages/")
    assert page.locator(".md-code__nav").first.is_visible()
    page.emulate_media(media="print")
    for name in (".md-header", ".md-code__nav", ".course-card__button", ".md-sidebar--primary"):
        assert not page.locator(name).first.is_visible(), name
    assert all(each.is_visible() for each in page.locator(".tabbed-block").all())


def test_a_page_in_the_original_leads_to_its_own_edition(visit):
    page = visit("es/chapter1/quiz/")
    page.locator(".course-notice a").click()
    page.wait_for_url("**/chapter1/quiz/")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("path", "lead"), [("", "Turn sounds into numbers"), ("es/", "Da una palmada. Por un instante")]
)
def test_the_start_page_says_what_the_course_is_in_its_own_language(visit, path, lead):
    assert visit(path).locator(".course-hero__lead").text_content().startswith(lead)
