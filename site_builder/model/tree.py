"""Going through a document's blocks, and making it anew with some of them changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from site_builder.model.document import Callout, Cell, Element, Prose, Switch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.model.document import Block, Document

Blocks: TypeAlias = "tuple[Block, ...]"
Change: TypeAlias = "Callable[[Blocks], tuple[Blocks, ...]]"
"""Gives for siblings what each of them becomes: as many groups as siblings."""


def walk(blocks: Blocks) -> Iterator[Block]:
    """Give all blocks in the order of the text, each before those inside it."""
    for block in blocks:
        yield block
        if isinstance(block, Prose):
            yield from walk(block.islands)
        elif isinstance(block, Callout | Element):
            yield from walk(block.children)
        elif isinstance(block, Switch):
            for arm in block.arms:
                yield from walk(arm.children)


def rebuilt(blocks: Blocks, change: Change) -> Blocks:
    """Give `blocks` changed by `change`, siblings by siblings, from the outside to the inside."""
    return tuple(_inside(each, change) for group in change(blocks) for each in group)


def _inside(block: Block, change: Change) -> Block:
    """Change what is inside of a block; a block in which nothing changes stays the same value."""
    if isinstance(block, Prose):
        if block.islands:
            return replace(block, islands=_islands(block.islands, change))
    elif isinstance(block, Callout | Element):
        return replace(block, children=rebuilt(block.children, change))
    elif isinstance(block, Switch):
        arms = (replace(arm, children=rebuilt(arm.children, change)) for arm in block.arms)
        return replace(block, arms=tuple(arms))
    return block


def _islands(islands: Blocks, change: Change) -> Blocks:
    """Change islands: their number stays, since the text around them counts them."""
    groups = zip(islands, change(islands), strict=True)
    return tuple(_one(island, tuple(_inside(each, change) for each in group)) for island, group in groups)


def _one(island: Block, group: Blocks) -> Block:
    """Give one block for an island: an element that is left shows its children alone, however many."""
    if len(group) == 1:
        return group[0]
    return Element(island.span, island.span, "", {}, children=group)


def cells_of(document: Document) -> Iterator[Cell]:
    """Give all cells of a document in reading order, those inside lists, quotes, callouts and switches too, those of footnotes last."""
    for block in walk((*document.blocks, *document.footnote_islands)):
        if isinstance(block, Cell):
            yield block
