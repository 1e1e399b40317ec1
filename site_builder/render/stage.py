"""Document to body: the HTML of a page, cleaned, and what its frame needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.artifact import Body
from site_builder.render.draft import Draft
from site_builder.render.notebooks.notebook_file import notebooks_of
from site_builder.render.page_html import page_html
from site_builder.render.page_sections import page_sections
from site_builder.render.page_summary import description, minutes, page_contents
from site_builder.render.quiz_files import page_rules

if TYPE_CHECKING:
    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.course import Page
    from site_builder.model.document import Document


def render(document: Document, page: Page, *, remote_images: str = "ask") -> tuple[Body, tuple[Finding, ...]]:
    """Make a page's body.

    Args:
        document: the page's document after `resolve`.
        page: the page.
        remote_images: the setting of that name, `ask` or `load`.
    """
    headings = page_contents(document.blocks)
    anchors = frozenset(id_ for each in headings for id_ in (each.id, *each.aliases))
    draft = Draft(document, remote_images, anchors=anchors, rules=page_rules(document, page))
    finished = page_html(draft)
    title = document.title or page.title
    sections = page_sections(finished.search, title)
    body = Body(
        html=finished.html,
        title=title,
        headings=headings,
        sections=sections,
        description=description(finished.search),
        minutes=minutes(sections),
        questions=draft.questions,
        graded=page.graded and draft.questions > 0,
        cells=draft.cells,
        flags=tuple(sorted(document.flags)),
        frames=tuple(sorted(draft.frames)),
        remote_media=draft.remote_media,
        files=tuple(sorted(draft.files)),
        made=tuple(sorted(draft.made)),
        notebooks=notebooks_of(document, page) if draft.cells else (),
    )
    return body, tuple(draft.findings)
