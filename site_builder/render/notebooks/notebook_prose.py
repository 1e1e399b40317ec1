"""The parser's tokens become lines of Markdown again: what holds text is written anew, the text stays the author's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.render.escaping import without_marks
from site_builder.render.notebooks.notebook_cells import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from site_builder.model.document import Block
    from site_builder.render.notebooks.notebook_draft import NotebookDraft

    PutBlock = Callable[[Block, NotebookDraft], None]

_RULED = {"left": ":--", "right": "--:", "center": ":-:"}


class TokenReader:
    """Reads a stretch of tokens; `put_block` writes an island."""

    def __init__(
        self, tokens: Sequence[Token], draft: NotebookDraft, islands: Sequence[Block], put_block: PutBlock
    ) -> None:
        self.tokens, self.draft, self.islands, self.put_block = tokens, draft, islands, put_block
        self.writer = draft.writer
        self.lists: list[tuple[bool, int, int]] = []
        """For each open list: whether it is tight, its next number, and how often the text was cut when it began."""

    def read(self) -> None:
        """Write all."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            rule = _RULES.get(token.type)
            at = (rule(self, token, at) if rule else None) or at + 1

    def inline(self, token: Token, _: int) -> None:
        """Write a paragraph."""
        if token.children:
            lead, self.draft.lead = self.draft.lead, ""
            text = self.draft.inline(token.content, token.children)
            if text.strip():
                self.writer.put(lead + text.strip("\n"))

    def list_open(self, token: Token, at: int) -> None:
        """Open a list."""
        self.lists.append((self._is_tight(token, at), int(token.attrs.get("start", 1)), self.writer.cuts))

    def _is_tight(self, token: Token, at: int) -> bool:
        for each in self.tokens[at:]:
            if each.type == "paragraph_open" and each.level == token.level + 2:
                return each.hidden
            if each.level == token.level and each.nesting < 0:
                break
        return True

    def list_close(self, _: Token, __: int) -> None:
        """Close a list."""
        self.lists.pop()
        self.writer.settle()

    def item_open(self, token: Token, _: int) -> None:
        """Open an item, with the number that it has on the page."""
        tight, number, cuts = self.lists[-1]
        self.lists[-1] = tight, number + 1, cuts
        shown = token.info if self.writer.cuts == cuts else str(number)
        mark = f"{shown}{token.markup} " if token.info else f"{token.markup} "
        self.writer.frames.append(Frame(mark, " " * len(mark), tight))

    def frame_close(self, _: Token, __: int) -> None:
        """Close an item or a quote; an empty one keeps its mark."""
        if not self.writer.frames[-1].started:
            self.writer.put("")
        self.writer.frames.pop()
        self.writer.settle()

    def item_close(self, token: Token, at: int) -> None:
        """Close an item: in a tight list the next one follows at once."""
        self.frame_close(token, at)
        self.writer.settle(tight=self.lists[-1][0])

    def quote_open(self, _: Token, __: int) -> None:
        """Open a quote."""
        self.writer.frames.append(Frame("> ", "> "))

    def rule(self, _: Token, __: int) -> None:
        """Write a line across the page."""
        self.writer.put("---")

    def html(self, token: Token, _: int) -> None:
        """Write a block of HTML, cleaned."""
        text = self.draft.html(token.content)
        if text.strip():
            self.writer.put(text.strip("\n"))

    def fence(self, token: Token, _: int) -> None:
        """Write a fence that the page's blocks have not taken."""
        self.writer.put(f"```{without_marks(token.info)}\n{without_marks(token.content).rstrip()}\n```")

    def formula(self, token: Token, _: int) -> None:
        """Write a formula that stands alone."""
        self.writer.put(f"$$\n{without_marks(token.content)}\n$$")

    def island(self, token: Token, _: int) -> None:
        """Write a block that stands here."""
        self.put_block(self.islands[token.meta["island"]], self.draft)

    def table(self, _: Token, at: int) -> int:
        """Write a table, then the blocks that stood in its cells; give the place behind it."""
        rows: list[list[str]] = []
        ruled: list[str] = []
        islands: list[Token] = []
        while self.tokens[at].type != "table_close":
            token = self.tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                rows[-1].append("")
            elif token.type == "inline" and rows and rows[-1]:
                rows[-1][-1] += self.draft.table_text(token.content, token.children or ())
            elif token.type == "island":
                islands.append(token)
            if token.type == "th_open":
                ruled.append(_RULED.get(str(token.attrs.get("style", "")).removeprefix("text-align:"), "---"))
            at += 1
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, f"|{'|'.join(ruled)}|")
        self.writer.put("\n".join(lines))
        for token in islands:
            self.island(token, at)
        return at + 1


_RULES: dict[str, Callable[[TokenReader, Token, int], int | None]] = {
    "inline": TokenReader.inline,
    "bullet_list_open": TokenReader.list_open,
    "ordered_list_open": TokenReader.list_open,
    "bullet_list_close": TokenReader.list_close,
    "ordered_list_close": TokenReader.list_close,
    "list_item_open": TokenReader.item_open,
    "list_item_close": TokenReader.item_close,
    "blockquote_open": TokenReader.quote_open,
    "blockquote_close": TokenReader.frame_close,
    "hr": TokenReader.rule,
    "html_block": TokenReader.html,
    "fence": TokenReader.fence,
    "code_block": TokenReader.fence,
    "math_block": TokenReader.formula,
    "island": TokenReader.island,
    "table_open": TokenReader.table,
}
"""What is done at each kind of token; others, such as those around paragraphs, say nothing more."""


def put_tokens(
    tokens: Sequence[Token], draft: NotebookDraft, islands: Sequence[Block], put_block: PutBlock
) -> None:
    """Write block tokens."""
    TokenReader(tokens, draft, islands, put_block).read()
