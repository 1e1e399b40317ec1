"""What a terminal shows in the end of text that moved its cursor: progress bars, overwritten lines."""

from __future__ import annotations

import re

_MOVES = re.compile(r"(\n|\r|\x08|\x1b\[[0-9]{0,3}[AK])")
_MOVING = re.compile(r"[\r\x08]|\x1b\[[0-9]{0,3}[AK]")


def settled(text: str) -> str:
    r"""Give `text` without what was overwritten.

    A line that starts anew (`\r`) takes the place of the old one whole: programs write over what they no longer mean.
    """
    if not _MOVING.search(text):
        return text
    lines = [""]
    row, anew = 0, False
    for piece in _MOVES.split(text.replace("\r\n", "\n")):
        if piece == "\n":
            row, anew = row + 1, False
            if row == len(lines):
                lines.append("")
        elif piece == "\r":
            anew = True
        elif piece == "\x08":
            lines[row] = lines[row][:-1]
        elif piece.startswith("\x1b[") and piece[-1] == "A" and _MOVES.fullmatch(piece):
            row, anew = max(0, row - int(piece[2:-1] or 1)), True
        elif _MOVES.fullmatch(piece):
            lines[row] = "" if anew or piece != "\x1b[K" else lines[row]
        elif piece:
            lines[row], anew = piece if anew else lines[row] + piece, False
    return "\n".join("" if each.isspace() else each for each in lines)
