"""Runs every case of tests/cases; `UPDATE_CASES=1` writes what came out into the files, to be reviewed as a diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from case_files import DEFAULT_PATH, Case, difference, read_cases, rewrite_views
from case_views import VIEWS, CaseCourse

FOLDER = Path(__file__).parent / "cases"
VIEW_NAMES = frozenset(VIEWS)
UPDATE = bool(os.environ.get("UPDATE_CASES"))
CASES = [case for path in sorted(FOLDER.rglob("*.md")) for case in read_cases(path, VIEW_NAMES)]


def _name(case: Case) -> str:
    return f"{case.path.relative_to(FOLDER).with_suffix('')}: {case.title}".encode(
        "ascii", "replace"
    ).decode()


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_case(case: Case, tmp_path: Path) -> None:
    assert case.files, "a case needs at least one input file"
    assert case.views, f"a case needs at least one expected view: {', '.join(VIEWS)}"
    course = CaseCourse(tmp_path / "course", case.files)
    actual = {part.label: _ends_in_newline(VIEWS[part.label](course)) for part in case.views}
    if UPDATE:
        rewrite_views(case, actual, VIEW_NAMES)
        return
    differences = [difference(part.label, part.text, actual[part.label]) for part in case.views]
    message = "\n".join(filter(None, differences))
    if message:
        pytest.fail(f"{case.path}\n{case.title}\n{message}\nIf that is meant: UPDATE_CASES=1", pytrace=False)


def _ends_in_newline(text: str) -> str:
    return text.rstrip("\n") + "\n" if text.strip("\n") else ""


def _case_file(folder: Path, text: str) -> Path:
    path = folder / "sample.md"
    path.write_text(text, encoding="utf-8")
    return path


SAMPLE = """Prose.

## One

````mdx crlf no-newline
# Title
text
````

````diagnostics
````

## Two

`````mdx chapters/es/a/b.md
````python
`````

`````document
old
`````
"""


def test_a_case_file_is_read(tmp_path: Path) -> None:
    one, two = read_cases(_case_file(tmp_path, SAMPLE), VIEW_NAMES)
    assert (one.title, one.files) == ("One", {DEFAULT_PATH: b"# Title\r\ntext"})
    assert [part.text for part in one.views] == [""]
    assert two.files == {"chapters/es/a/b.md": b"````python\n"}
    assert [(part.label, part.text) for part in two.views] == [("document", "old\n")]


def test_views_are_rewritten_in_their_place(tmp_path: Path) -> None:
    path = _case_file(tmp_path, SAMPLE)
    one, two = read_cases(path, VIEW_NAMES)
    rewrite_views(two, {"document": "new\nlines\n"}, VIEW_NAMES)
    rewrite_views(one, {"diagnostics": "found\n"}, VIEW_NAMES)
    expected = SAMPLE.replace("````diagnostics\n", "````diagnostics\nfound\n").replace(
        "old\n", "new\nlines\n"
    )
    assert path.read_text(encoding="utf-8") == expected


def test_a_difference_is_shown_and_equality_is_not() -> None:
    assert difference("html", "<p>a</p>\n", "<p>a</p>\n") == ""
    assert "-<p>a</p>\n+<p>b</p>" in difference("html", "<p>a</p>\n", "<p>b</p>\n")
