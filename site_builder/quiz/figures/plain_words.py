"""A bank's HTML as plain text, for tables and for pages that take no HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT

_SILENT = frozenset({"script", "style", "svg", "button", "template", "annotation", "annotation-xml"})


def plain_words(html: str) -> str:
    """Give the words of inline HTML on one line; a picture is what it says for those who do not see it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = "".join(reader.parts).replace(SITE_ROOT, "").replace(EDITION_ROOT, "")
    return " ".join(text.split())


class _Reader(HTMLParser):
    """Collects text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a picture says, and what begins to be silent."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "img" and not self._silent:
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag in {"br", "p", "li", "div", "pre"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Note what ends to be silent."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._silent:
            self.parts.append(data)
