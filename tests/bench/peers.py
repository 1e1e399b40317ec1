"""The same chapters for the peers: plain Material for MkDocs, and mkdocs-static-i18n."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path

MATERIAL = {"zh-CN": "zh", "gj": "en"}
_STYLE = {
    "theme": {"name": "material", "font": False, "features": ["content.code.copy", "navigation.footer"]},
    "markdown_extensions": [
        "admonition",
        "tables",
        "attr_list",
        "md_in_html",
        "pymdownx.highlight",
        "pymdownx.superfences",
        "pymdownx.tilde",
    ],
    "validation": {
        "links": {
            "not_found": "ignore",
            "anchors": "ignore",
            "absolute_links": "ignore",
            "unrecognized_links": "ignore",
        }
    },
}


def languages(course: Path) -> list[str]:
    """Give the editions of a course in `chapters/`."""
    return sorted(each.parent.name for each in (course / "chapters").glob("*/_toctree.yml"))


def plain_material(course: Path, place: Path) -> list[Path]:
    """Make a MkDocs project for each language, and give their folders."""
    return [_project(course, place / language, language) for language in languages(course)]


def _project(course: Path, folder: Path, language: str) -> Path:
    _copy_pages(course / "chapters" / language, folder / "docs")
    (folder / "docs" / "index.md").write_text("# Course\n")
    theme = {**_STYLE["theme"], "language": MATERIAL.get(language, language)}
    _write(folder, {**_STYLE, "site_name": "Course", "theme": theme})
    return folder


def static_i18n(course: Path, place: Path) -> Path:
    """Make one MkDocs project for all languages; `zh-CN` crashes the plugin and is called `zh` there."""
    tags = {language: MATERIAL.get(language, language) for language in languages(course)}
    for language, tag in tags.items():
        _copy_pages(course / "chapters" / language, place / "docs" / tag)
        (place / "docs" / tag / "index.md").write_text("# Course\n")
    listed = [
        {"locale": tag, "name": language, "build": True, "default": language == "en"}
        for language, tag in tags.items()
    ]
    plugins = ["search", {"i18n": {"docs_structure": "folder", "languages": listed}}]
    _write(place, {**_STYLE, "site_name": "Course", "plugins": plugins})
    return place


def _copy_pages(edition: Path, docs: Path) -> None:
    for file in edition.rglob("*.md*"):
        target = (docs / file.relative_to(edition)).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def _write(folder: Path, settings: dict[str, object]) -> None:
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings))
