"""The line under a page that was run."""

from __future__ import annotations

import pytest
from page_parts import html_of, made, prose

from site_builder.model.run import Checked

NAMED = tuple((f"package{n}", f"1.{n}") for n in range(9))


def line(checked):
    return html_of(prose("x"), checked=checked)


def test_it_says_versions_and_the_day():
    html = line(Checked("2026-11-23T10:11:12Z", "3.11.4", (("librosa", "0.11.0"),)))
    assert html.endswith(
        '<div class="course-checked"><p class="course-checked__line">'
        "[Checked with {packages} on {date}.|packages=librosa 0.11.0, Python 3.11|date=2026-11-23]</p></div>"
    )


def test_a_page_that_was_not_run_has_none():
    assert "checked" not in html_of(prose("x"))


def test_six_packages_are_said_and_the_rest_is_folded():
    html = line(Checked("2026-11-23", "3.11", NAMED))
    said, _, folded = html.partition("<details")
    assert "package5 1.5, Python 3.11" in said
    assert "package6" not in said
    assert "[All {number} packages|number=9]" in folded
    assert folded.count("<li>") == 9


def test_stand_ins_are_told():
    word = "[Small stand-ins took the place of large or missing models and data when this code was run.]"
    assert word in line(Checked("2026-11-23", "3.11", stand_ins=True))
    assert word not in line(Checked("2026-11-23", "3.11"))


def test_the_search_does_not_know_it():
    body, _ = made(prose("x"), checked=Checked("2026-11-23", "3.11", NAMED))
    assert "package" not in str(body.sections)


@pytest.mark.parametrize(
    "checked",
    [
        Checked("yesterday", "3.11"),
        Checked("", ""),
        Checked("<script>alert(1)</script>", "<b>"),
    ],
)
def test_without_a_day_there_is_no_line(checked):
    assert "checked" not in line(checked)


def test_what_is_no_name_and_no_version_is_passed_over():
    packages = (("<img src=x>", "1"), ("a", "1\ue0f1<b>"), ("b", "{date}"), ("good", "1.0+cpu"))
    html = line(Checked("2026-11-23<b>", "3.11\ue0f1<script>", packages))
    assert "packages=good 1.0+cpu|date=2026-11-23]" in html
    assert "<b>" not in html
    assert "<script>" not in html
