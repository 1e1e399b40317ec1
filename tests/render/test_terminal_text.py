"""What terminals show: colours as classes, overwritten lines gone."""

import pytest

from site_builder.render.outputs.terminal_text import plain_lines, screen_lines, terminal_lines


def terminal_html(text):
    lines = screen_lines(text)
    return "\n".join(terminal_lines(lines)) + ("\n" if lines and text.endswith("\n") else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain <b>", "plain &lt;b&gt;"),
        (
            "\x1b[1;32ma\x1b[39mb\x1b[0mc",
            '<span class="course-ansi-bold course-ansi-green">a</span><span class="course-ansi-bold">b</span>c',
        ),
        ("\x1b[38;5;12ma\x1b[0m", '<span class="course-ansi-blue">a</span>'),
        ("\x1b[38;5;196ma\x1b[0m", '<span class="course-ansi-red">a</span>'),
        ("\x1b[38;5;28;01mif\x1b[39;00m", '<span class="course-ansi-green course-ansi-bold">if</span>'),
        ("\x1b[38;5;241ma", "a"),
        ("\x1b[38;2;255;128;0ma", '<span class="course-ansi-yellow">a</span>'),
        ("\x1b[38;2;200;200;210ma", "a"),
        ("\x1b[38;5ma", "a"),
        ("\x1b[48;5;196;31ma", '<span class="course-ansi-mark course-ansi-red">a</span>'),
        ("\x1b[43;7ma\x1b[49;27mb", '<span class="course-ansi-mark">a</span>b'),
        ("\x1b[3;4ma\x1b[23;24mb", '<span class="course-ansi-italic course-ansi-underline">a</span>b'),
        ("\x1b[31ma\nb\x1b[m", '<span class="course-ansi-red">a</span>\n<span class="course-ansi-red">b</span>'),
        ("\x1b[99999999999mab", "ab"),
        ("\x1b[2Ka\x1b]8;;javascript:x\x07b\x1b]8;;\x07", "ab"),
        (" 10%\r 50%\r100%\n", "100%\n"),
        ("a\r\nb", "a\nb"),
        ("one\rx", "x"),
        ("one\r", "one"),
        ("one\r\x1b[K", ""),
        ("one\r   \rtwo\n", "two\n"),
        ("first\n 1%\n\x1b[A 2%\n\x1b[A 3%\nend\n", "first\n 3%\nend\n"),
        ("a: 0%\nb: 0%\x1b[1A\ra: 9%\n\rb: 9%\n", "a: 9%\nb: 9%\n"),
        ("abc\b\bd", "ad"),
        ("\x1b[31", "[31"),
        ("\x1b", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_terminal_codes(text, expected):
    assert terminal_html(text) == expected


def test_lines_without_colours():
    text = "\x1b[31ma\x1b[0m\n\n1%\r2%\nb"
    assert plain_lines(screen_lines(text)) == ["a", "", "2%", "b"]


def test_a_cursor_that_goes_up_too_far_stays_at_the_first_line():
    assert terminal_html("a\nb\x1b[999Ac") == "c\nb"
