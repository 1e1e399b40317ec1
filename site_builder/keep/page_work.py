"""What a worker does for a page: parse it once, then resolve and render it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.execute.attach import attach
from site_builder.keep.page_record import Facts, MadePage, records_of
from site_builder.keep.page_runs import read_run
from site_builder.parse.stage import parse
from site_builder.render.stage import render
from site_builder.resolve.headings import ids
from site_builder.resolve.stage import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page
    from site_builder.model.document import Document
    from site_builder.model.source import Source

_documents: dict[str, tuple[Document, tuple[Finding, ...]]] = {}
"""The documents that this process has parsed, by path; `forget` empties it."""


def _parsed(source: Source) -> tuple[Document, tuple[Finding, ...]]:
    known = _documents.get(source.path)
    if known is None or known[0].span.source.digest != source.digest:
        known = _documents[source.path] = parse(source)
    return known


def find_facts(pages: Iterable[Page]) -> list[Facts]:
    """Parse `pages` and tell what others need to know of them."""
    found = []
    for page in pages:
        document, findings = _parsed(page.source)
        original = _parsed(page.made_from)[0] if page.made_from else None
        addresses = tuple(dict.fromkeys(each.address for each in document.references if each.kind == "link"))
        found.append(Facts(tuple(sorted(ids(document, original))), addresses, records_of(findings)))
    return found


def make_pages(pages: Iterable[Page], atlases: Mapping[str, Atlas], remote_images: str) -> list[MadePage]:
    """Resolve and render `pages`; `atlases` are by language."""
    return [_make_page(page, atlases[page.language], remote_images) for page in pages]


def _make_page(page: Page, atlas: Atlas, remote_images: str) -> MadePage:
    document, found = finished_document(page, atlas)
    body, unrendered = render(document, page, remote_images=remote_images)
    return MadePage(body, records_of((*found, *unrendered)))


def finished_document(page: Page, atlas: Atlas) -> tuple[Document, tuple[Finding, ...]]:
    """Give the document of a page as it is shown: names have their meaning, cells what their kept runs gave."""
    document, _ = _parsed(page.source)
    original = _parsed(page.made_from)[0] if page.made_from else None
    resolved, unresolved = resolve(document, page, atlas, original)
    run, unread = read_run(page.run)
    own, own_unread = read_run(page.own_run)
    attached, unattached = attach(
        resolved,
        page,
        original,
        run,
        page.run.path if page.run else "",
        own,
        page.own_run.path if page.own_run else "",
    )
    return attached, (*unresolved, *unread, *own_unread, *unattached)


def forget() -> None:
    """Drop the documents that this process has parsed."""
    _documents.clear()
