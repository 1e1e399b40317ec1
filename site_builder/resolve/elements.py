"""Pass: every element becomes the blocks that its component stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.components.iframe import is_dark_look, is_light_look
from site_builder.components.table import lower
from site_builder.model.document import Element
from site_builder.model.tree import rebuilt

if TYPE_CHECKING:
    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.document import Block, Document
    from site_builder.model.tree import Blocks


def lower_elements(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    """Lower all elements, those inside others as well; an unknown one stays with its children lowered."""
    findings: list[Finding] = []

    def change(siblings: Blocks) -> tuple[Blocks, ...]:
        dark = _second_looks(siblings)
        return tuple(() if index in dark else lowered(block) for index, block in enumerate(siblings))

    def lowered(block: Block) -> Blocks:
        if not isinstance(block, Element):
            return (block,)
        blocks, wrong = lower(block)
        findings.extend(wrong)
        if any(each is block for each in blocks):
            return blocks
        # What a component gives of its own children is not lowered yet.
        return tuple(inner for group in change(blocks) for inner in group)

    return replace(document, blocks=rebuilt(document.blocks, change)), tuple(findings)


def _second_looks(siblings: Blocks) -> set[int]:
    """Give the places of frames that are another's look in dark mode: the same page, or the next sibling."""
    frames = [
        (index, each)
        for index, each in enumerate(siblings)
        if isinstance(each, Element) and each.name == "iframe"
    ]
    light = [(index, _page(each)) for index, each in frames if is_light_look(each)]
    return {
        index
        for index, each in frames
        if is_dark_look(each) and any(abs(index - other) == 1 or _page(each) == page for other, page in light)
    }


def _page(frame: Element) -> str:
    return str(frame.props.get("src", "")).partition("?")[0].rstrip("/")
