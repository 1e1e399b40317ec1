from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated_texts import PIECES, TEXTS, mutated

from site_builder.model.document import Arm, Callout, Cell, Code, Element, Expected, Heading, Prose, Switch
from site_builder.model.source import Source
from site_builder.parse.stage import parse

LONGEST_SECONDS = 8.0
"""Processor seconds that only work without end takes: texts here take a tenth of one on a quiet machine, a second on a busy one."""

EASY = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def inside(block):
    """The blocks inside a block, group by group."""
    match block:
        case Prose():
            return [block.islands]
        case Callout() | Element():
            return [block.children]
        case Switch():
            return [block.arms]
        case Arm():
            return [block.children]
        case Cell():
            return [block.expected]
        case _:
            return []


def check_spans(blocks, length):
    for block in blocks:
        assert 0 <= block.span.start <= block.span.end <= length
        for group in inside(block):
            check_spans(group, length)
    for above, below in pairwise(blocks):
        if not isinstance(
            above, (Heading, Prose)
        ):  # what stood in a heading or a table's cell comes after it
            assert above.span.end <= below.span.start, (above, below)
        assert above.span.start <= below.span.start, (above, below)


def check(text, name="chapters/en/chapter1/1.mdx"):
    source = Source(name, text)
    start = time.process_time()
    document, findings = parse(source)
    seconds = time.process_time() - start
    assert seconds < LONGEST_SECONDS, f"{seconds:.1f} s for {len(text)} characters"
    check_spans(document.blocks, len(text))
    for finding in findings:
        assert finding.span.source is source
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.span.line >= 1
        assert finding.span.column >= 1
        assert finding.message
    return document


@settings(max_examples=150, **EASY)
@given(mutated(longest=6_000))
def test_any_changed_page_parses(text):
    check(text)


@settings(max_examples=150, **EASY)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map("".join))
def test_any_mixture_of_marks_parses(text):
    check(text)


@settings(max_examples=60, **EASY)
@given(st.text())
def test_any_text_is_a_notebook_or_a_finding(text):
    check(text, "1.ipynb")


@pytest.mark.slow
@settings(max_examples=20_000, **EASY)
@given(mutated())
def test_twenty_thousand_changed_pages_parse(text):
    check(text)


def test_every_page_parses_as_it_is():
    for text in TEXTS:
        check(text)


@pytest.mark.parametrize(
    "piece", sorted({*PIECES, "<Tip a={", "<Tip a={\n", "> <Tip a={\n", "a\n<Tip>\n", "x <Abc/> "})
)
def test_a_mark_repeated_takes_linear_time(piece):
    check(piece * (20_000 // len(piece)))
    check(("x " + piece) * (20_000 // (len(piece) + 2)))


MARKS = (
    *(
        "<Tip>",
        "</Tip>",
        "{#if fw === 'pt'}",
        "{:else}",
        "{/if}",
        "<div>",
        "</div>",
        "<b>",
        "<Tip",
        '<Youtube id="a"/>',
    ),
    *(
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "```\n",
        "```py\n",
        "# ",
        "  ",
        "\t",
        "**",
        "`",
        "$$\n",
        "> [!TIP]\n",
    ),
    *("| a | b |\n|---|---|\n", "| ", "[^1]", "---\n", "\\\\[\n", "<hfoption id='a'>", "<details>\n", "{"),
)


def words_of(value):
    """All text that a reader could see, as one string."""
    match value:
        case tuple() | list():
            return " ".join(words_of(each) for each in value)
        case Prose():
            return words_of(value.syntax) + " " + words_of(value.islands)
        case Heading():
            return words_of(value.syntax)
        case Code() | Expected():
            return (
                value.text + value.language + value.info
                if isinstance(value, Code)
                else value.text + words_of(value.label)
            )
        case Cell():
            return value.text + " ".join(value.options) + words_of(value.expected)
        case Callout() | Element() | Arm():
            return words_of(value.children)
        case Switch():
            return words_of(value.arms)
        case _:
            return value.content + words_of(value.children or ()) + getattr(value, "info", "")


@settings(max_examples=400, **EASY)
@given(st.lists(st.sampled_from((*MARKS, "word")), max_size=40))
def test_no_word_is_lost(pieces):
    numbered = [f"word{at}" if piece == "word" else piece for at, piece in enumerate(pieces)]
    document = check(" ".join(numbered).replace("\n ", "\n"))
    seen = words_of(document.blocks) + words_of(document.footnotes) + words_of(document.footnote_islands)
    for each in numbered:
        assert not each.startswith("word") or each in seen, f"{each} is lost"
