"""The title of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.document import Block, Callout, Element, Heading, Prose, Switch
from site_builder.parse.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    """Give all headings of a page in their order, those inside other blocks as well."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, (Callout, Element)):
            yield from headings(block.children)
        elif isinstance(block, Prose):
            yield from headings(block.islands)
        elif isinstance(block, Switch):
            for arm in block.arms:
                yield from headings(arm.children)


def title_of(blocks: Iterable[Block]) -> str:
    """Give the plain text of the first heading of level 1, or an empty string."""
    return next((plain(each.syntax) for each in headings(blocks) if each.level == 1), "")
