"""Nothing outside the course folder is read or published; each attack has a control that is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from course_folder import SMALL, outline, write

from site_builder.discover.stage import discover

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = "words from outside"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A small course, and beside it files that no site may show."""
    write(
        tmp_path,
        {
            "secret/x.mdx": OUTSIDE,
            "secret/x.png": OUTSIDE,
            "secret/_toctree.yml": outline("x"),
            "secret/mkdocs.yml": f"site_name: {OUTSIDE}",
        },
    )
    write(tmp_path / "course", SMALL)
    return tmp_path


def everything(folder: Path) -> tuple[str, frozenset[str], set[str]]:
    """All texts of a course, its files, and the codes of its findings."""
    course, findings = discover(folder)
    texts = [page.source.text for each in course.editions for page in each.pages] + [
        each.outline.source.text for each in course.editions
    ]
    shown = [each.span.source.text for each in findings]
    return "\n".join([course.title, *texts, *shown]), course.files, {each.code for each in findings}


def test_a_linked_page_outside_is_not_read(place: Path) -> None:
    course = place / "course"
    page = course / "chapters/en/a/2.mdx"
    page.unlink()
    page.symlink_to(place / "secret/x.mdx")
    text, _, codes = everything(course)
    assert OUTSIDE not in text
    assert "outside-course" in codes


def test_control_a_linked_page_inside_is_read(place: Path) -> None:
    course = place / "course"
    write(course, {"shared/x.mdx": OUTSIDE})
    page = course / "chapters/en/a/2.mdx"
    page.unlink()
    page.symlink_to("../../../shared/x.mdx")
    text, _, codes = everything(course)
    assert OUTSIDE in text
    assert codes == set()


@pytest.mark.parametrize("target", ["../secret", "{place}/secret"])
@pytest.mark.parametrize("link", ["chapters/en/a/linked", "chapters/fr", "assets", "chapters/en/assets"])
def test_a_linked_folder_outside_is_not_entered(place: Path, link: str, target: str) -> None:
    course = place / "course"
    up = "../" * (link.count("/"))
    (course / link).symlink_to(target.format(place=place) if "{" in target else up + target)
    write(course, {"chapters/en/_toctree.yml": outline("a/1", "a/linked/x", "assets/x")})
    text, files, codes = everything(course)
    assert OUTSIDE not in text
    assert files == frozenset()
    assert "outside-course" in codes


def test_control_a_linked_folder_inside_is_entered(place: Path) -> None:
    course = place / "course"
    write(
        course,
        {
            "chapters/en/media/x.png": "x",
            "chapters/fr/_toctree.yml": outline("a/1"),
            "chapters/fr/a/1.mdx": "x",
        },
    )
    (course / "chapters/fr/media").symlink_to("../en/media")
    _, files, codes = everything(course)
    assert files == {"chapters/en/media/x.png", "chapters/fr/media/x.png"}
    assert codes == set()


def test_the_root_itself_may_not_lead_out(place: Path) -> None:
    course = place / "other"
    course.mkdir()
    write(place, {"real/en/_toctree.yml": outline("x"), "real/en/x.mdx": OUTSIDE})
    (course / "chapters").symlink_to(place / "real")
    text, _, codes = everything(course)
    assert OUTSIDE not in text
    assert {"outside-course", "no-course"} <= codes


@pytest.mark.parametrize(
    "local",
    [
        "../../../secret/x",
        "/etc/passwd",
        "{place}/secret/x",
        "..\\..\\..\\secret\\x",
        "C:/x",
        "a/../../../../secret/x",
        "..",
    ],
)
def test_an_outline_may_not_name_files_outside(place: Path, local: str) -> None:
    course = place / "course"
    write(
        course,
        {
            "chapters/en/_toctree.yml": f"- title: One\n  sections:\n  - local: a/1\n    title: A\n  - local: '{local.format(place=place)}'\n    title: X\n"
        },
    )
    text, _, codes = everything(course)
    assert OUTSIDE not in text
    assert "outside-course" in codes


@pytest.mark.parametrize("name", ["mkdocs.yml", "README.md", "chapters/en/_toctree.yml"])
def test_files_of_the_course_itself_may_not_lead_out(place: Path, name: str) -> None:
    course = place / "course"
    (course / name).unlink(missing_ok=True)
    write(place, {"secret/README.md": f"# {OUTSIDE}"})
    (course / name).symlink_to(place / "secret" / name.rpartition("/")[2])
    text, _, _ = everything(course)
    assert OUTSIDE not in text


def test_control_the_same_files_inside_are_read(place: Path) -> None:
    course = place / "course"
    write(course, {"shared/mkdocs.yml": f"site_name: {OUTSIDE}"})
    (course / "mkdocs.yml").symlink_to("shared/mkdocs.yml")
    assert OUTSIDE in everything(course)[0]


@pytest.mark.parametrize("target", [".env", ".git/config", "../../.env"])
def test_a_link_may_not_lead_to_hidden_files(place: Path, target: str) -> None:
    course = place / "course"
    write(course, {".env": OUTSIDE, "chapters/en/.env": OUTSIDE, "chapters/en/.git/config": OUTSIDE})
    (course / "chapters/en/picture.png").symlink_to(target)
    _, files, codes = everything(course)
    assert files == frozenset()
    assert "outside-course" in codes


def test_a_link_may_not_change_a_files_kind(place: Path) -> None:
    course = place / "course"
    write(course, {"keys.pem": OUTSIDE, "chapters/en/real.png": "x"})
    (course / "chapters/en/picture.png").symlink_to("../../keys.pem")
    (course / "chapters/en/control.png").symlink_to("real.png")
    _, files, codes = everything(course)
    assert files == {"chapters/en/real.png", "chapters/en/control.png"}
    assert "outside-course" in codes


@pytest.mark.parametrize("root", ["../secret", "/etc", "chapters/../../secret", ".git", "C:\\x"])
def test_the_setting_root_may_not_lead_out(place: Path, root: str) -> None:
    course = place / "course"
    write(course, {"mkdocs.yml": f"plugins:\n- course:\n    root: '{root}'\n"})
    found, findings = discover(course)
    assert found.root == "chapters"
    assert [(each.code, each.span.line) for each in findings] == [("bad-setting", 3)]
    with pytest.raises(ValueError, match="root"):
        discover(course, {"root": root})


def test_links_in_a_circle_end(place: Path) -> None:
    course = place / "course"
    (course / "chapters/en/a/loop").symlink_to("..")
    (course / "chapters/en/self").symlink_to("self")
    (course / "chapters/en/x").symlink_to("y")
    (course / "chapters/en/y").symlink_to("x")
    text, _, codes = everything(course)
    assert "# One" in text
    assert codes == set()


def test_links_that_multiply_end(place: Path) -> None:
    course = place / "course"
    folders = [course / f"chapters/en/d{number}" for number in range(16)]
    for folder in folders:
        folder.mkdir()
        for other in folders:
            (folder / other.name).symlink_to(f"../{other.name}")
    text, _, _ = everything(course)
    assert "# One" in text


def test_pipes_and_devices_are_not_opened(place: Path) -> None:
    course = place / "course"
    (course / "chapters/en/a/2.mdx").unlink()
    os.mkfifo(course / "chapters/en/a/2.mdx")
    (course / "chapters/en/zero.png").symlink_to("/dev/zero")
    _, files, codes = everything(course)
    assert files == frozenset()
    assert "missing-page" in codes
