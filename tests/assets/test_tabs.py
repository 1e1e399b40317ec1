"""Tabs in step, and links into what is closed."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def tabs(number: int, group: str, *keys: str) -> str:
    inputs = "".join(
        f'<input id="__tabbed_{number}_{at}" name="__tabbed_{number}" type="radio"{" checked" * (at == 1)}>'
        for at in range(1, len(keys) + 1)
    )
    labels = "".join(
        f'<label for="__tabbed_{number}_{at}" data-key="{key}">{key}</label>'
        for at, key in enumerate(keys, 1)
    )
    blocks = "".join(
        f'<div class="tabbed-block"><p id="{group}-{number}-{key}">{key}</p></div>' for key in keys
    )
    return (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(keys)}" data-group="{group}">{inputs}'
        f'<div class="tabbed-labels">{labels}</div><div class="tabbed-content">{blocks}</div></div>'
    )


BODY = tabs(1, "fw", "pt", "tf") + tabs(2, "fw", "pt", "tf") + tabs(3, "os", "pt", "tf") + tabs(4, "fw", "pt")


def chosen(page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('.tabbed-set')].map(set => "
        "set.querySelector(`label[for=${set.querySelector('input:checked').id}]`).dataset.key)"
    )


def test_tabs_of_one_group_change_together_and_are_remembered(open_body):
    page, _ = open_body(BODY)
    assert chosen(page) == ["pt", "pt", "pt", "pt"]
    page.locator("label[for=__tabbed_1_2]").click()
    assert chosen(page) == ["tf", "tf", "pt", "pt"]
    page, _ = open_body(BODY)
    assert chosen(page) == ["tf", "tf", "pt", "pt"]


def test_tabs_change_by_keyboard(open_body):
    page, _ = open_body(BODY)
    page.locator("#__tabbed_2_1").focus()
    page.keyboard.press("ArrowRight")
    assert chosen(page) == ["tf", "tf", "pt", "pt"]


def test_a_link_into_closed_things_opens_them(open_body):
    body = f'<p style="height:2000px">above</p><details><summary>More</summary><p id="low">low</p></details>{tabs(1, "os", "a", "b")}'
    page, _ = open_body(body, "#low")
    assert page.locator("details").get_attribute("open") is not None
    assert page.evaluate("document.getElementById('low').getBoundingClientRect().top < innerHeight")
    page, _ = open_body(body.replace("<details>", "<details><!-- closed -->"))
    assert page.locator("details").get_attribute("open") is None


def test_a_link_into_a_closed_tab_opens_it(open_body):
    inner = tabs(1, "os", "a", "b").replace(
        '<div class="tabbed-block"><p id="os-1-b">', '<div class="tabbed-block" hidden><p id="os-1-b">'
    )
    page, _ = open_body(inner, "#os-1-b")
    assert chosen(page) == ["b"]


def test_a_stray_percent_sign_in_an_address_is_no_fault(open_body):
    page, _ = open_body(tabs(1, "os", "a", "b"), "#%E0%A4%A")
    assert chosen(page) == ["a"]
