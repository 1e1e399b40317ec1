"""Notebooks for one place: words in the reader's language and addresses take the place of the marks in their JSON."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from site_builder.discover.course_repository import place_in_clone
from site_builder.execute.fingerprint import literals
from site_builder.hosts.interface_words import words_for
from site_builder.hosts.notebook_data import data_files
from site_builder.hosts.notebook_doors import raw_address, source_address
from site_builder.hosts.sitemap import edition_path
from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT, WORD_CLOSE, WORD_OPEN
from site_builder.model.words import VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from site_builder.model.course import Course, Page

_WORD = re.compile(f"{WORD_OPEN}([^{WORD_CLOSE}]*){WORD_CLOSE}")
_ADDRESS = rf"([{EDITION_ROOT}{SITE_ROOT}])([^\s\"'()<>\\]*)"
_PLACE = re.compile(_ADDRESS)
_LINK = re.compile(rf"(?<!!)\[((?:[^\[\]\\]|\\\\.)*)\]\({_ADDRESS}(?: [^()]*)?\)")
_MEDIA = "media/"


@dataclass(frozen=True)
class Roots:
    """Where the links of a notebook lead.

    `edition` is the way from the site's root to the edition (`fr/`, empty for the original), `site` the site's URL with a slash at its end,
    empty where it has none; then `sources` gives for a page's path from the site's root where its source is.
    `media` comes before the path of a file of the course.
    """

    edition: str
    site: str
    sources: Mapping[str, str]
    media: str

    def page(self, path: str) -> str:
        """Give where the page at `path` from the site's root can be read, empty where that is not known."""
        place, mark, fragment = path.partition("#")
        if self.site:
            return self.site + path
        source = self.sources.get(unquote(place).strip("/"))
        return f"{source}{mark}{fragment}" if source else ""


def fill(text: str, words: Callable[..., str], roots: Roots) -> str:
    """Give a notebook's JSON for one place.

    Args:
        text: JSON with marks.
        words: gives an interface word in the reader's language.
        roots: where its links lead. A link of Markdown that leads nowhere becomes its text.
    """

    def address(root: str, rest: str) -> str:
        if root == SITE_ROOT and rest.startswith(_MEDIA):
            return roots.media + rest.removeprefix(_MEDIA)
        return roots.page((roots.edition if root == EDITION_ROOT else "") + rest)

    def link(match: re.Match[str]) -> str:
        return match[0] if address(match[2], match[3]) else match[1]

    if not roots.site:
        text = _LINK.sub(link, text)
    text = _PLACE.sub(lambda match: _in_json(address(match[1], match[2]) or match[2]), text)
    return _WORD.sub(lambda match: _word(match[1], words), text)


def _word(inner: str, words: Callable[..., str]) -> str:
    text, *pairs = json.loads(f'"{inner}"').split(VALUE)
    return _in_json(words(text, **dict(pair.split("=", 1) for pair in pairs)))


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def site_roots(course: Course, language: str) -> Roots:
    """Give where notebooks of an edition lead that are read anywhere: to the site, else to the repository."""
    settings, home = course.settings, place_in_clone(course.folder)
    site = f"{settings.address.rstrip('/')}/" if settings.address else ""
    sources = _sources(course, lambda path: source_address(settings, home + quote(path)))
    return Roots(
        edition_path(course, language),
        site,
        sources,
        f"{site}{_MEDIA}" if site else raw_address(settings, home),
    )


def folder_roots(course: Course, language: str, folder: str) -> Roots:
    """Give where notebooks of an edition lead that lie in `folder`, relative to the course folder: to its files beside them."""
    up = "".join("../" for part in folder.split("/") if part not in {"", "."})
    site = f"{course.settings.address.rstrip('/')}/" if course.settings.address else ""
    return Roots(edition_path(course, language), site, _sources(course, lambda path: up + quote(path)), up)


def _sources(course: Course, address: Callable[[str], str]) -> dict[str, str]:
    """Give for each page's path from the site's root the address of its source."""
    if course.settings.address:
        return {}
    return {
        f"{edition_path(course, edition.language)}{page.address}": address(page.source.path)
        for edition in course.editions
        for page in edition.pages
    }


def finisher(course: Course, runs_folder: str) -> Callable[[Page, str], str]:
    """Give what fills the marks of a page's notebook that is to lie in the folder of kept runs (relative to the course folder)."""

    def finish(page: Page, text: str) -> str:
        folder = posixpath.dirname(f"{runs_folder}/{page.language}/{page.id}")
        filled = fill(text, words_for(page.source_language), folder_roots(course, page.language, folder))
        return _with_folder(
            filled, course, page, posixpath.relpath(posixpath.dirname(page.source.path), folder)
        )

    return finish


def _with_folder(text: str, course: Course, page: Page, folder: str) -> str:
    """Put a cell first that goes to `folder`, the page's, where cells open files of the course that lie there."""
    notebook = json.loads(text)
    codes = ["".join(each["source"]) for each in notebook["cells"] if each["cell_type"] == "code"]
    if not any(data_files(course, page, frozenset().union(*map(literals, codes)))):
        return text
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "folder",
        "metadata": {"course": {"folder": True}},
        "outputs": [],
        "source": f"%cd -q {folder}",
    }
    notebook["cells"].insert(1, cell)
    return json.dumps(notebook, ensure_ascii=False)


def notebook_name(page_id: str, framework: str) -> str:
    """Give the name of a page's notebook: the last part of the page's id or address, with the framework of a variant."""
    last = page_id.rpartition("/")[2]
    return f"{last}_{framework}.ipynb" if framework else f"{last}.ipynb"
