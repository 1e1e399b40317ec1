"""Entries and sources to the pages of an edition, each with its address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from site_builder.discover.course_title import folder_title, readme_title
from site_builder.model.course import Entry, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.source import Source

RESERVED = frozenset(
    {"assets", "media", "outputs", "search", "404", "sitemap.xml", "index.html", "robots.txt"}
)
"""First parts of addresses that the site itself needs."""


@dataclass
class Maker:
    """What an edition's pages are made from, and the pages made so far.

    `sources` are the edition's own, by page id; `original` the original's pages by id, empty for the original itself.
    `taken` are the addresses in use, lower case, `reserved` first parts that no address may have.
    """

    language: str
    sources: Mapping[str, Source]
    original: Mapping[str, Page] = field(default_factory=dict)
    reserved: frozenset[str] = RESERVED
    taken: set[str] = field(default_factory=set)
    pages: list[Page] = field(default_factory=list)


def make_pages(maker: Maker, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Make the pages of `entries`, in reading order; entries that have none are left out, the others get addresses."""
    maker.taken |= {page.address.lower() for page in maker.original.values()}
    return tuple(kept for entry in entries if (kept := _kept(maker, entry)) is not None)


def _kept(maker: Maker, entry: Entry) -> Entry | None:
    named = entry.frameworks or (((None, entry.local),) if entry.local else ())
    there = [(key, page) for key, page in named if page in maker.sources or page in maker.original]
    made = [_page(maker, entry, key, page) for key, page in there]
    twins = tuple((page.framework or "", page.id) for page in made)
    if len(made) > 1:
        made = [replace(page, twins=tuple(each for each in twins if each[1] != page.id)) for page in made]
    maker.pages += made
    children = tuple(kept for each in entry.entries if (kept := _kept(maker, each)) is not None)
    if not made and not children:
        return None
    first = made[0] if made else None
    return replace(
        entry,
        local=first.id if first else None,
        address=first.address if first else None,
        title=entry.title or (first.title if first else ""),
        quiz=first.quiz if first else entry.quiz,
        frameworks=twins if len(made) > 1 else (),
        entries=children,
    )


def _page(maker: Maker, entry: Entry, framework: str | None, page: str) -> Page:
    theirs = maker.original.get(page)
    own = maker.sources.get(page)
    source = own or (theirs.source if theirs else None)
    if source is None:  # `_kept` asks only for pages that there are
        raise KeyError(page)
    return Page(
        id=page,
        title=entry.title or (theirs.title if theirs else _title(source, page)),
        language=maker.language,
        source=source,
        source_language=theirs.source_language if theirs and own is None else maker.language,
        made_from=theirs.source if theirs and own is not None else None,
        address=theirs.address if theirs else _address(maker, entry, page),
        quiz=entry.quiz or (theirs.quiz if theirs else None),
        framework=framework,
    )


def _address(maker: Maker, entry: Entry, page: str) -> str:
    """Give an address that no other page has, also where capitals do not count."""
    wanted = page
    if entry.address and page == (entry.local or page):
        parts = entry.address.replace("\\", "/").split("/")
        wanted = "/".join(part for part in parts if part not in ("", ".", "..")) or page
    first, slash, rest = wanted.partition("/")
    if first.lower() in maker.reserved:
        wanted = f"{first}-page{slash}{rest}"
    address, number = wanted, 2
    while address.lower() in maker.taken:
        address, number = f"{wanted}-{number}", number + 1
    maker.taken.add(address.lower())
    return address


def _title(source: Source, page: str) -> str:
    heading = "" if source.path.endswith(".ipynb") else readme_title(source.text)
    return heading or folder_title(page.rpartition("/")[2])
