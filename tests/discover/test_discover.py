"""Folders to courses: roots, editions, pages, titles."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from course_folder import SMALL, outline, write

from site_builder.discover.stage import discover

if TYPE_CHECKING:
    from pathlib import Path


def said(findings) -> list[tuple[str, str, int]]:
    return [(each.code, each.span.source.path, each.span.line) for each in findings]


@pytest.mark.parametrize("root", ["chapters", "units", "notebooks", "."])
def test_each_course_root_is_found(make, root: str) -> None:
    course, findings = make({path.replace("chapters", root): text for path, text in SMALL.items()})
    assert (course.root, findings) == (root, ())
    assert [page.id for page in course.original.pages] == ["a/1", "a/2"]
    assert course.original.pages[0].source.path == ("" if root == "." else root + "/") + "en/a/1.mdx"


def test_a_folder_of_kept_notebooks_beside_chapters_is_no_root(make) -> None:
    course, _ = make({**SMALL, "notebooks/en/a/1.ipynb": "{}"})
    assert course.root == "chapters"


def test_the_setting_root_wins(make) -> None:
    course, findings = make(
        {**SMALL, "lessons/en/_toctree.yml": outline("b"), "lessons/en/b.md": "# B"}, root="lessons"
    )
    assert ([page.id for page in course.original.pages], findings) == (["b"], ())


def test_a_folder_without_a_course_is_a_finding(make) -> None:
    course, findings = make({"README.md": "# Nothing here"})
    assert course.editions == ()
    assert [each.code for each in findings] == ["no-course"]


def test_no_folder_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        discover(tmp_path / "nowhere")


def test_pages_end_in_three_ways_and_the_first_counts(make) -> None:
    course, findings = make({
        "chapters/en/_toctree.yml": outline("a", "b", "c.mdx"),
        "chapters/en/a.mdx": "# A", "chapters/en/a.md": "# old",
        "chapters/en/b.ipynb": "{}", "chapters/en/c.mdx": "# C",
    })  # fmt: skip
    assert [page.source.path.rpartition("/")[2] for page in course.original.pages] == [
        "a.mdx",
        "b.ipynb",
        "c.mdx",
    ]
    assert [page.id for page in course.original.pages] == ["a", "b", "c"]
    assert said(findings) == [("unlisted-page", "chapters/en/a.md", 1)]


def test_a_missing_page_is_found_on_its_line_with_a_suggestion(make) -> None:
    course, findings = make({**SMALL, "chapters/en/_toctree.yml": outline("a/1", "a/too")})
    (missing, _unlisted) = sorted(findings, key=lambda each: each.code)
    assert said([missing]) == [("missing-page", "chapters/en/_toctree.yml", 5)]
    assert (missing.span.text, missing.help) == (
        "a/too",
        "make `chapters/en/a/too.mdx`, or take the entry out",
    )
    assert [page.id for page in course.original.pages] == ["a/1"]
    _, findings = make(
        {
            "chapters/en/_toctree.yml": outline("a/1", "chapter/introdution"),
            "chapters/en/chapter/introduction.mdx": "# I",
        }
    )
    assert findings[0].help == "did you mean `chapter/introduction`?"


def test_a_dash_for_an_underscore_is_found_and_the_page_shown(make) -> None:
    course, findings = make(
        {"chapters/en/_toctree.yml": outline("a/hands-on"), "chapters/en/a/hands_on.mdx": "# H"}
    )
    assert [page.id for page in course.original.pages] == ["a/hands_on"]
    assert [(each.code, each.help) for each in findings] == [("missing-page", "did you mean `a/hands_on`?")]


def test_a_page_listed_twice_is_found_and_built_once(make) -> None:
    course, findings = make({**SMALL, "chapters/en/_toctree.yml": outline("a/1", "a/2", "a/1")})
    assert [page.id for page in course.original.pages] == ["a/1", "a/2"]
    assert said(findings) == [("duplicate-page", "chapters/en/_toctree.yml", 7)]
    assert findings[0].notes[0][0].line == 3


def test_unlisted_pages_are_notes_and_readmes_nothing(make) -> None:
    _, findings = make(
        {
            **SMALL,
            "chapters/en/README.md": "x",
            "chapters/en/a/extra.mdx": "x",
            "chapters/en/a/notes.txt": "x",
        }
    )
    assert said(findings) == [("unlisted-page", "chapters/en/a/extra.mdx", 1)]


def test_folders_without_an_outline_are_notes_but_for_media(make) -> None:
    _, findings = make(
        {**SMALL, "chapters/draft/x.mdx": "x", "chapters/assets/x.png": b"x", "chapters/.git/x": "x"}
    )
    assert said(findings) == [("no-outline", "chapters/draft/", 1)]


def test_the_original_comes_first_and_a_missing_one_is_found(make) -> None:
    files = {path.replace("/en/", f"/{tag}/"): text for tag in ("de", "es") for path, text in SMALL.items()}
    course, findings = make(files)
    assert course.original.language == course.editions[0].language == "de"
    assert [each.code for each in findings] == ["no-original"]
    course, findings = make(files, original="es")
    assert (course.original.language, findings) == ("es", ())


def test_a_course_in_one_language_needs_no_setting(make) -> None:
    course, findings = make({path.replace("/en/", "/fr/"): text for path, text in SMALL.items()})
    assert (course.original.language, course.settings.original, findings) == ("fr", "fr", ())


def test_chosen_languages_keep_the_original(make) -> None:
    files = {
        path.replace("/en/", f"/{tag}/"): text for tag in ("en", "de", "es") for path, text in SMALL.items()
    }
    course, findings = make(files, languages=("ES",))
    assert ([each.language for each in course.editions], findings) == (["en", "es"], ())
    _, findings = make(files, languages=("ess",))
    assert [(each.code, each.help) for each in findings] == [("bad-setting", "did you mean `es`?")]


@pytest.mark.parametrize(
    ("readme", "title"),
    [
        ("# The Course\n\n# Other", "The Course"),
        ("\ufeff<!-- x -->\r\n# 🤗 The **Course** [![badge](x)](y) :tada:\r\n", "The Course"),
        ("The Course\n==========\n", "The Course"),
        (
            '<p align="center"><img src="x"></p>\n<h1 align="center">\n  The <em>Course</em> &amp; more</h1>',
            "The Course & more",
        ),
        ("```bash\n# not this\n```\n\n## The [Course](x) `1`\n", "The Course 1"),
        ("# ![logo](x)\n\n# The Course [[anchor]]", "The Course"),
        ("no heading", "Course"),
    ],
)
def test_the_title_is_that_of_the_readme_without_its_decoration(make, readme: str, title: str) -> None:
    course, _ = make({**SMALL, "README.md": readme})
    assert course.title == title


def test_settings_name_the_title_before_the_readme(make) -> None:
    assert make({**SMALL, "README.md": "# R", "mkdocs.yml": "site_name: S\n"})[0].title == "S"
    assert make({**SMALL, "mkdocs.yml": "site_name: S\nplugins:\n- course:\n    title: T\n"})[0].title == "T"
    assert make(SMALL, title="O")[0].title == "O"


def test_texts_come_as_they_are_and_faults_are_found(make) -> None:
    course, findings = make({
        "chapters/en/_toctree.yml": outline("crlf", "bom", "bad", "wide", "empty"),
        "chapters/en/crlf.mdx": b"# A\r\n\r\nB\r", "chapters/en/bom.mdx": b"\xef\xbb\xbf# A\n",
        "chapters/en/bad.mdx": "# é\nab".encode() + b"\xff c\n", "chapters/en/wide.mdx": "# W\n".encode("utf-16"),
        "chapters/en/empty.mdx": b"",
    })  # fmt: skip
    texts = {page.id: page.source.text for page in course.original.pages}
    assert texts == {
        "crlf": "# A\r\n\r\nB\r",
        "bom": "# A\n",
        "bad": "# é\nab\ufffd c\n",
        "wide": "# W\n",
        "empty": "",
    }
    assert said(findings) == [
        ("unreadable-file", "chapters/en/bad.mdx", 2),
        ("unreadable-file", "chapters/en/wide.mdx", 1),
    ]
    assert (findings[0].span.column, findings[0].message) == (3, "byte `0xFF` is not UTF-8")


def test_a_page_of_many_megabytes_is_found_and_left_out(make) -> None:
    course, findings = make({**SMALL, "chapters/en/a/2.mdx": b"x" * 10_000_001})
    assert [page.id for page in course.original.pages] == ["a/1"]
    assert said(findings) == [("unreadable-file", "chapters/en/a/2.mdx", 1)]


def test_publishable_files_are_those_of_known_kinds(make) -> None:
    course, _ = make({
        **SMALL, "chapters/en/a/x.PNG": b"x", "chapters/assets/x.mp3": b"x", "assets/x.svg": b"x", "src/x.png": b"x",
        "chapters/en/a/x.html": b"x", "chapters/en/a/x.exe": b"x", "chapters/en/.env.json": b"x", "chapters/.git/x.png": b"x",
        "node_modules/x.png": b"x",
    })  # fmt: skip
    assert course.files == {"chapters/en/a/x.PNG", "chapters/assets/x.mp3", "assets/x.svg"}


def test_addresses_are_unique_and_leave_room_for_the_site(make) -> None:
    course, _ = make({
        "chapters/en/_toctree.yml": "- title: One\n  sections:\n"
        "  - {local: a, title: A, newlocal: x/y}\n  - {local: X/Y, title: B}\n  - {local: de/1, title: C}\n  - {local: media/1, title: D}\n"
        "  - {local: e, title: E, newlocal: ../../e}\n",
        "chapters/en/a.mdx": "", "chapters/en/X/Y.mdx": "", "chapters/en/de/1.mdx": "", "chapters/en/media/1.mdx": "", "chapters/en/e.mdx": "",
        "chapters/de/_toctree.yml": outline("a"), "chapters/de/a.mdx": "",
    })  # fmt: skip
    addresses = {page.id: page.address for page in course.original.pages}
    assert addresses == {"a": "x/y", "X/Y": "X/Y-2", "de/1": "de-page/1", "media/1": "media-page/1", "e": "e"}
    assert {page.id: page.address for page in course.edition("de").pages} == addresses


def test_a_thousand_pages_are_found_in_half_a_second(tmp_path: Path) -> None:
    pages = [f"chapter{number // 40}/page{number}" for number in range(1000)]
    write(
        tmp_path,
        {
            "chapters/en/_toctree.yml": outline(*pages),
            **{f"chapters/en/{page}.mdx": "# T\n" for page in pages},
        },
    )
    write(
        tmp_path,
        {
            "chapters/de/_toctree.yml": outline(*pages[::3]),
            **{f"chapters/de/{page}.mdx": "# T\n" for page in pages[::3]},
        },
    )
    started = time.process_time()
    course, findings = discover(tmp_path)
    seconds = time.process_time() - started
    assert [len(each.pages) for each in course.editions] == [1000, 1000]
    assert findings == ()
    assert seconds < 0.5


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "editions", "pages"), [("audio-course", 9, 257), ("llm-course-sample", 4, 80)]
)
def test_real_courses_are_found_whole(corpora: Path, name: str, editions: int, pages: int) -> None:
    course, findings = discover(corpora / name)
    assert len(course.editions) == editions
    assert sum(each.translated for each in course.editions) == pages
    assert {each.code for each in findings} <= {"no-outline", "outline-key"}
    ids = {page.id for page in course.original.pages}
    assert all(ids <= {page.id for page in each.pages} for each in course.editions)
