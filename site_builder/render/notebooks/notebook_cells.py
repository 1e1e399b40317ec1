"""A notebook's cells while they are written: lines of Markdown inside lists and quotes, cut wherever a cell of code stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from site_builder.render.notebooks.notebook_html import KEPT_OPEN

_TAGS = re.compile(r"<[^<>]*>")
_SHOWN = re.compile(r"<(?:img|audio|video|hr)\b")
_FLOW = re.compile(r"\s(?:dir|align|lang|style)=")


@dataclass
class Frame:
    """A list item or a quote that is open: what stands before its first line, and before the others."""

    first: str
    rest: str
    tight: bool = False
    started: bool = False

    def prefix(self) -> str:
        """Give what stands before the next line."""
        if self.started:
            return self.rest
        self.started = True
        return self.first


@dataclass
class CellWriter:
    """Writes a notebook's cells one after another."""

    cells: list[dict[str, Any]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    cuts: int = 0
    """How often the text was cut so far: a list that is cut has to go on with its numbers."""

    _lines: list[str] = field(default_factory=list)
    _gap: bool = False
    _open: list[tuple[str, str]] = field(default_factory=list)
    _again: list[tuple[str, str]] = field(default_factory=list)
    _ids: dict[str, int] = field(default_factory=dict)

    def put(self, text: str) -> None:
        """Write a block, a blank line before it unless it stands in a list without."""
        self._reopen()
        if self._gap and self._lines:
            self._lines.append("".join(each.rest for each in self.frames if each.started).rstrip())
        for line in text.rstrip("\n").split("\n"):
            prefix = "".join([each.prefix() for each in self.frames])
            self._lines.append(prefix + line if line else prefix.rstrip())
        self.settle()

    def settle(self, *, tight: bool = False) -> None:
        """Say that something has ended: what follows stands apart, unless it stands in a list without blank lines."""
        self._gap = not (tight or (self.frames and self.frames[-1].tight))

    def seen(self, name: str, tag: str) -> bool:
        """Note an HTML tag that is about to be written; false where nothing is open that it could close."""
        if name not in KEPT_OPEN:
            return True
        self._reopen()
        if not tag.startswith("</"):
            self._open.append((name, tag))
            return True
        names = [each for each, _ in self._open]
        if name not in names:
            return False
        del self._open[len(names) - 1 - names[::-1].index(name) :]
        return True

    @property
    def is_folded(self) -> bool:
        """Whether what is written now is folded away until a reader opens it."""
        return any(name == "details" for name, _ in self._open)

    def cut(self, metadata: dict[str, Any] | None = None) -> None:
        """End the cell of Markdown that is being written; `metadata` is what is said of it."""
        folded = [each for each in self._open if each[0] != "details"]
        for name, _ in reversed(self._open):
            self._lines += ["", f"</{name}>"]
        text = "\n".join(self._lines).strip("\n")
        if text and _says_something(text):
            self._add("markdown", text, metadata or {})
        if not self._again:
            self._again = [each for each in folded if _FLOW.search(each[1])]
        self._lines, self._open, self._gap = [], [], False
        self.cuts += 1
        for frame in self.frames:
            frame.started = True
            frame.rest = "> " if frame.rest.startswith(">") else ""

    def add_code(
        self, code: str, metadata: dict[str, Any], outputs: list[dict[str, Any]] | None = None
    ) -> None:
        """Add a cell of code behind what is written."""
        self.cut()
        self._add("code", code, metadata)
        self.cells[-1] |= {"execution_count": None, "outputs": outputs or []}

    def _reopen(self) -> None:
        """Open again what goes on in a new cell, such as a direction of writing."""
        if self._again and not self._lines:
            self._open, self._again = self._again, []
            self._lines = [*(tag for _, tag in self._open), ""]
            self._gap = False

    def _add(self, kind: str, source: str, metadata: dict[str, Any]) -> None:
        self.cells.append(
            {"cell_type": kind, "id": self._id(kind, source), "metadata": metadata, "source": source}
        )

    def _id(self, kind: str, source: str) -> str:
        """Give an id made from the content, so that a cell keeps it when others come before it."""
        digest = blake2b(f"{kind} {source}".encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        number = self._ids[digest] = self._ids.get(digest, 0) + 1
        return digest if number == 1 else f"{digest}-{number}"


def _says_something(text: str) -> bool:
    if "<" not in text:
        return bool(text.strip("> \n"))
    return bool(_SHOWN.search(text) or _TAGS.sub("", text).strip("> \n"))
