"""Stage 1, discover: a folder to a course, without any configuration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.discover.course_files import publishable
from site_builder.discover.course_repository import with_repository
from site_builder.discover.course_root import OUTLINE, find_editions, join, place, scan_course
from site_builder.discover.course_settings import FILES, read_settings
from site_builder.discover.course_title import folder_title, readme_title
from site_builder.discover.edition_pages import RESERVED, Maker, make_pages
from site_builder.discover.fallback import complete, renamed, same_ids
from site_builder.discover.folder_tree import Tree, refusal
from site_builder.discover.held_quizzes import with_quizzes
from site_builder.discover.kept_run_files import kept_runs_folder, with_runs
from site_builder.discover.languages import language_of
from site_builder.discover.listing import list_pages
from site_builder.discover.reading import read_source
from site_builder.discover.toctree import read_outline
from site_builder.model.course import Course, Edition, Outline, Page
from site_builder.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from site_builder.model.course import Entry

READMES = ("README.md", "readme.md", "Readme.md", "README.MD")


def discover(
    folder: Path, overrides: Mapping[str, object] | None = None
) -> tuple[Course, tuple[Finding, ...]]:
    """Find the course in `folder`.

    Args:
        folder: The course folder. Nothing outside it is read.
        overrides: Settings that win over `mkdocs.yml`, by name.

    Returns:
        The course, without editions where none was found, and what is wrong with its folders and outlines.

    Raises:
        NotADirectoryError: `folder` is no folder.
        ValueError: An override is not a setting's.
    """
    home = folder.resolve()
    if not home.is_dir():
        raise NotADirectoryError(str(folder))
    given = read_settings(_beside(home, FILES), overrides)
    root, tree = scan_course(home, given.settings.root.strip("/"))
    names, wrong = find_editions(tree, root, given)
    readme = _beside(home, READMES)
    title = given.settings.title or readme_title(readme.text if readme else "") or folder_title(home.name)
    editions, told = _editions(tree, root, names)
    original = names[0] if names else given.settings.original
    kept_runs = kept_runs_folder(given.settings, root)
    settings = with_repository(
        replace(given.settings, root=root, original=original, kept_runs=kept_runs), home
    )
    editions, unknown = with_quizzes(with_runs(editions, home, kept_runs), given)
    course = Course(home, root, title, settings, editions, publishable(tree))
    return course, (*given.findings, *wrong, *_outside(tree), *told, *unknown)


def _beside(home: Path, names: tuple[str, ...]) -> Source | None:
    """Read the first file of `names` that stands in the course folder itself, and does not lead out of it."""
    for name in names:
        if (home / name).is_file() and not refusal(home, name):
            return read_source(home, name)[0]
    return None


def _outside(tree: Tree) -> tuple[Finding, ...]:
    harmless = ("leads nowhere", "leads back to itself")
    return tuple(
        Finding(
            "outside-course", place(path), f"the link `{path}` {why}", "copy the file into the course folder"
        )
        for path, why in sorted(tree.refused.items())
        if why not in harmless
    )


@dataclass(frozen=True)
class _Raw:
    """An edition as its own folder has it."""

    outline: Outline
    entries: tuple[Entry, ...]
    sources: dict[str, Source]


def _editions(
    tree: Tree, root: str, names: tuple[str, ...]
) -> tuple[tuple[Edition, ...], tuple[Finding, ...]]:
    """Make the editions, the original first, since the others are completed from it."""
    found: list[Finding] = []
    editions: list[Edition] = []
    original: dict[str, Page] = {}
    theirs: tuple[Entry, ...] = ()
    for name in names:
        raw = _raw(tree, join(root, name), found)
        entries, sources = raw.entries, raw.sources
        if editions:
            same = same_ids(sources, original)
            sources = {same.get(page, page): source for page, source in sources.items()}
            entries = complete(renamed(entries, same), theirs)
        others = frozenset(each.lower() for each in names[1:]) if not editions else frozenset()
        maker = Maker(name, sources, original, RESERVED | others)
        chapters = make_pages(maker, entries)
        language = language_of(name)
        editions.append(
            Edition(name, language.direction, language.name, raw.outline, chapters, tuple(maker.pages))
        )
        if len(editions) == 1:
            original, theirs = {page.id: page for page in maker.pages}, chapters
    return tuple(editions), tuple(found)


def _raw(tree: Tree, folder: str, found: list[Finding]) -> _Raw:
    """Read an edition's outline and its pages."""
    path = join(folder, OUTLINE)
    source, wrong = read_source(tree.folder, path)
    outline, faults = read_outline(source) if source else (Outline(Source(path, ""), ()), ())
    listing = list_pages(outline, tree, folder)
    found += [*wrong, *faults, *listing.findings]
    sources: dict[str, Source] = {}
    for page, file in listing.files.items():
        text, wrong = read_source(tree.folder, file)
        found += wrong
        if text is not None:
            sources[page] = text
    return _Raw(outline, listing.entries, sources)
