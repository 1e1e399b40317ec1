"""A finding's frame: the marks stand under what they mark."""

from __future__ import annotations

import pytest

from site_builder.diagnostics.diagnostic import Finding
from site_builder.diagnostics.frame import columns, frame, marked, visible
from site_builder.model.source import Source, Span


def finding(text: str, part: str, **more: object) -> Finding:
    source = Source("chapters/de/chapter3/2.mdx", text)
    return Finding("unknown-component", source.whole.find(part), "no component is called `Tipp`", **more)


def test_the_frame_is_that_of_the_design() -> None:
    assert frame(finding("\n" * 90 + "<Tipp>\n", "<Tipp>", help="did you mean `Tip`?")) == (
        "error[unknown-component]: no component is called `Tipp`\n"
        " --> chapters/de/chapter3/2.mdx:91:1\n"
        "   |\n"
        "91 | <Tipp>\n"
        "   | ^^^^^^\n"
        "   = help: did you mean `Tip`?"
    )


def test_further_places_stand_before_the_advice() -> None:
    place = Source("a.mdx", "x\ny").whole.find("y")
    lines = frame(
        finding("<Tipp>", "<Tipp>", help="do it", notes=((place, "first here"),)), prefix="docs/"
    ).splitlines()
    assert lines[1] == " --> docs/chapters/de/chapter3/2.mdx:1:1"
    assert lines[-2:] == ["  = note: first here: docs/a.mdx:2:1", "  = help: do it"]


def test_a_folder_has_no_line() -> None:
    found = Finding("no-outline", Source("chapters/x/", "").whole, "`x` has none")
    assert frame(found) == "note[no-outline]: `x` has none\n --> chapters/x/"


@pytest.mark.parametrize(
    "text",
    [
        "<Tipp>",
        "\t<Tipp> x",
        "注意\t<Tipp> 一",
        "한국어 <Tipp>",
        "ｆｕｌｌ <Tipp>",
        "e\u0301 <Tipp>",
        "نیم\u200cفاصله <Tipp>",
        "😀<Tipp>",
        "  <Tipp>\r\n",
    ],
)
def test_marks_stand_under_the_place_whatever_letters_come_before(text: str) -> None:
    line, marks = marked(Source("a", text).whole.find("<Tipp>"), 80)
    assert columns(line[: line.index("<Tipp>")]) == len(marks) - len(marks.lstrip())
    assert marks.strip() == "^" * 6


def test_wide_letters_get_wide_marks() -> None:
    assert marked(Source("a", "ab 注意 c").whole.find("注意"), 80) == ("ab 注意 c", "   ^^^^")


def test_a_place_on_several_lines_shows_its_first() -> None:
    source = Source("a", "one\ntwo <Tip\nthree>\n")
    assert marked(Span(source, 8, 18), 80) == ("two <Tip", "    ^^^^")


@pytest.mark.parametrize("at", [0, 1, 3, 4])
def test_a_place_without_length_gets_one_mark(at: int) -> None:
    line, marks = marked(Span(Source("a", "abc\n"), at, at), 80)
    assert marks.count("^") == 1
    assert len(marks) <= len(line) + 1


@pytest.mark.parametrize("before", ["x" * 3, "x" * 500, "注" * 500, "x" * 100_000])
@pytest.mark.parametrize("after", ["", "y" * 500, "意" * 500])
@pytest.mark.parametrize("part", ["<Tipp>", "<" + "i" * 400 + ">"])
def test_long_lines_are_cut_around_the_place(before: str, after: str, part: str) -> None:
    line, marks = marked(Source("a", before + part + after).whole.find(part), 80)
    assert columns(line) <= 80
    assert len(marks) <= 80
    start = len(marks) - len(marks.lstrip())
    shown = line.index("<")
    assert columns(line[:shown]) == start
    assert line.startswith("…") == (len(before) > 3)


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\x9b31m", "\x07", "\u202e", "\x00"])
def test_texts_of_a_course_do_not_steer_the_terminal(hostile: str) -> None:
    found = Finding(
        "dead-link",
        Source(f"a{hostile}.mdx", f"x {hostile} <Tipp>").whole.find("<Tipp>"),
        f"no `{hostile}`",
        f"not `{hostile}`",
    )
    assert hostile not in frame(found)
    assert hostile in f"control: {hostile}"
    assert visible("نیم\u200cفاصله 👩\u200d👧") == "نیم\u200cفاصله 👩\u200d👧"


def test_colours_change_nothing_but_colours() -> None:
    found = finding("x <Tipp>", "<Tipp>", help="do it")
    plain = frame(found)
    coloured = frame(found, colour=True)
    assert "\x1b[" not in plain
    assert "\x1b[1;31merror" in coloured
    for code in ("1;31", "1;34", "1;32", "1", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_advice_of_several_lines_stands_under_its_first() -> None:
    lines = frame(finding("<Tipp>", "<Tipp>", help="accept it\n-4\n+5")).splitlines()
    assert lines[-3:] == ["  = help: accept it", "          -4", "          +5"]
