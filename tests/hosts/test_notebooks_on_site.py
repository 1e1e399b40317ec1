"""The notebooks of a site's pages: where they lie, what they hold, and the menu that leads there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from small_course import build_site, index_of, write_course

from site_builder.hosts.live_course import LiveCourse
from site_builder.hosts.live_pages import LivePages

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "site_name: Squares\nsite_url: https://x.example/c/\nrepo_url: https://github.com/o/squares\nplugins:\n  - course:\n      jupyterlab: http://localhost:8888\n"
BANNER = '<CourseFloatingBanner chapter={1} notebooks={[{label: "Colab", value: "https://colab.research.google.com/x"}]} />'
FW = "{#if fw === 'pt'}\n```py\nimport torch\n```\n{:else}\n```py\nimport tensorflow\n```\n{/if}\n"
EXTRA = {
    "mkdocs.yml": SETTINGS,
    "chapters/en/_toctree.yml": "- title: A\n  sections:\n  - {local: one/1, title: First}\n  - {local: one/2, title: Second}\n  - {local: one/3, title: Third}\n  - {local: one/4, title: Fourth}\n",
    "chapters/en/one/3.mdx": f"# Third\n\n{BANNER}\n\n{FW}",
    "chapters/en/one/4.mdx": "# Fourth\n\nno code\n",
    **{f"notebooks/en/one/{number}.ipynb": "{}" for number in (1, 3)},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("notebooks") / "course", EXTRA)


@pytest.fixture(scope="module")
def site(course: Path) -> Path:
    build_site(course, course.parent / "site")
    return course.parent / "site"


def links(site: Path, page: str) -> list[tuple[str, str]]:
    html = (site / page / "index.html").read_text("utf-8")
    menu = html.partition('<div class="course-notebook">')[2].partition("<article")[0]
    return re.findall(r'<a [^>]*href="([^"]*)"', menu)


def test_pages_with_cells_have_notebooks_beside_them(site: Path) -> None:
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.ipynb"))
    pages = ("one/1/1", "one/2/2", "one/3/3_pt", "one/3/3_tf")
    assert found == sorted(f"{edition}{page}.ipynb" for edition in ("", "fr/", "fa/") for page in pages)
    for path in found:
        nbformat.validate(nbformat.read(site / path, as_version=4))


def test_a_notebook_speaks_its_readers_language_and_leads_to_the_site(site: Path) -> None:
    text = (site / "fr/one/1/1.ipynb").read_text("utf-8")
    assert "https://x.example/c/fr/one/2/" in text
    assert "https://x.example/c/media/chapters/en/pictures/square.svg" in text
    assert re.findall("[\ue0f0-\ue0f4]", text) == []
    assert json.loads(text)["metadata"]["course"]["language"] == "fr"


def test_the_menu_has_what_there_is(site: Path) -> None:
    kept = "notebooks/en/one/1.ipynb"
    assert links(site, "one/1") == [
        "1.ipynb",
        f"https://colab.research.google.com/github/o/squares/blob/main/{kept}",
        f"https://mybinder.org/v2/gh/o/squares/main?urlpath=lab/tree/{kept}",
        f"http://localhost:8888/lab/tree/{kept}",
    ]
    assert links(site, "fr/one/1") == links(site, "one/1")
    assert links(site, "one/2") == ["2.ipynb"]
    assert links(site, "one/4") == []


def test_what_the_author_links_to_is_not_there_twice(site: Path) -> None:
    assert links(site, "one/3")[:2] == ["3_pt.ipynb", "3_tf.ipynb"]
    assert [each.split("/")[2] for each in links(site, "one/3")[2:]] == ["mybinder.org", "localhost:8888"]


def test_search_and_sitemap_know_nothing_of_notebooks(site: Path) -> None:
    assert "ipynb" not in json.dumps(index_of(site))
    assert "ipynb" not in (site / "sitemap.xml").read_text("utf-8")


def test_the_live_server_gives_the_same(course: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CACHE", str(course.parent / "kept"))
    live = LiveCourse(course)
    live.start(jobs=1)
    pages = LivePages(live)
    for path in ("one/3/3_tf.ipynb", "fr/one/1/1.ipynb"):
        answer = pages.answer(f"/{path}")
        assert (answer.status, answer.content) == (200, (site / path).read_bytes())
    assert [pages.answer(f"/one/{name}.ipynb").status for name in ("3/3", "4/4", "1/2", "../one/1/1")] == [
        404
    ] * 4
