"""Cards ask nothing of another host before the reader does."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

VIDEO = """<figure class="course-card course-card--video" data-frame="{frame}">
<a class="course-card__open" href="https://video.example/watch">Owls at night</a></figure>"""
PICTURE = """<p><span class="course-card course-card--image" data-image="{image}" data-alt="An owl">
<a class="course-card__open" href="{image}">An owl</a></span></p>"""


def test_a_video_is_loaded_by_its_button_alone(open_body):
    page, asked = open_body(VIDEO.format(frame="https://video.example/embed/owl?autoplay=1"))
    page.wait_for_timeout(200)
    assert asked == []
    page.get_by_role("button", name="Play video: Owls at night").press("Enter")
    frame = page.locator("iframe")
    frame.wait_for()
    assert frame.get_attribute("src") == "https://video.example/embed/owl?autoplay=1"
    assert frame.get_attribute("title") == "Owls at night"
    assert "allow-top-navigation" not in frame.get_attribute("sandbox")
    page.wait_for_timeout(200)
    assert asked == ["https://video.example/embed/owl?autoplay=1"]
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"


@pytest.mark.parametrize(
    "address",
    [
        "http://video.example/e",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a:b@video.example/",
        "//x",
        "",
    ],
)
def test_only_https_addresses_get_a_button(open_body, address):
    page, asked = open_body(VIDEO.format(frame=address) + VIDEO.format(frame="https://video.example/good"))
    page.get_by_role("button").wait_for()
    assert page.get_by_role("button").count() == 1
    assert page.get_by_role("link", name="Owls at night").count() == 2
    assert asked == []


def test_a_host_is_remembered_for_pictures_only_when_the_reader_says_so(open_body):
    body = PICTURE.format(image="https://pictures.example/a.svg") + PICTURE.format(
        image="https://other.example/b.svg"
    )
    page, asked = open_body(body)
    page.get_by_role("button").first.click()
    page.locator("img[alt='An owl']").wait_for()
    assert asked == ["https://pictures.example/a.svg"]

    page, asked = open_body(body)
    assert page.get_by_role("button").count() == 2
    page.get_by_label("Always show pictures from pictures.example").click()
    page.locator("img").wait_for()

    page, asked = open_body(body)
    page.locator("img").wait_for()
    assert page.get_by_role("button").count() == 1
    assert not any("other.example" in address for address in asked)


def test_words_of_a_card_are_text(open_body):
    page, _ = open_body(
        VIDEO.format(frame="https://video.example/e").replace("Owls", "&lt;img src=x onerror=alert(1)&gt;")
    )
    page.get_by_role("button").click()
    assert page.locator("iframe").get_attribute("title").startswith("<img")
    assert page.locator("img").count() == 0


def test_a_broken_memory_is_no_fault(open_body):
    page, _ = open_body("")
    page.evaluate(
        "localStorage.setItem('course.pictures', '{broken'); localStorage.setItem('course.tabs', '7')"
    )
    page, _ = open_body(PICTURE.format(image="https://pictures.example/a.svg"))
    page.get_by_role("button").wait_for()


def test_a_picture_in_a_link_is_shown_without_following_the_link(open_body):
    picture = (
        '<span class="course-card course-card--image" data-image="https://pictures.example/a.svg" data-alt="An owl">'
        '<span class="course-card__open">An owl</span></span>'
    )
    page, asked = open_body(f'<p><a href="https://elsewhere.example/">{picture}</a></p>')
    page.get_by_role("button").click()
    page.locator("a[href='https://elsewhere.example/'] img").wait_for()
    assert asked == ["https://pictures.example/a.svg"]
    assert page.locator("a[href='https://elsewhere.example/']").is_visible()
