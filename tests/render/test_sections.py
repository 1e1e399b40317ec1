import pytest
from page_parts import SPAN, heading, made, prose

from site_builder.model.artifact import Section
from site_builder.model.document import Arm, Callout, Cell, Code, Demo, Prose, Quiz, Switch, Video
from site_builder.model.quiz import Choice, Question


def sections(*blocks):
    return [(each.anchor, each.title, each.text) for each in made(*blocks)[0].sections]


def test_a_section_for_each_heading():
    found = sections(
        prose("Before."),
        heading(1, "A *b* `<c>`", "a-b"),
        prose("One [two](https://a.org)\nthree."),
        heading(2, "D", "d"),
    )
    assert found == [
        ("", "A page", "<p>Before.</p>"),
        ("a-b", "A b &lt;c&gt;", "<p>One two three.</p>"),
        ("d", "D", ""),
    ]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (Code(SPAN, "if x:\n  y < 1\n", "python"), "<pre><code>if x:\n  y &lt; 1\n</code></pre>"),
        (Cell(SPAN, "x"), "<pre><code>x</code></pre>"),
        (prose("a \\\\(x^2\\\\) b"), "<p>a b</p>"),
        (prose("- a\n- b\n"), "<li>a</li> <li>b</li>"),
        (prose("| a | b |\n|---|---|\n| c | d |"), "a b c d"),
        (prose("b**ol**d ![alt](https://a.org/x.png)"), "<p>bold </p>"),
        (Video(SPAN, "youtube", "x"), ""),
        (Video(SPAN, "youtube", "x", "A film"), "<p>A film</p>"),
        (Demo(SPAN, "space", "https://a.hf.space/"), ""),
        (Callout(SPAN, "tip", "", (prose("x"),)), "<p>x</p>"),
        (Callout(SPAN, "tip", "T", (prose("x"),)), "<p>T</p><p>x</p>"),
        (
            Switch(SPAN, "fw", (Arm(SPAN, "a", "A", (prose("x"),)), Arm(SPAN, "b", "B", (prose("y"),)))),
            "<p>x</p> <p>y</p>",
        ),
        (
            Quiz(
                SPAN,
                Question(
                    SPAN,
                    "p#1",
                    (
                        Choice(SPAN, "a", "secret", correct=True, id="c0"),
                        Choice(SPAN, "b", "hidden", id="c1"),
                    ),
                ),
            ),
            "<li>a</li><li>b</li>",
        ),
        (prose('<div title="a > b">c</div>'), "c"),
    ],
)
def test_the_text_of_a_page(block, text):
    found = sections(block)
    assert (found[0][2] if found else "") == text


def test_headings_inside_blocks_are_in_the_contents():
    inner = heading(3, "Inner", "inner", ("old",))
    body, _ = made(
        heading(1, "T", "t"),
        Callout(SPAN, "tip", "", (inner,)),
        Prose(SPAN, (), (heading(2, "In a list", "list"),)),
    )
    assert [(each.level, each.id, each.aliases) for each in body.headings] == [
        (1, "t", ()),
        (3, "inner", ("old",)),
        (2, "list", ()),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The first & best paragraph.", "The first & best paragraph."),
        ("Short.\n\nThe first long paragraph.", "The first long paragraph."),
        ("这是第一段。", "这是第一段。"),
        ("word " * 60, ("word " * 31).strip() + "…"),
        ("字" * 200, "字" * 159 + "…"),
    ],
)
def test_descriptions(text, expected):
    found = made(heading(1, "T", "t"), prose(text))[0].description
    assert found == expected
    assert len(found) <= 160


@pytest.mark.parametrize(
    ("blocks", "minutes"),
    [
        ((), 0),
        ((prose("x"),), 1),
        ((prose("word " * 1000),), 5),
        ((prose("字" * 2000),), 5),
        ((Code(SPAN, "word " * 800),), 2),
    ],
)
def test_minutes(blocks, minutes):
    assert made(*blocks)[0].minutes == minutes


def test_a_section_is_a_value():
    assert made(prose("x"))[0].sections == (Section("", "A page", "<p>x</p>"),)
