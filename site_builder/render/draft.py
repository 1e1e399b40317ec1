"""A page while it is rendered: pieces of our own that wait to be put in, and what is learned on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.quiz import Rules
from site_builder.render.addresses import Address, locate
from site_builder.render.clean import HELD, clean
from site_builder.render.escaping import without_marks
from site_builder.render.finished_html import finish_tags

if TYPE_CHECKING:
    from site_builder.model.document import Document
    from site_builder.model.source import Span


@dataclass(frozen=True)
class Fragment:
    """Finished HTML, and the same stretch as the search index needs it: without what is not the page's text."""

    html: str
    search: str


_NOTHING = Fragment("", "")
_HELD = re.compile(f'<(div|span) {HELD}="([0-9a-f]+)-([0-9]{{1,9}})"></\\1>')


@dataclass
class Draft:
    """A page while it is rendered.

    There are two kinds of HTML. A *stream* holds what authors wrote, Markdown and HTML, and passes the clean-up. A
    *piece* is ours: made from escaped text, from checked addresses and from streams that are finished. In a stream a
    piece is an empty element with the attribute `data-held`, which `finish` replaces after the clean-up.

    That is safe, because the clean-up writes attributes between double quotes with each quote inside them escaped:
    the placeholder, which has quotes, stands only where an element may stand, and a piece is whole HTML without
    raw text, so it changes no other element. An author who writes a placeholder would at most show a piece twice; they cannot
    know the page's digest in it all the same.

    `rules` are those of the page's quiz; `anchors` are the ids of the page's headings; `made` the pictures and sounds of its cells, see `Body.made`.
    """

    document: Document
    remote_images: str = "ask"
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, None] = field(default_factory=dict)
    made: dict[tuple[str, str], None] = field(default_factory=dict)
    frames: dict[str, None] = field(default_factory=dict)
    remote_media: bool = False
    questions: int = 0
    cells: int = 0
    switches: int = 0
    anchors: frozenset[str] = frozenset()
    rules: Rules = Rules()
    _pieces: list[Fragment] = field(default_factory=list)

    def hold(self, html: str, search: str = "", *, inline: bool = False) -> str:
        """Keep a piece of ours, and give its placeholder for a stream."""
        self._pieces.append(Fragment(html, search))
        name = "span" if inline else "div"
        return f'<{name} {HELD}="{self._digest}-{len(self._pieces) - 1}"></{name}>'

    @property
    def _digest(self) -> str:
        return self.document.span.source.digest

    def _piece(self, digest: str, number: str) -> Fragment:
        known = digest == self._digest and int(number) < len(self._pieces)
        return self._pieces[int(number)] if known else _NOTHING

    def finish(self, stream: str) -> Fragment:
        """Clean a stream, write its addresses and put the pieces in."""
        if "<" not in stream and "&" not in stream:
            stream = without_marks(stream)
            return Fragment(stream, stream)
        html = finish_tags(without_marks(clean(stream)), self)
        return Fragment(
            _HELD.sub(lambda match: self._piece(match[2], match[3]).html, html),
            _HELD.sub(lambda match: self._piece(match[2], match[3]).search, html),
        )

    def address(self, written: str) -> Address:
        """Tell where an address leads that an author wrote, and note the files of the course that readers need."""
        found = locate(without_marks(written), self.document.targets)
        if found.file:
            self.files[found.file] = None
        return found

    def report(self, code: str, span: Span, message: str, help_text: str = "") -> None:
        """Note a finding."""
        self.findings.append(Finding(code, span, message, help_text))
