"""Where a character of the text that is parsed stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from site_builder.model.source import Span

if TYPE_CHECKING:
    from site_builder.model.source import Source


@dataclass(frozen=True)
class Place:
    """The text that the parser sees, its lines ended by LF alone, and where each of its lines starts in the file."""

    source: Source
    text: str
    file_starts: tuple[int, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each line in the parser's text."""
        return (0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1]))

    @cached_property
    def _is_same(self) -> bool:
        return self.file_starts == self.starts

    def in_file(self, offset: int) -> int:
        """Give the offset in the file of `offset` in the parser's text."""
        if self._is_same:
            return min(offset, len(self.source.text))
        row = bisect_right(self.starts, offset) - 1
        start = self.file_starts[min(row, len(self.file_starts) - 1)]
        return min(start + offset - self.starts[row], len(self.source.text))

    def span(self, start: int, end: int) -> Span:
        """Give the span in the file of offsets `start` to before `end` of the parser's text."""
        first = self.in_file(start)
        return Span(self.source, first, max(first, self.in_file(end)))

    def line_start(self, line: int) -> int:
        """Give the offset of line `line`, from 0, or of the end of the text."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def trimmed(self, start: int, end: int) -> Span:
        """Give the span between two offsets without the white space and line ends around what stands there."""
        text = self.text[start:end]
        end = start + len(text.rstrip())
        blank = len(text) - len(text.lstrip())
        first = self.text.rfind("\n", start, start + blank) + 1 or start
        return self.span(min(first, end), end)


def place_of(source: Source) -> Place:
    """Give the place of a text file: CRLF and CR end its lines as LF does."""
    text = source.text
    if "\r" not in text:
        place = Place(source, text, ())
        object.__setattr__(place, "file_starts", place.starts)
        return place
    return Place(source, text.replace("\r\n", "\n").replace("\r", "\n"), source.line_starts)
