"""What cells made is published as files, and nothing else from their notebooks is."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

import pytest
from made_notebooks import code, display, notebook, png, wav
from notebook_course import ACTIVE, CHAPTER, usual, write_notebook_course
from small_course import SQUARE, build_site, contents, written

from site_builder.hosts.output_files import copy_outputs, files_in
from site_builder.hosts.publication import publish
from site_builder.model.notebook import made_file
from site_builder.pipeline import build

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    made_file("image/png", png()).name,
    made_file("image/svg+xml", SQUARE).name,
    made_file("audio/wav", wav()).name,
}
REFUSED = made_file("image/svg+xml", ACTIVE).name


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_notebook_course(tmp_path / "course")


def outputs(site: Path) -> set[str]:
    return {path.removeprefix("outputs/") for path in contents(site) if path.startswith("outputs/")}


def test_each_file_has_the_name_of_its_content_and_pages_lead_there(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "site")
    assert outputs(tmp_path / "site") == NAMES
    for path in (tmp_path / "site" / "outputs").iterdir():
        assert path.stem == blake2b(path.read_bytes(), digest_size=12).hexdigest()
    for page, root in (("one/3/index.html", "../../"), ("fr/one/3/index.html", "../../../")):
        html = (tmp_path / "site" / page).read_text()
        assert set(re.findall(rf'src="{root}outputs/([^"]+)"', html)) == NAMES
        assert "base64" not in html


def test_a_course_without_them_has_no_folder_for_them(course: Path, tmp_path: Path) -> None:
    (course / CHAPTER).write_text(notebook(code("1")))
    build_site(course, tmp_path / "site")
    assert not (tmp_path / "site" / "outputs").exists()


def test_an_unchanged_site_stays_and_a_new_figure_is_seen(course: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_site(course, site, cache=True)
    before = written(site)
    build_site(course, site, cache=True)
    assert written(site) == before
    (course / CHAPTER).write_text(usual().replace(png(), png(shade=7)))
    build_site(course, site, cache=True)
    assert made_file("image/png", png(shade=7)).name in outputs(site)
    assert made_file("image/png", png()).name not in outputs(site)


def test_a_notebook_that_changes_while_the_site_is_made_is_told(course: Path, tmp_path: Path) -> None:
    made = build(course, jobs=1, cache=False)
    (course / CHAPTER).write_text(usual().replace(png(), png(shade=7)))
    found = copy_outputs(made, tmp_path / "outputs")
    assert [(each.code, each.span.source.path) for each in found] == [("kept-run", CHAPTER)]
    assert "a picture or a sound is missing" in found[0].message
    assert {each.name for each in (tmp_path / "outputs").iterdir()} < NAMES


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.unlink(),
        lambda file: file.write_text("{"),
        lambda file: file.write_text("[" * 99_999),
    ],
)
def test_a_notebook_that_is_gone_or_broken_is_told(course: Path, tmp_path: Path, change) -> None:
    made = build(course, jobs=1, cache=False)
    change(course / CHAPTER)
    assert [each.code for each in copy_outputs(made, tmp_path / "outputs")] == ["kept-run"]


def test_the_findings_of_missing_files_come_with_the_build(course: Path, tmp_path: Path) -> None:
    made = build(course, jobs=1, cache=False)
    (course / CHAPTER).unlink()
    assert "kept-run" in {each.code for each in publish(made, tmp_path / "site", jobs=1)}


def test_only_what_is_asked_for_is_taken_and_a_drawing_is_looked_at_again(course: Path) -> None:
    folder = course.resolve()
    assert {each.name for each in files_in(folder, CHAPTER, NAMES | {REFUSED, "0" * 24 + ".png"})} == NAMES
    assert files_in(folder, CHAPTER, set()) == []


@pytest.mark.parametrize(
    "path", ["../outside.ipynb", "/etc/passwd", ".hidden/a.ipynb", "link.ipynb", "nowhere.ipynb", ""]
)
def test_notebooks_outside_the_course_have_no_files(course: Path, path: str) -> None:
    folder = course.resolve()
    (folder / "../outside.ipynb").resolve().write_text(usual())
    (folder / ".hidden").mkdir()
    (folder / ".hidden/a.ipynb").write_text(usual())
    (folder / "link.ipynb").symlink_to(folder.parent / "outside.ipynb")
    assert files_in(folder, path, NAMES) == []


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {"cells": 1},
        {"cells": [1, {"outputs": 1}, {"outputs": [1, {}, {"data": 1}, {"data": {"image/png": {"a": 1}}}]}]},
        {
            "cells": [
                {"outputs": [{"output_type": "display_data", "data": {"text/html": 7, "image/png": None}}]}
            ]
        },
    ],
)
def test_any_json_at_all_is_survived(course: Path, stored: object) -> None:
    (course / CHAPTER).write_text(json.dumps(stored))
    assert files_in(course.resolve(), CHAPTER, NAMES) == []


def test_equal_files_of_two_pages_are_one(course: Path, tmp_path: Path) -> None:
    (course / "chapters/en/one/4.ipynb").write_text(notebook(code("1", display(png=png()))))
    outline = course / "chapters/en/_toctree.yml"
    outline.write_text(outline.read_text() + "  - {local: one/4, title: Fourth}\n")
    build_site(course, tmp_path / "site")
    assert outputs(tmp_path / "site") == NAMES


def test_cell_numbers_are_a_setting(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "without")
    (course / "mkdocs.yml").write_text('site_name: A\nplugins: [{course: {cell_numbers: "on"}}]\n')
    build_site(course, tmp_path / "with")
    found = [
        "course-cell-numbers" in (tmp_path / site / "one/3/index.html").read_text()
        for site in ("without", "with")
    ]
    assert found == [False, True]
