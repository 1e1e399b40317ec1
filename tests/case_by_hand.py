"""Stands in for discover and the pipeline until both are there; goes away then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.atlas import Atlas
from site_builder.model.course import Course, Edition, Outline, Page
from site_builder.model.settings import Settings
from site_builder.model.source import Source

if TYPE_CHECKING:
    from pathlib import Path


def discover_by_hand(folder: Path) -> Course:
    """Give a course of all pages in `folder`, in the order of their names."""
    sources: dict[str, dict[str, Source]] = {}
    for path in sorted(folder.rglob("*.md*")):
        language, _, page = path.relative_to(folder / "chapters").as_posix().rpartition(".")[0].partition("/")
        text = path.read_bytes().decode("utf-8-sig")
        sources.setdefault(language, {})[page] = Source(path.relative_to(folder).as_posix(), text)
    original = sources.get("en", {})
    editions = tuple(
        Edition(language, "ltr", language, Outline(Source("", ""), ()), (), tuple(
            Page(page, page, language, source, language, original.get(page) if language != "en" else None, page)
            for page, source in pages.items()
        ))
        for language, pages in sorted(sources.items(), key=lambda item: (item[0] != "en", item[0]))
    )  # fmt: skip
    files = frozenset(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".md", ".mdx", ".yml", ".ipynb"}
    )
    return Course(folder, "chapters", "Course", Settings(), editions, files)


def atlases_by_hand(course: Course, anchors: dict[tuple[str, str], frozenset[str]]) -> dict[str, Atlas]:
    """Give each edition's atlas; `anchors` are the ids of each page by language and id."""
    return {
        each.language: Atlas(
            each.language,
            {page.id: page.address for page in each.pages},
            {page.id.rpartition("/")[0]: page.id for page in reversed(each.pages)},
            {page.id: anchors[each.language, page.id] for page in each.pages},
            course.files,
            frozenset(edition.language for edition in course.editions),
            ("/course",),
        )
        for each in course.editions
    }
