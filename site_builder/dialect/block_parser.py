"""The block parser: markdown-it's loop, choosing rules by a line's first character, and going on inside a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler

from site_builder.dialect.expressions import expression
from site_builder.dialect.jsx import MAKE
from site_builder.dialect.paragraphs import (
    STARTERS,
    char_at,
    ends_container,
    ends_list,
    paragraph,
    starts_table,
)

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock


class ChapterBlocks(ParserBlock):
    """The block parser of chapters.

    Its ruler has only the chains that markdown-it's own rules ask for: what ends a quote and what ends a list.
    Indented code and reference definitions are in neither, and so do not exist.
    """

    def __init__(self) -> None:
        self.ruler = Ruler[RuleFuncBlockType]()
        self.ruler.push("ends_container", ends_container, {"alt": ["blockquote"]})
        self.ruler.push("ends_list", ends_list, {"alt": ["list"]})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """Make the tokens of lines `startLine` to before `endLine`."""
        line, has_empty = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= state.md.options.maxNesting:
                state.line = endLine
                break
            before = state.bMarks[line]
            self._block(state, line, endLine)
            state.tight = not has_empty
            if state.line == line:
                _went_on(state, line, before)
                continue
            line = state.line
            has_empty = has_empty or (line - 1 < endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                has_empty = True
                line += 1
                state.line = line

    @staticmethod
    def _block(state: StateBlock, line: int, end: int) -> None:
        if starts_table(state, line, end, MAKE):
            return
        char = char_at(state, line)
        for rule in STARTERS.get(char, ()):
            if rule(state, line, end, MAKE):
                return
        if char in {"i", "e"} and expression(state, line, end):
            return
        paragraph(state, line, end)


def _went_on(state: StateBlock, line: int, before: int) -> None:
    """Refuse a rule that neither went down nor went on in its line, which would be a loop without end."""
    if state.bMarks[line] <= before:
        raise RuntimeError("a block rule made no progress")
