"""A bank's HTML for other systems: well-formed, with their few elements, and with whole addresses."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.quiz import Bank

KEPT = frozenset("em strong code kbd var samp cite dfn abbr q sub sup tt i b big small".split())  # noqa: SIM905 - a list of words
"""Elements of text that QTI 2.1 knows; of others the content is kept."""

VOID = frozenset({"br", "img"})
DROPPED = frozenset({"script", "style", "svg", "button", "template"})
MATHML = "http://www.w3.org/1998/Math/MathML"

_WHOLE = re.compile(r"(?:https?|mailto|tel):")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xhtml(html: str, address: str = "", language_path: str = "") -> str:
    """Give inline HTML as XHTML.

    Args:
        html: of a bank, with marks of the site's roots at the start of its addresses.
        address: where the site is published, a URL; without it what leads into the site is text.
        language_path: the path of the edition on the site, such as `fr/`, empty for the original's.
    """
    writer = _Writer(address, language_path)
    writer.feed(html)
    writer.close()
    return writer.text()


def converter(bank: Bank, language: str, address: str) -> Callable[[str], str]:
    """Give the function that makes XHTML of a bank's HTML in `language`."""
    path = "" if language == bank.original else f"{language}/"
    return lambda html: xhtml(html, address, path)


def xml_text(text: str) -> str:
    """Give text for a place in XML, also in an attribute."""
    return escape(_ILLEGAL.sub("", text))


class _Writer(HTMLParser):
    """Writes what is kept, and closes what is left open."""

    def __init__(self, address: str, language_path: str) -> None:
        super().__init__(convert_charrefs=True)
        self._site = f"{address.rstrip('/')}/" if address else ""
        self._edition = self._site + language_path if address else ""
        self._parts: list[str] = []
        self._open: list[str] = []
        self._math = 0
        self._dropped = 0

    def text(self) -> str:
        """Give all that was written."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element's start."""
        values = {name: value or "" for name, value in attrs}
        if tag in DROPPED:
            self._dropped += 1
        elif self._dropped:
            return
        elif tag == "math" or self._math:
            self._math += 1
            self._start(tag, values if tag != "math" else {"xmlns": MATHML, **values})
        elif tag == "img":
            self._picture(values)
        elif tag == "br":
            self._parts.append("<br/>")
        elif tag == "a":
            href = self._whole(values.get("href", ""))
            if href:
                self._start(tag, {"href": href})
        elif tag in KEPT:
            self._start(tag, {})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element that is closed by itself, as MathML has them."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Write an element's end, and those of elements that were left open inside it."""
        if tag in DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif tag in self._open and not self._dropped:
            while True:
                last = self._open.pop()
                self._math = max(0, self._math - 1)
                self._parts.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self._dropped:
            self._parts.append(xml_text(data))

    def _start(self, tag: str, values: dict[str, str]) -> None:
        written = "".join(
            f' {name}="{xml_text(value)}"'
            for name, value in values.items()
            if re.fullmatch(r"[a-zA-Z][\w.-]*", name)
        )
        self._parts.append(f"<{tag}{written}>")
        self._open.append(tag)

    def _picture(self, values: dict[str, str]) -> None:
        source = self._whole(values.get("src", ""))
        if source:
            self._parts.append(f'<img src="{xml_text(source)}" alt="{xml_text(values.get("alt", ""))}"/>')
        else:
            self._parts.append(xml_text(values.get("alt", "")))

    def _whole(self, address: str) -> str:
        """Give an address that means the same everywhere, or an empty text."""
        for mark, root in ((SITE_ROOT, self._site), (EDITION_ROOT, self._edition)):
            if address.startswith(mark):
                return root + address.removeprefix(mark) if root else ""
        return address if _WHOLE.match(address) else ""
