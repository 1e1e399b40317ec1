"""What a build makes of a page, before a host puts it into its frame."""

from __future__ import annotations

from dataclasses import dataclass

WORD_OPEN, WORD_CLOSE = "\ue0f0", "\ue0f1"
"""Around the key of an interface word in a body (`\ue0f0quiz.check\ue0f1`); the host puts the word of the reader's language there."""

SITE_ROOT = "\ue0f2"
"""In a body, the relative path from the page to the site's root, with a slash at its end (`../../`)."""

EDITION_ROOT = "\ue0f3"
"""In a body, the relative path from the page to the root of the reader's edition, with a slash at its end."""


@dataclass(frozen=True)
class Anchor:
    """A heading of a page: its level, its id, its plain text and the ids that lead to it as well."""

    level: int
    id: str
    text: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A stretch of a page for the search index: `anchor` is empty for what stands before any heading."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Body:
    """A page's finished, cleaned HTML, and what its frame needs to know.

    It depends on no reader's language: interface words and the way to the roots are marks (see above), so
    that a fallback page uses the original's body. `minutes` is the reading time. `frames` are the hosts that frames may show after a
    click, such as `https://www.youtube-nocookie.com`; `remote_media` tells whether pictures or sounds of other hosts may be shown.
    `files` are the course's files that the page shows or links to. `made` are the pictures and sounds that its cells gave: the name of
    each (`model.notebook.MadeFile.name`, published as `outputs/` and that name) and the notebook that holds it, relative to the course folder.
    `notebooks` are the page's own as JSON texts with the same marks, by framework (an empty one where the page has no variants); they have no
    outputs. A page without cells has none. A `graded` page's questions are answered to the quiz server.
    """

    html: str
    title: str
    headings: tuple[Anchor, ...] = ()
    sections: tuple[Section, ...] = ()
    description: str = ""
    minutes: int = 0
    questions: int = 0
    graded: bool = False
    cells: int = 0
    flags: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    remote_media: bool = False
    files: tuple[str, ...] = ()
    made: tuple[tuple[str, str], ...] = ()
    notebooks: tuple[tuple[str, str], ...] = ()
