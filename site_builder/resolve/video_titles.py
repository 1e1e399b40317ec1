"""Pass: videos without a title are labelled by the heading above them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.model.document import Heading, Video
from site_builder.model.tree import rebuilt, walk

if TYPE_CHECKING:
    from site_builder.model.course import Page
    from site_builder.model.document import Document
    from site_builder.model.tree import Blocks


def label_videos(document: Document, page: Page) -> Document:
    """Give each video without a title the text of the heading above it, or the page's title."""
    titled: dict[int, Video] = {}
    above = page.title
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            above = block.text or above
        elif isinstance(block, Video) and not block.title:
            titled[id(block)] = replace(block, title=above)
    if not titled:
        return document

    def put(siblings: Blocks) -> tuple[Blocks, ...]:
        return tuple((titled.get(id(each), each),) for each in siblings)

    return replace(document, blocks=rebuilt(document.blocks, put))
