"""A text file as it is, and stretches of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b


@dataclass(frozen=True)
class Source:
    """A text file.

    `path` is relative to the course folder, with forward slashes, as messages show it. `text` is the
    decoded file: line ends are kept as they are (LF, CRLF or CR), a byte order mark is dropped.
    """

    path: str
    text: str = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """The BLAKE2b hash of the text, 32 hexadecimal digits."""
        return blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        r"""The offset of each line's first character; `\n`, `\r\n` and `\r` end a line."""
        starts = [0]
        at = 0
        for line in self.text.splitlines(keepends=True):
            at += len(line)
            if line.endswith(("\n", "\r")):
                starts.append(at)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Give the line and column, both from 1, of the character at `offset` (code points)."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Give line `number` (from 1) without its end; an empty string beyond the last."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        return self.lines(number - 1, number).text.rstrip("\r\n")

    def lines(self, first: int, after: int) -> Span:
        """Give the span of lines `first` to before `after`, counted from 0 (markdown-it's `map`)."""
        starts = self.line_starts
        end = len(self.text)
        return Span(
            self,
            starts[first] if first < len(starts) else end,
            starts[after] if after < len(starts) else end,
        )

    @property
    def whole(self) -> Span:
        """The span of the whole file."""
        return Span(self, 0, len(self.text))


@dataclass(frozen=True)
class Span:
    """A stretch of a source: code points `start` to before `end`."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The stretch as it stands in the file."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The line of the first character, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column of the first character, from 1, in code points."""
        return self.source.position(self.start)[1]

    def find(self, part: str) -> Span:
        """Give the first place of `part` inside this span, or the span itself where it does not stand."""
        at = self.source.text.find(part, self.start, self.end) if part else -1
        return self if at < 0 else Span(self.source, at, at + len(part))
