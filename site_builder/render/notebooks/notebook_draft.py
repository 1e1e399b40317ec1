"""A notebook while it is written: the page that it is made from, and what is known while going through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from site_builder.model.document import Heading
from site_builder.model.tree import cells_of, walk
from site_builder.render.addresses import locate
from site_builder.render.escaping import without_marks
from site_builder.render.notebooks.notebook_cells import CellWriter
from site_builder.render.notebooks.notebook_html import clean_html
from site_builder.render.notebooks.notebook_text import edited, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from site_builder.model.document import Cell, Document


@dataclass
class NotebookDraft:
    """A notebook while it is written.

    `lead` is what the next paragraph starts with; `included` are the cells so far that are meant to run; `aside` tells that we
    are in a variant for another framework than the first.
    """

    document: Document
    framework: str = ""
    with_outputs: bool = False
    writer: CellWriter = field(default_factory=CellWriter)
    lead: str = ""
    aside: bool = False
    included: list[Cell] = field(default_factory=list)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The place of each cell among all cells of the document, by identity: two cells may be equal."""
        return {id(cell): at for at, cell in enumerate(cells_of(self.document))}

    @cached_property
    def headings(self) -> dict[str, str]:
        """The ids of the page's headings, with those that Jupyter makes of their texts."""
        return {
            id_: each.text.replace(" ", "-")
            for each in walk(self.document.blocks)
            if isinstance(each, Heading)
            for id_ in (each.anchor, *each.aliases)
            if id_
        }

    def inline(self, text: str, tokens: Sequence[Token]) -> str:
        """Give inline Markdown, which `tokens` were made from, as Jupyter reads it."""
        # Ids are looked up where a link leads to one.
        headings = self.headings if "](#" in text else {}
        return edited(text, tokens, self.document.targets, headings, self.writer.seen)

    def table_text(self, text: str, tokens: Sequence[Token]) -> str:
        r"""Give the text of a table's cell: a bar in a formula would end it, and Jupyter reads `\|` there as a norm."""
        if "|" not in text:
            return self.inline(text, tokens)
        kept: list[Token] = []
        for token in tokens:
            tex = token.content
            if token.type == "math_inline" and "|" in tex:
                plain = tex.replace("\\|", "\\Vert ").replace("|", "\\vert ")
                text = text.replace(tex, plain)
                kept.append(token.copy(content=plain))
            else:
                kept.append(token)
        return self.inline(text, kept).replace("|", "\\|")

    def markdown(self, text: str) -> str:
        """Give inline Markdown that stands by itself, such as a choice, on one line."""
        text = " ".join(text.split())
        return self.inline(text, tokens_of(text))

    def html(self, text: str) -> str:
        """Give HTML of an author, cleaned."""
        return clean_html(text, self.document.targets, self.writer.seen)

    def url(self, written: str) -> str:
        """Give where an address leads."""
        return locate(without_marks(written), self.document.targets).url
