"""The course: editions, outlines and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.model.quiz import Rules

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.model.settings import Settings
    from site_builder.model.source import Source, Span


@dataclass(frozen=True)
class Entry:
    """One entry of an outline: a chapter, a page, or a group of pages inside a chapter.

    `local` is the id of the page that it names (`None`: a heading only); `address` is where the page
    is published, `newlocal` where an outline gives one. `frameworks` lists (`pt`, page id) pairs of an
    entry that names a file for each framework; `local` is the first of them. `quiz` is the number of the
    chapter whose graded quiz the page is.
    """

    span: Span
    title: str
    local: str | None = None
    address: str | None = None
    quiz: int | None = None
    frameworks: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    expanded: bool = False
    subtitle: str | None = None
    new: bool = False


@dataclass(frozen=True)
class Outline:
    """One `_toctree.yml`: its chapters in reading order."""

    source: Source
    chapters: tuple[Entry, ...]


@dataclass(frozen=True)
class RunFile:
    """A kept run on disk: `path` relative to the course folder, the absolute `file`, and the BLAKE2b hash of its bytes."""

    path: str
    file: Path
    digest: str


@dataclass(frozen=True)
class Page:
    """A page of an edition.

    `id` (`chapter1/quiz`) is the same in all editions; `address` is its path on the site, without slashes
    at the ends. `source_language` is the language of the text: it differs from `language` when the
    page is a fallback. `made_from` is the original's source that a translation goes with; `None` on the
    original itself, on fallbacks, and where the original has no such page. `framework` is the framework
    of a page that has a twin, such as `pt`. `run` is the kept run of the original's page of this id, `own_run` that of a
    translation which was run itself. `graded` says that a server grades the page's quiz, in all languages: then nothing made of the page
    tells what is right. `rules` are those of the settings, which the front matter of the original's page changes.
    """

    id: str
    title: str
    language: str
    source: Source
    source_language: str
    made_from: Source | None = None
    address: str = ""
    quiz: int | None = None
    framework: str | None = None
    twins: tuple[tuple[str, str], ...] = ()
    run: RunFile | None = None
    own_run: RunFile | None = None
    graded: bool = False
    rules: Rules = Rules()

    @property
    def is_fallback(self) -> bool:
        """Whether the page shows the original because it has no translation."""
        return self.language != self.source_language


@dataclass(frozen=True)
class Edition:
    """The course in one language.

    `chapters` is the outline that readers see: the edition's own, completed by the original's entries
    where a page is not translated. `pages` has each page once, in reading order.
    """

    language: str
    direction: str
    name: str
    outline: Outline
    chapters: tuple[Entry, ...]
    pages: tuple[Page, ...]

    @property
    def translated(self) -> int:
        """How many pages are in the edition's own language."""
        return sum(not page.is_fallback for page in self.pages)


@dataclass(frozen=True)
class Course:
    """Everything that was found in a course folder.

    `folder` is absolute; `root` is the folder of the editions relative to it (`chapters`; `.` for the folder
    itself). `files` are the publishable files (pictures, sounds, data) inside the root, as paths
    relative to the course folder: each is a regular file inside the folder, links followed and checked.
    """

    folder: Path
    root: str
    title: str
    settings: Settings
    editions: tuple[Edition, ...]
    files: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def original(self) -> Edition:
        """The edition that the others translate."""
        wanted = self.settings.original
        return next((each for each in self.editions if each.language == wanted), self.editions[0])

    def edition(self, language: str) -> Edition:
        """Give the edition of `language`; KeyError where the course has none."""
        for each in self.editions:
            if each.language == language:
                return each
        raise KeyError(language)
