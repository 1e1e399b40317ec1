"""Outlines with the oddities of real ones, each found at its place and still understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.discover.toctree import read_outline
from site_builder.model.source import Source

if TYPE_CHECKING:
    from site_builder.model.course import Entry


def read(text: str) -> tuple[tuple[Entry, ...], list[tuple[str, int, int, str]]]:
    outline, findings = read_outline(Source("chapters/en/_toctree.yml", text))
    return outline.chapters, [(each.code, each.span.line, each.span.column, each.help) for each in findings]


def test_all_known_keys_are_read() -> None:
    chapters, findings = read(
        "- title: One\n  isExpanded: true\n  subtitle: Sub\n  new: true\n  sections:\n"
        "  - local: a/quiz\n    title: Quiz\n    quiz: 1\n    newlocal: a/test\n"
        "  - title: Both\n    local: a/3\n    local_fw:\n      pt: a/3\n      tf: a/3_tf\n"
    )
    assert findings == []
    (chapter,) = chapters
    assert (chapter.title, chapter.expanded, chapter.subtitle, chapter.new) == ("One", True, "Sub", True)
    quiz, both = chapter.entries
    assert (quiz.local, quiz.title, quiz.quiz, quiz.address) == ("a/quiz", "Quiz", 1, "a/test")
    assert (both.local, both.frameworks) == ("a/3", (("pt", "a/3"), ("tf", "a/3_tf")))


def test_a_third_level_is_read() -> None:
    chapters, findings = read(
        "- title: One\n  sections:\n  - title: Group\n    sections:\n    - local: a/1\n      title: Deep\n"
    )
    assert findings == []
    assert chapters[0].entries[0].entries[0].local == "a/1"


def test_an_entry_knows_its_lines_and_nothing_behind_them() -> None:
    text = "- title: 😀 One\r\n  sections:\r\n  - local: a/1\r\n    title: Ünï 'x'\r\n# a comment\r\n\r\n- title: Two\r\n"
    chapters, _ = read(text)
    first = chapters[0].entries[0]
    assert first.span.text == "local: a/1\r\n    title: Ünï 'x'"
    assert (first.span.line, first.span.column) == (3, 5)
    assert (chapters[1].span.line, chapters[1].span.column) == (7, 3)


@pytest.mark.parametrize("key", ["secciones", "章节"])
def test_a_translated_list_key_is_understood(key: str) -> None:
    chapters, findings = read(f"- title: One\n  {key}:\n  - local: a\n    title: A\n")
    assert [each.local for each in chapters[0].entries] == ["a"]
    assert findings == [("outline-key", 2, 3, "did you mean `sections`?")]


@pytest.mark.parametrize("key", ["titulo", "título", "заголовок"])
def test_a_translated_title_key_is_understood(key: str) -> None:
    chapters, findings = read(f"- title: One\n  sections:\n  - local: a\n    {key}: T\n")
    assert chapters[0].entries[0].title == "T"
    assert findings == [("outline-key", 4, 5, "did you mean `title`?")]


def test_a_translated_quiz_key_with_its_own_digits_is_understood() -> None:
    chapters, findings = read("- title: One\n  sections:\n  - local: a\n    title: A\n    প্রতিযোগিতা: ১\n")
    assert chapters[0].entries[0].quiz == 1
    assert findings == [("outline-key", 5, 5, "did you mean `quiz`?")]


def test_a_key_that_resembles_none_is_found_and_dropped() -> None:
    chapters, findings = read("- title: One\n  sections:\n  - local: a\n    title: A\n    colour: red\n")
    assert chapters[0].entries[0].title == "A"
    assert findings == [("outline-key", 5, 5, "delete it")]


def test_a_key_twice_is_found_and_the_first_counts() -> None:
    chapters, findings = read("- title: One\n  title: Two\n  sections:\n  - {local: a, title: A}\n")
    assert chapters[0].title == "One"
    assert [each[:3] for each in findings] == [("outline-key", 2, 3)]


def test_commented_chapters_and_stray_signs_are_nothing() -> None:
    chapters, findings = read(
        "- title: One\n  sections:\n  - local: a\n    title: A\n#\n#- title: Two\n#  sections:\n#\n"
    )
    assert [each.title for each in chapters] == ["One"]
    assert findings == []


@pytest.mark.parametrize("title", ["One: all", "`One` more", "@home", "%1", "*One*"])
def test_an_unquoted_title_that_yaml_refuses_is_found_and_read(title: str) -> None:
    chapters, findings = read(
        f"- title: Zero\n  sections:\n  - local: a\n    title: {title}\n  - local: b\n    title: B\n"
    )
    assert [(each.local, each.title) for each in chapters[0].entries] == [("a", title), ("b", "B")]
    assert {each[:2] for each in findings} == {("bad-outline", 4)}


def test_a_broken_line_costs_only_itself() -> None:
    chapters, findings = read(
        "- title: One\n  sections:\n  - local: a\n    title: 'A\n  - local: b\n    title: B\n- title: Two\n  sections:\n"
        "  - local: c\n    title: C\n"
    )
    assert [each.title for each in chapters] == ["One", "Two"]
    assert [each.local for each in chapters[0].entries] == ["a", "b"]
    assert {each[:2] for each in findings} == {("bad-outline", 4)}


@pytest.mark.parametrize(
    "text", ["", "   \n", "[]", "null", "# nothing\n", "just words\n", "42", "\x00", "- title: [", "\t- a"]
)
def test_what_is_no_outline_is_found(text: str) -> None:
    _, findings = read(text)
    assert "bad-outline" in {each[0] for each in findings}


def test_one_chapter_without_its_dash_is_understood() -> None:
    chapters, findings = read("title: One\nsections:\n- local: a\n  title: A\n")
    assert chapters[0].entries[0].local == "a"
    assert [each[:3] for each in findings] == [("bad-outline", 1, 1)]


def test_a_page_named_without_its_keys_is_understood() -> None:
    chapters, findings = read("- title: One\n  sections:\n  - a/1\n")
    assert chapters[0].entries[0].local == "a/1"
    assert [each[:3] for each in findings] == [("bad-outline", 3, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 50_000,
        "\n".join(" " * n + "-" for n in range(3000)),
        "- &a {title: x, sections: [*a]}",
        "{" * 61 + "}" * 61,
    ],
    ids=["brackets", "dashes", "steps", "itself", "braces"],
)
def test_hostile_nesting_ends_in_a_finding(text: str) -> None:
    _, findings = read(text)
    assert findings[0][0] == "bad-outline"


def test_aliases_that_multiply_are_read_once() -> None:
    lines = ["- &l0 {title: x, local: a}"] + [
        f"- &l{n} {{title: x, sections: [{', '.join([f'*l{n - 1}'] * 9)}]}}" for n in range(1, 12)
    ]
    chapters, findings = read("\n".join(lines))
    assert len(chapters) == 12
    assert "bad-outline" in {each[0] for each in findings}


@given(
    st.lists(
        st.sampled_from(
            [
                *"abz09:-[]{}'\"&*!|>%@`#?,\t\n\r \x00\x85\u2028é😀",
                "- ",
                "\n  ",
                "title: ",
                "sections:\n  - ",
                "local: a",
            ]
        ),
        max_size=80,
    ).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_read_and_its_places_lie_in_it(text: str) -> None:
    outline, findings = read_outline(Source("x", text))
    spans = [each.span for each in (*outline.chapters, *findings)]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert outline.chapters or findings
