"""Paths to pages and files of the course, as links say them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from posixpath import dirname, normpath, relpath
from typing import TYPE_CHECKING

from site_builder.model.document import Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page

PAGE_ENDINGS = (".mdx", ".md", ".ipynb", ".html")
_TAG = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?|rum|ckb|fil")
_FREE = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_NEAR = 0.75


def is_language(segment: str) -> bool:
    """Tell whether a part of a path looks like a language tag."""
    return _TAG.fullmatch(segment) is not None


@dataclass(frozen=True)
class Paths:
    """An atlas, made ready for looking up: `ids` maps paths (ids and addresses) to ids, `loose` those without signs.

    `folded` has those without capitals and dashes: a translation's file may be called `hands-on` where the id is `hands_on`.
    """

    atlas: Atlas
    ids: Mapping[str, str] = field(hash=False)
    loose: Mapping[str, str] = field(hash=False)
    folded: Mapping[str, str] = field(hash=False)

    def page(self, path: str) -> str | None:
        """Give the id of the page that a path in the edition names: a page, or a chapter's first one."""
        bare = without_ending(path)
        found = self.ids.get(path) or self.ids.get(bare) or self.atlas.firsts.get(path)
        return found or (
            self.folded.get(_folded(bare)) if self.atlas.language != self.atlas.original else None
        )

    def begins(self, segment: str) -> bool:
        """Tell whether some page's path begins with `segment`."""
        return segment in self.atlas.firsts or segment in self.ids

    def lead(self, path: str) -> Target | None:
        """Give where a path leads, which may begin with a language; `None`: nowhere."""
        path = path.strip("/")
        id_ = self.page(path)
        if id_ is None and path in {"", "index"}:
            return Target("page")
        if id_ is not None:
            return Target("page", self.atlas.pages[id_])
        first, _, rest = path.partition("/")
        if first not in self.atlas.languages or self.begins(first):
            return None
        return self._in_edition(first, rest)

    def _in_edition(self, language: str, rest: str) -> Target | None:
        """Give the page in an edition; where its place on the site is not known, the reader's edition stands for it."""
        target = self.lead(rest)
        if target is None or language == self.atlas.language or not self.atlas.original:
            return target
        folder = "" if language == self.atlas.original else language
        return Target("edition", f"{folder}/{target.address}".strip("/"))

    def names_other_language(self, path: str) -> bool:
        """Tell whether a path begins with the tag of a language that the course has no edition in."""
        first = path.strip("/").partition("/")[0]
        return is_language(first) and first not in self.atlas.languages and not self.begins(first)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one for each edition, kept as long as the build
    def near(self, path: str) -> str:
        """Give the id of the page that is surely meant by a dead path, or an empty string."""
        bare = without_ending(path.strip("/"))
        loose = self.loose.get(_FREE.sub("", bare.casefold()))
        if loose:
            return loose
        digits = _DIGITS.findall(bare)
        alike = [id_ for id_ in self.atlas.pages if _DIGITS.findall(id_) == digits]
        return next(iter(get_close_matches(bare, alike, n=1, cutoff=_NEAR)), "")


@lru_cache(maxsize=64)
def paths_of(atlas: Atlas) -> Paths:
    """Make an atlas ready for looking up, once."""
    ids = {address: id_ for id_, address in atlas.pages.items()} | {id_: id_ for id_ in atlas.pages}
    ids.pop("", None)
    loose = {_FREE.sub("", id_.casefold()): id_ for id_ in reversed(tuple(atlas.pages))}
    return Paths(atlas, ids, loose, {_folded(path): id_ for path, id_ in ids.items()})


def _folded(path: str) -> str:
    return path.lower().replace("-", "_")


def without_ending(path: str) -> str:
    """Give a path without the ending of a page's file."""
    for ending in PAGE_ENDINGS:
        if path.endswith(ending):
            return path.removesuffix(ending)
    return path


def folders(page: Page) -> tuple[str, str, str]:
    """Give the page's folder, its edition's and the one above, relative to the course folder (`.` for that itself)."""
    here = dirname(page.source.path) or "."
    edition = here
    for _ in range(page.id.count("/")):
        edition = dirname(edition) or "."
    return here, edition, dirname(edition) or "."


def joined(folder: str, path: str) -> str:
    """Join a path to a folder; what leaves the course folder begins with `..`."""
    return normpath(f"{folder}/{path}").lstrip("/") if path else normpath(folder)


def file_at(places: Sequence[str], path: str, files: frozenset[str]) -> str | None:
    """Give the first publishable file at `path` below one of `places`."""
    return next((found for place in places if (found := joined(place, path)) in files), None)


def as_written(id_: str, page: Page) -> str:
    """Give a page's id as a link on `page` writes it."""
    return relpath(id_, dirname(page.id) or ".")
