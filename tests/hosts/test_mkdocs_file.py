"""What is taken from an author's mkdocs.yml: data, and nothing that runs or leads elsewhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import yaml
from mkdocs.exceptions import ConfigurationError
from small_course import build_site, write_course

from site_builder.hosts.mkdocs_file import author_look

if TYPE_CHECKING:
    from pathlib import Path


def look(folder: Path, text: str, name: str = "mkdocs.yml") -> dict:
    (folder / name).write_text(text, encoding="utf-8")
    return author_look(folder)


def test_the_look_and_the_copyright_are_taken(tmp_path: Path) -> None:
    text = """
copyright: © <b>Me</b>
theme:
  features: [navigation.footer]
  icon: {logo: material/school}
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-sunny, name: light}}
hooks: [run.py]
plugins: [search, course, other]
markdown_extensions: [toc]
extra_javascript: [https://evil.example/a.js]
"""
    found = look(tmp_path, text)
    assert set(found) == {"copyright", "theme"}
    assert found["copyright"] == "© <b>Me</b>"
    assert found["theme"]["features"] == ["navigation.footer"]
    assert found["theme"]["icon"] == {"logo": "material/school"}
    assert [each["scheme"] for each in found["theme"]["palette"]] == ["default"]
    (tmp_path / "mkdocs.yml").unlink()
    assert author_look(tmp_path) == {}
    assert look(tmp_path, "copyright: a", "mkdocs.yaml") == {"theme": {}, "copyright": "a"}


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.mkdir", "!!python/object/new:os.mkdir", "tag:yaml.org,2002:python/object/apply:os.mkdir"]
)  # fmt: skip
def test_a_tag_never_runs_anything(tmp_path: Path, tag: str) -> None:
    written = f"!<{tag}>" if tag.startswith("tag:") else tag
    text = f"copyright: {written} [{tmp_path / 'made'}]\ntheme: {{features: [a]}}\n"
    assert look(tmp_path, text) == {"theme": {"features": ["a"]}}
    assert not (tmp_path / "made").exists()
    yaml.load(text, yaml.UnsafeLoader)  # noqa: S506 - control: it would run
    assert (tmp_path / "made").exists(), "control"


def test_tags_that_nobody_knows_count_as_nothing(tmp_path: Path) -> None:
    text = "copyright: !mine x\ntheme: {features: !other [a]}\nx: !!python/name:os.system\nextra: !relative $config_dir\n"
    assert look(tmp_path, text) == {"theme": {}}


def test_the_environment_is_read_as_mkdocs_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TEST", "from outside")
    monkeypatch.delenv("COURSE_NONE", raising=False)

    def given(value: str) -> object:
        return look(tmp_path, f"copyright: {value}\n").get("copyright")

    assert given("!ENV COURSE_TEST") == "from outside"
    assert given("!ENV [COURSE_NONE, COURSE_TEST, other]") == "from outside"
    assert given("!ENV [COURSE_NONE, other]") == "other"
    assert given("!ENV [COURSE_NONE, COURSE_TEST]") == "COURSE_TEST", "the last is a default, not a name"
    assert given("!ENV [COURSE_TEST]") == "from outside"
    assert given("!ENV COURSE_NONE") is None
    assert given("!ENV {a: b}") is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "5", "a: [", "theme: 5", "theme: {features: 5}", "theme: {palette: {scheme: slate}}", "theme: {palette: [1, {}]}",
     "theme: {icon: [a], logo: 3, favicon: {}}", "theme: {icon: {logo: ../../x}}", "theme: {icon: {logo: no/such}}",
     "theme: {logo: https://evil.example/a.png}", "theme: {favicon: '\"><script>'}", "theme: {custom_dir: 3}",
     "copyright: [a]", "? [a]\n: b", "\0", "a: &a [*a]", "theme: &t {features: [*t]}", "a: !!timestamp x", "a: !!bool x", "a: !!int x", "!!set {a}",
     "theme: {palette: [{scheme: '\"><script>', toggle: {icon: material/school}}]}"],
)  # fmt: skip
def test_any_value_at_all_gives_a_site(tmp_path: Path, text: str) -> None:
    course = write_course(tmp_path / "course", {"mkdocs.yml": text})
    site = build_site(course, tmp_path / "site")
    assert "fr/one/1/index.html" in site
    assert "<script>" not in (tmp_path / "site/index.html").read_text().split("<body")[0].replace(
        "<script>_", ""
    )


def test_a_great_many_repetitions_take_no_time(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert look(tmp_path, "\n".join([*lines, "theme: {features: *a11, icon: *a11, palette: *a11}"])) == {
        "theme": {"features": []}
    }
    merges = ["a0: &a0 {x: y}"] + [
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12)
    ]
    assert look(tmp_path, "\n".join([*merges, "copyright: me"])) == {"theme": {}, "copyright": "me"}


def test_author_html_of_the_copyright_is_cleaned(tmp_path: Path) -> None:
    found = look(
        tmp_path, "copyright: '<b onclick=x()>me</b><script>alert(1)</script><img src=x onerror=y()>'\n"
    )
    assert found["copyright"].startswith("<b>me</b>")
    assert not {each for each in ("script", "onclick", "onerror") if each in found["copyright"]}


def test_a_linked_file_counts_where_it_stays_inside(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    for place in (tmp_path, course):
        (place / "real.yml").write_text("copyright: me\n")
    (course / "mkdocs.yml").symlink_to(course / "real.yml")
    assert author_look(course)["copyright"] == "me", "control"
    (course / "mkdocs.yml").unlink()
    (course / "mkdocs.yml").symlink_to(tmp_path / "real.yml")
    assert author_look(course) == {}


def templates(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def test_templates_of_an_author_are_used(tmp_path: Path) -> None:
    course = write_course(
        tmp_path / "course", {"mkdocs.yml": "theme: {custom_dir: look, logo: assets/own.svg}\n"}
    )
    own = {"partials/copyright.html": "Own: {{ course.title | upper }}", "assets/own.svg": "<svg/>"}
    templates(course / "look", own)
    assert "assets/own.svg" in build_site(course, tmp_path / "site")
    text = (tmp_path / "site/fr/one/1/index.html").read_text()
    assert "Own: OF SQUARES" in text
    assert 'src="../../../assets/own.svg"' in text


@pytest.mark.parametrize(
    "custom", ["../look", "{absolute}", ".", "out", ".hidden", "look", "no-such", "README.md", "''"]
)
def test_folders_of_templates_elsewhere_are_not_used(tmp_path: Path, custom: str) -> None:
    course = write_course(tmp_path / "course")
    for place in (tmp_path / "look", course / ".hidden", course / "look"):
        templates(place, {"partials/copyright.html": "Own"})
    (course / "out").symlink_to(tmp_path / "look")
    (course / "look" / "assets").mkdir()
    (course / "look/assets/key.txt").symlink_to(tmp_path / "look/partials/copyright.html")
    text = f"theme: {{custom_dir: {custom.format(absolute=tmp_path / 'look')}}}\n"
    assert look(course, text) == {"theme": {}}
    (course / "look/assets/key.txt").unlink()
    assert look(course, "theme: {custom_dir: look}") == {"theme": {"custom_dir": "look"}}, "control"


@pytest.mark.parametrize(
    "expression",
    [
        "{{ course.course.folder.joinpath('README.md').read_text() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.mkdir('made') }}",
        "{{ config.load_file('x') }}",
        "{{ config.plugins.run_event('shutdown') }}",
        "{{ course.build.kept.discard() }}",
        "{{ config.theme.dirs.append('/') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ ('{0.__class__.__init__.__globals__}' | format)(course) }}",
        "{{ '{0.__class__.__mro__}'.format(course) }}",
        "{{ [course.course.folder] | map('attr', 'cwd') | first | string | upper }}{{ course.course.folder.cwd() }}",
        "{% include '../../README.md' %}",
    ],
)
def test_templates_of_an_author_run_nothing(
    tmp_path: Path, expression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    course = write_course(tmp_path / "course", {"mkdocs.yml": "theme: {custom_dir: look}\n"})
    templates(course / "look", {"partials/copyright.html": expression})
    with pytest.raises(ConfigurationError, match="custom_dir"):
        build_site(course, tmp_path / "site")
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / "made").exists()
    assert os.listdir(tmp_path) == ["course"]  # noqa: PTH208 - nothing is left beside it either
