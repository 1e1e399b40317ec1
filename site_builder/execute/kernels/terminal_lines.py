"""What a terminal shows in the end of a text that goes back and overwrites, such as a progress bar."""

from __future__ import annotations

import re

_MOVES = re.compile(r"[\r\b]|\x1b\[[0-9;]*[ABCDGJK]")
_PIECE = re.compile(r"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[^\x1b]|\x1b", re.DOTALL)
_WIDEST = 2000
"""Columns beyond which a code that moves to the right is not followed."""


def settled(text: str) -> str:
    """Give the text as a terminal would leave it: overwritten characters are gone, colours stay with theirs."""
    text = text.replace("\r\n", "\n")
    if not _MOVES.search(text):
        return text
    screen = _Screen()
    for piece in _PIECE.finditer(text):
        screen.write(piece[0])
    return screen.text()


class _Screen:
    """Lines of characters, each with the colour codes before it, and a place to write at."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]
        self._row = self._column = 0
        self._codes = ""

    def write(self, piece: str) -> None:
        if piece == "\n":
            self._end_of_line()
        elif piece == "\r":
            self._column = 0
        elif piece == "\b":
            self._column = max(0, self._column - 1)
        elif piece.startswith("\x1b"):
            self._obey(piece)
        else:
            self._put(piece)

    def text(self) -> str:
        return "\n".join("".join(line) for line in self._lines) + self._codes

    def _put(self, character: str) -> None:
        line = self._lines[self._row]
        line.extend(" " * (self._column - len(line)))
        line[self._column : self._column + 1] = [self._codes + character]
        self._codes = ""
        self._column += 1

    def _end_of_line(self) -> None:
        if self._codes:  # they belong to what was written last
            self._lines[self._row].append(self._codes)
            self._codes = ""
        self._row, self._column = self._row + 1, 0
        if self._row == len(self._lines):
            self._lines.append([])

    def _obey(self, code: str) -> None:
        match = re.fullmatch(r"\x1b\[([0-9]*)[0-9;]*([ABCDGJK])", code)
        if not match:
            self._codes += code if code.endswith("m") else ""
            return
        count, letter = min(int(match[1] or 0), _WIDEST), match[2]
        if letter in "JK":
            self._erase(count, below=letter == "J")
        elif letter == "G":
            self._column = max(0, count - 1)
        else:
            self._move(max(1, count), letter)

    def _move(self, count: int, letter: str) -> None:
        if letter == "A":
            self._row = max(0, self._row - count)
        elif letter == "B":
            self._row = min(len(self._lines) - 1, self._row + count)
        else:
            step = count if letter == "C" else -count
            self._column = min(_WIDEST, max(0, self._column + step))

    def _erase(self, kind: int, *, below: bool) -> None:
        line = self._lines[self._row]
        if kind == 0:
            del line[self._column :]
        elif kind == 1:
            line[: self._column] = " " * min(self._column, len(line))
        else:
            line.clear()
        if below and kind == 0:
            del self._lines[self._row + 1 :]
