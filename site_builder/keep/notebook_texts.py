"""The notebooks of pages as texts, kept under the key of all that a page's text and its links depend on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.keep.cache import Cache, key_of
from site_builder.keep.page_record import facts_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page


@dataclass(frozen=True)
class NotebookText:
    """A page's notebook as JSON, with the marks for words and roots that bodies have; without outputs."""

    text: str


def notebook_key(page: Page, atlas_digest: str) -> str:
    """Give the key of a page's notebook; `atlas_digest` stands for everything that it may link to."""
    identity = (page.id, page.title, page.address, page.framework, page.twins)
    return key_of("notebook", facts_key(page), identity, atlas_digest)


def notebook_texts(
    pages: Iterable[Page], keys: Iterable[str], atlases: Mapping[str, Atlas], kept: Cache
) -> dict[str, str]:
    """Give the notebooks of `pages` by their `keys`; `atlases` are by language."""
    wanted = dict(zip(keys, pages, strict=True))
    found = kept.get(wanted, NotebookText)
    fresh = {
        key: NotebookText(_made(page, atlases[page.language]))
        for key, page in wanted.items()
        if key not in found
    }
    kept.put(fresh)
    return {key: each.text for key, each in {**found, **fresh}.items()}


def _made(page: Page, atlas: Atlas) -> str:
    from site_builder.parse.stage import parse  # noqa: PLC0415 - an unchanged course needs no parser
    from site_builder.render.notebooks.notebook_file import notebook_of  # noqa: PLC0415
    from site_builder.resolve.stage import resolve  # noqa: PLC0415

    document, _ = parse(page.source)
    original = parse(page.made_from)[0] if page.made_from else None
    resolved, _ = resolve(document, page, atlas, original)
    return json.dumps(notebook_of(resolved, page), ensure_ascii=False)
