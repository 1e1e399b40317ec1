"""A built site in a browser: nothing asked of others, no complaint, all of it within reach."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.corpora]

PAGES = ("", "chapter2/2/", "fa/", "fa/chapter2/2/", "fa/chapter2/4/", "ja/chapter1/10/", "404.html")


@pytest.fixture
def site(llm_site):
    return llm_site


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_no_serious_finding_of_axe(visit, serious_findings, path, width, scheme):
    page = visit(path, width=width, scheme=scheme, check_policy=False)
    assert serious_findings(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_window(visit, path):
    page = visit(path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_outline_opens_by_keyboard_in_a_small_window(visit):
    page = visit("chapter2/2/", width=390)
    outline = page.locator(".md-sidebar--primary")
    assert not outline.is_visible()
    page.get_by_role("button", name="Menu").press(" ")
    outline.wait_for(state="visible")
    assert page.locator("#__drawer").is_checked()


def test_a_chapter_opens_by_keyboard(visit):
    page = visit("chapter2/2/")
    inner = page.locator("#__nav_1 ~ .md-nav a").first
    assert not inner.is_visible()
    page.locator("#__nav_1").press(" ")
    inner.wait_for(state="visible")


def test_the_search_finds_and_leads_there(visit):
    page = visit("ja/")
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("トークナイザ")
    page.keyboard.press("End")
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    assert page.locator(".md-search-result__link mark").first.text_content() == "トークナイザ"
    first.click()
    page.wait_for_url("**/ja/chapter2/**")
    page.locator("article mark[data-md-highlight]", has_text="トークナイザ").first.wait_for()


def test_the_language_menu_keeps_the_reader_on_the_page(visit):
    page = visit("chapter2/2/")
    page.locator(".course-languages__button").focus()
    page.locator(".md-select__link[hreflang=fa]").click()
    page.wait_for_url("**/fa/chapter2/2/")
    assert page.locator("html").get_attribute("lang") == "fa"
    assert page.locator("body").get_attribute("dir") == "rtl"


def test_the_look_is_chosen_and_kept(visit):
    page = visit("")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    for _ in range(2):
        page.locator("[data-md-component=palette] label:visible").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.goto(page.url + "chapter2/2/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_the_start_page_leads_back_to_the_page_read_last(visit):
    page = visit("")
    assert not page.locator(".course-hero__continue").is_visible()
    page.goto(page.url + "chapter2/2/")
    page.locator(".md-header .md-logo").click()
    page.locator(".course-hero__continue").click()
    page.wait_for_url("**/chapter2/2/")


def test_a_fallback_is_marked_as_the_language_that_it_is_in(visit):
    page = visit("fa/chapter2/4/")
    assert page.locator("html").get_attribute("lang") == "fa"
    assert page.locator("article > [lang]").get_attribute("lang") == "en"
    assert page.locator("article > [lang]").get_attribute("dir") == "ltr"
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert page.locator(".course-notice").is_visible()
