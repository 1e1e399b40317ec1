"""An outline and a folder to the files of an edition's pages, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.discover.course_root import OUTLINE, join, place

if TYPE_CHECKING:
    from site_builder.discover.folder_tree import Tree
    from site_builder.model.course import Entry, Outline
    from site_builder.model.source import Span

PAGE_ENDINGS = (".mdx", ".md", ".ipynb")
"""A page's file ends in one of these; the first that there is counts."""

_DIGITS = re.compile(r"\d+")
"""Pages are told apart by their numbers: `chapter1/1` is never a slip of `chapter1/3`."""


@dataclass
class Listing:
    """The entries of an outline, their `local` the ids of pages, and the file of each page that there is."""

    entries: tuple[Entry, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)


def folded(page: str) -> str:
    """Give what names have in common that people mix up: `hands-on` and `Hands_On`."""
    return page.lower().replace("-", "_")


def list_pages(outline: Outline, tree: Tree, folder: str) -> Listing:
    """Find the file of each page that an outline lists.

    Args:
        outline: As it is written.
        tree: The files of the course.
        folder: The edition's, relative to the course folder (`chapters/fr`).
    """
    below = [path[len(folder) + 1 :] for path in tree.below(folder)]
    there = _pages(below)
    listing = Listing()
    listing.entries = _bound(outline.chapters, there, tree, folder, listing)
    used = {listing.files[page] for page in listing.files}
    for path in below:
        whole = join(folder, path)
        if path.endswith(PAGE_ENDINGS) and whole not in used and PurePosixPath(path).stem.lower() != "readme":
            advice = f"list it in `{folder}/{OUTLINE}`, or delete it"
            listing.findings.append(
                Finding("unlisted-page", place(whole), f"`{path}` is in no outline", advice)
            )
    return listing


def _pages(below: list[str]) -> dict[str, str]:
    """Give the ids of all pages in a folder, and their files."""
    there: dict[str, str] = {}
    for ending in reversed(PAGE_ENDINGS):
        there |= {path.removesuffix(ending): path for path in below if path.endswith(ending)}
    return there


def _bound(
    entries: tuple[Entry, ...], there: dict[str, str], tree: Tree, folder: str, listing: Listing
) -> tuple[Entry, ...]:
    bound = []
    for entry in entries:
        frameworks = tuple(
            (key, page)
            for key, local in entry.frameworks
            if (page := _page(entry, local, there, tree, folder, listing))
        )
        local = frameworks[0][1] if frameworks else None
        if local is None and entry.local and not entry.frameworks:
            local = _page(entry, entry.local, there, tree, folder, listing)
        children = _bound(entry.entries, there, tree, folder, listing)
        bound.append(
            replace(
                entry, local=local, frameworks=frameworks if len(frameworks) > 1 else (), entries=children
            )
        )
    return tuple(bound)


def _page(
    entry: Entry, local: str, there: dict[str, str], tree: Tree, folder: str, listing: Listing
) -> str | None:
    """Give the id of the page that an outline calls `local`; `None` where it may not be one."""
    span = place_of(entry, local)
    page = _id(local, there)
    if page is None or (why := _refusal(tree, folder, page)):
        message = f"`{local}` leaves the edition's folder" if page is None else f"`{local}` {why}"
        advice = "name a file beside the outline, such as `chapter1/introduction`"
        listing.findings.append(Finding("outside-course", span, message, advice))
        return None
    if page not in there:
        near = [each for each in there if folded(each) == folded(page)]
        alike = [each for each in there if _DIGITS.findall(each) == _DIGITS.findall(page)]
        advice = f"did you mean `{near[0]}`?" if near else did_you_mean(page, alike)
        advice = advice or f"make `{folder}/{page}.mdx`, or take the entry out"
        listing.findings.append(Finding("missing-page", span, f"there is no page `{page}`", advice))
        page = near[0] if len(near) == 1 else page
    if page in listing.places:
        notes = ((listing.places[page], "it is listed here first"),)
        message = f"`{page}` is listed twice"
        listing.findings.append(Finding("duplicate-page", span, message, "take one of the two out", notes))
        return None
    listing.places[page] = span
    if page in there:
        listing.files[page] = join(folder, there[page])
    return page


def _id(local: str, there: dict[str, str]) -> str | None:
    """Give the id that `local` means; `None` where it leaves the folder."""
    path = local.replace("\\", "/").removeprefix("./").rstrip("/")
    parts = path.split("/")
    if (
        not path
        or path.startswith("/")
        or ".." in parts
        or re.match(r"[A-Za-z]:", path)
        or not path.isprintable()
    ):
        return None
    path = "/".join(part for part in parts if part not in ("", "."))
    if path not in there:
        for ending in PAGE_ENDINGS:
            if path.endswith(ending) and path.removesuffix(ending) in there:
                return path.removesuffix(ending)
    return path


def _refusal(tree: Tree, folder: str, page: str) -> str:
    if any(part.startswith(".") for part in page.split("/")):
        return "is hidden"
    if not tree.refused:
        return ""
    whole = join(folder, page)
    links = [whole + ending for ending in PAGE_ENDINGS] + [str(each) for each in PurePosixPath(whole).parents]
    return next((why for each in links if (why := tree.refused.get(each, "")) and why != "leads nowhere"), "")


def place_of(entry: Entry, local: str) -> Span:
    """Give the place of `local` in its entry."""
    text = entry.span.text
    for key in ("local", "newlocal", r"[\w-]+"):
        match = re.search(rf"(?:^|[\s{{,]){key}[ \t]*:[ \t]*[\"']?({re.escape(local)})(?![^\s\"',}}])", text)
        if match:
            start = entry.span.start + match.start(1)
            return type(entry.span)(entry.span.source, start, start + len(local))
    return entry.span.find(local)
