"""The text of a container's lines without its `>` marks, with the way back to where each character stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_LONGEST_IN_QUOTE = 300
"""How many lines of a quote are looked at for a tag's end."""


@dataclass(frozen=True)
class View:
    """A text and where its lines stand: pairs of (offset in the text, offset in the page), both increasing."""

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Give the offset in the page of the character at `offset`; after a line's end, that of the line end."""
        row = bisect_right(self.starts, offset) - 1
        return self.places[row] + offset - self.starts[row]


def is_quoted(state: StateBlock, line: int, end: int) -> bool:
    """Tell whether the line after `line` has a `>` mark before it that is not part of its text."""
    after = line + 1
    return after < end and state.bMarks[after] > 0 and state.src[state.bMarks[after] - 1] != "\n"


def lines_view(state: StateBlock, line: int, start: int, end: int) -> View:
    """Make the view of lines `line` to before `end` of `state`, the first from offset `start` on."""
    texts, starts, places, at = [], [], [], 0
    for each in range(line, min(end, line + _LONGEST_IN_QUOTE)):
        first = start if each == line else state.bMarks[each]
        texts.append(state.src[first : max(first, state.eMarks[each])])
        starts.append(at)
        places.append(first)
        at += len(texts[-1]) + 1
    return View("\n".join(texts), tuple(starts), tuple(places))
