"""What a worker does for a page's notebooks: the page as it is shown becomes notebooks with their outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.execute.fingerprint import literals
from site_builder.keep.page_work import finished_document, forget
from site_builder.model.tree import cells_of
from site_builder.render.notebooks.notebook_file import frameworks_of, notebook_json, notebook_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page


@dataclass(frozen=True)
class PageNotebooks:
    """A page's notebooks as JSON with marks, by framework, and the texts that its cells have as constants."""

    notebooks: tuple[tuple[str, str], ...]
    literals: frozenset[str]


def make_notebooks(pages: Sequence[Page], atlases: Mapping[str, Atlas]) -> list[PageNotebooks]:
    """Give the notebooks of `pages`, which are no fallbacks; `atlases` are by language."""
    made = [_made(page, atlases[page.language]) for page in pages]
    forget()
    return made


def _made(page: Page, atlas: Atlas) -> PageNotebooks:
    document, _ = finished_document(page, atlas)
    texts = tuple(
        (framework, notebook_json(notebook_of(document, page, framework, with_outputs=True)))
        for framework in frameworks_of(document)
    )
    return PageNotebooks(texts, frozenset().union(*(literals(cell.text) for cell in cells_of(document))))
