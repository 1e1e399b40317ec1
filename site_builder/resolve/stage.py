"""A document gets its meaning: elements, headings, links and questions, pass by pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from site_builder.resolve.elements import lower_elements
from site_builder.resolve.headings import set_anchors
from site_builder.resolve.links import set_targets
from site_builder.resolve.quizzes import number_questions
from site_builder.resolve.run_after import set_run_after
from site_builder.resolve.video_titles import label_videos

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page
    from site_builder.model.document import Document

Step: TypeAlias = "Callable[[Document, Page, Atlas, Document | None], tuple[Document, tuple[Finding, ...]]]"

PASSES: tuple[Step, ...] = (
    lambda document, _page, _atlas, original: set_anchors(document, original),
    lambda document, _page, _atlas, _original: lower_elements(document),
    lambda document, page, _atlas, _original: (label_videos(document, page), ()),
    lambda document, page, _atlas, original: number_questions(document, page, original),
    lambda document, page, atlas, _original: set_targets(document, page, atlas),
    lambda document, page, atlas, _original: set_run_after(document, page, atlas),
)
"""Headings come first, so that their ids are those that `headings.anchors` gave the atlas."""


def resolve(
    document: Document, page: Page, atlas: Atlas, original: Document | None
) -> tuple[Document, tuple[Finding, ...]]:
    """Give the document in which names have their meaning, and what is wrong, in the order of the text.

    Args:
        document: a parsed page.
        page: the page it is.
        atlas: what the page may link to, in the page's edition.
        original: the parsed original that the page is translated from.

    Returns:
        The document with ids, targets and questions, in which no known element is left; and the findings.
    """
    findings: list[Finding] = []
    for each in PASSES:
        document, wrong = each(document, page, atlas, original)
        findings += wrong
    return document, tuple(sorted(findings, key=lambda finding: finding.span.start))
