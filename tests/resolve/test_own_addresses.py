from __future__ import annotations

from site_builder.resolve.links import guess_own_addresses

PAGES = ["chapter1/1", "chapter1/2", "chapter2/introduction", "events"]


def test_prefixes_in_front_of_pages_are_own():
    addresses = [
        "/course/chapter1/1",
        "/course/fr/chapter2/introduction",
        "https://huggingface.co/course/chapter1",
    ]
    assert guess_own_addresses(addresses, PAGES) == ("https://huggingface.co/course", "/course")


def test_pages_that_a_part_of_a_course_lacks_count_by_their_shape():
    assert guess_own_addresses(["/course/chapter1/1", "/course/chapter7/3", "/course/chapter8"], PAGES)
    assert not guess_own_addresses(["/course/chapter1/1", "/course/unit7/3", "/course/unit8"], PAGES)


def test_another_course_is_not_own():
    addresses = [*["/learn/doors/chapter1/1#x"] * 9, *["/learn/gates/chapter1/1"] * 2, "/docs/doors/index"]
    assert guess_own_addresses(addresses, PAGES) == ("https://huggingface.co/learn/doors", "/learn/doors")


def test_a_site_of_ones_own():
    addresses = ["https://doors.example.org/chapter1/1.mdx", "https://doors.example.org/events"]
    assert guess_own_addresses(addresses, PAGES) == ("https://doors.example.org",)


def test_relative_links_say_nothing():
    assert guess_own_addresses(["chapter1/1", "../chapter1/2", "#x", "mailto:a@example.org"], PAGES) == ()
