"""Notebooks for one place: words, addresses, and where they can be opened."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from site_builder.discover.course_repository import place_in_clone
from site_builder.hosts.interface_words import words_for
from site_builder.hosts.notebook_doors import doors, raw_address, source_address
from site_builder.hosts.notebook_files import Roots, fill, finisher, folder_roots, notebook_name, site_roots
from site_builder.model.course import Page
from site_builder.model.settings import Settings
from site_builder.model.source import Source
from site_builder.model.words import word

SITE = "\ue0f2"
EDITION = "\ue0f3"


def filled(source: str, roots: Roots, language: str = "en") -> str:
    text = fill(json.dumps({"source": source}, ensure_ascii=False), words_for(language), roots)
    return json.loads(text)["source"]


def course(folder, **settings: str):
    def edition(language: str):
        source = Source(f"units/{language}/one/a page.mdx", "")
        page = Page("one/a page", "T", language, source, language, address="one/a page")
        return SimpleNamespace(language=language, pages=(page,))

    english, french = edition("en"), edition("fr")
    return SimpleNamespace(
        folder=folder,
        editions=(english, french),
        original=english,
        settings=Settings(**settings),
        root="units",
    )


ABSOLUTE = Roots("fr/", "https://x.example/c/", {}, "https://x.example/c/media/")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f'[a]({EDITION}one/#b "t")', '[a](https://x.example/c/fr/one/#b "t")'),
        (f"[a]({SITE}es/one/)", "[a](https://x.example/c/es/one/)"),
        (f'<img src="{SITE}media/units/a.png"> "b"', '<img src="https://x.example/c/media/units/a.png"> "b"'),
        (word("Tip") + ' "and"\n', 'Astuce "and"\n'),
        (word("Watch on {host}", host='A "b" \\ c'), 'Regarder sur A "b" \\ c'),
    ],
)  # fmt: skip
def test_marks_become_what_they_stand_for(source: str, expected: str) -> None:
    assert filled(source, ABSOLUTE, "fr") == expected


def test_what_leads_nowhere_is_text(tmp_path) -> None:
    nowhere = site_roots(course(tmp_path), "en")
    source = f'[a *b*]({EDITION}one/2/ "t") and ![c]({SITE}media/units/c.png) <a href="{EDITION}one/2/">d</a>'
    assert filled(source, nowhere) == 'a *b* and ![c](units/c.png) <a href="one/2/">d</a>'


def test_without_an_address_links_lead_to_the_repository(tmp_path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    made = site_roots(course(tmp_path / "docs", repository="https://github.com/o/r", branch="dev"), "fr")
    source = f"[a]({EDITION}one/a%20page/#b)"
    assert filled(source, made) == "[a](https://github.com/o/r/blob/dev/docs/units/fr/one/a%20page.mdx#b)"
    assert (
        made.page("fr/one/a%20page/#b") == "https://github.com/o/r/blob/dev/docs/units/fr/one/a%20page.mdx#b"
    )
    assert made.page("fr/one/other/") == ""
    assert made.media == "https://github.com/o/r/raw/dev/docs/"


def test_a_notebook_in_the_course_leads_to_the_files_beside_it(tmp_path) -> None:
    made = folder_roots(course(tmp_path), "en", "notebooks/en/one")
    assert made.media == "../../../"
    assert made.page("one/a%20page/") == "../../../units/en/one/a%20page.mdx"
    with_address = folder_roots(course(tmp_path, address="https://x.example/c"), "en", "notebooks/en/one")
    assert (with_address.media, with_address.page("one/a%20page/")) == (
        "../../../",
        "https://x.example/c/one/a%20page/",
    )


def test_a_kept_run_is_finished_for_its_place(tmp_path) -> None:
    made = course(tmp_path)
    prose = {"cell_type": "markdown", "source": f"{word('Tip')} ![a]({SITE}media/units/a.png)"}
    text = json.dumps({"cells": [prose]}, ensure_ascii=False)
    cells = json.loads(finisher(made, "notebooks")(made.editions[0].pages[0], text))["cells"]
    assert [each["source"] for each in cells] == ["Tip ![a](../../../units/a.png)"]


@pytest.mark.parametrize(("name", "goes"), [("drops.json", True), ("other.json", False)])
def test_a_kept_run_goes_to_the_files_that_it_opens(tmp_path, name: str, goes: bool) -> None:
    made = course(tmp_path)
    made.files = frozenset({"units/en/one/drops.json"})
    text = json.dumps({"cells": [{"cell_type": "code", "source": f"open({name!r})"}] * 2})
    cells = json.loads(finisher(made, "notebooks")(made.editions[0].pages[0], text))["cells"]
    assert [each["source"] for each in cells if each["source"][0] == "%"] == [
        "%cd -q ../../../units/en/one"
    ] * goes


def test_names_of_notebooks() -> None:
    assert [notebook_name("a/b", ""), notebook_name("a/b", "tf"), notebook_name("b", "")] == [
        "b.ipynb",
        "b_tf.ipynb",
        "b.ipynb",
    ]


COLAB = "https://colab.research.google.com/github/o/r/blob/main/n/a%20b.ipynb"


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        (
            "https://github.com/o/r",
            [COLAB, "https://mybinder.org/v2/gh/o/r/main?urlpath=lab/tree/n/a%20b.ipynb"],
        ),
        (
            "https://github.com/o/r.git/",
            [COLAB, "https://mybinder.org/v2/gh/o/r/main?urlpath=lab/tree/n/a%20b.ipynb"],
        ),
        (
            "https://gitlab.com/g/s/r",
            ["https://mybinder.org/v2/gl/g%2Fs%2Fr/main?urlpath=lab/tree/n/a%20b.ipynb"],
        ),
        (
            "https://gist.github.com/o/a1",
            ["https://mybinder.org/v2/gist/o/a1/main?urlpath=lab/tree/n/a%20b.ipynb"],
        ),
        (
            "https://codeberg.org/o/r",
            [
                "https://mybinder.org/v2/git/https%3A%2F%2Fcodeberg.org%2Fo%2Fr/main?urlpath=lab/tree/n/a%20b.ipynb"
            ],
        ),
        ("https://github.com/o", []),
        ("javascript://x/y/z", []),
        ("", []),
    ],
)
def test_doors_of_a_repository(repository: str, expected: list[str]) -> None:
    assert [each.url for each in doors(Settings(repository=repository), "n/a b.ipynb")] == expected


def test_a_branch_with_a_slash_is_one_part_of_binders_address() -> None:
    found = doors(Settings(repository="https://github.com/o/r", branch="a/b"), "n.ipynb")
    assert "/r/a%2Fb?" in found[1].url


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://localhost:8888", ["http://localhost:8888/lab/tree/n.ipynb"]),
        ("https://hub.example/user/a/lab/", ["https://hub.example/user/a/lab/tree/n.ipynb"]),
        ("javascript:alert(1)", []),
        ('http://x"onclick=', []),
    ],
)
def test_a_jupyterlab_that_the_settings_name(address: str, expected: list[str]) -> None:
    assert [each.url for each in doors(Settings(jupyterlab=address), "n.ipynb")] == expected


def test_addresses_of_files_by_host() -> None:
    addresses = [
        raw_address(Settings(repository=f"https://{host}/o/r"), "a.png")
        for host in ("github.com", "gitlab.com", "codeberg.org")
    ]
    assert addresses == [
        "https://github.com/o/r/raw/main/a.png",
        "https://gitlab.com/o/r/-/raw/main/a.png",
        "https://codeberg.org/o/r/raw/branch/main/a.png",
    ]
    assert source_address(Settings(), "a.mdx") == raw_address(Settings(), "a.png") == ""


def test_the_place_of_a_course_in_its_clone(tmp_path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert (place_in_clone(inside), place_in_clone(tmp_path)) == ("a/b/", "")
