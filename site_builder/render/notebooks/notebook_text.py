"""Inline Markdown as the author wrote it becomes Markdown that Jupyter reads: links, formulas, tags, footnotes."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from site_builder.dialect.embedded import is_embedded
from site_builder.dialect.markdown import make_parser
from site_builder.render.addresses import locate
from site_builder.render.escaping import without_marks
from site_builder.render.notebooks.notebook_html import clean_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

    from site_builder.model.document import Target

_PLAIN = frozenset(
    {
        "text",
        "softbreak",
        "hardbreak",
        "em_open",
        "em_close",
        "strong_open",
        "strong_close",
        "s_open",
        "s_close",
    }
)
_ODD = re.compile(r"[$<{]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARK = re.compile(r"""</?[A-Z][\w.]*(?:\s(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{[^{}]*\})*)?/?>|\{[#:/][^{}]*\}""")
"""A component's tag or a condition's mark amid text."""

_DOLLAR = re.compile(r"\\?\$")
_ALONE, _AMONG = r"\$", r"<span>\$</span>"
r"""A dollar that is no formula's. Jupyter looks for formulas once more in what it shows, where `\$` is `$`; not across elements."""

_TAG_LIKE = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")
_DESTINATION = re.compile(r"\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)", re.DOTALL)
_REST = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))?\s*\)""")
_FOOTNOTE = re.compile(r"\[\^[^\s\]]{1,200}\]")
_CLOSERS = {"$$": "$$", "$": "$", "\\(": "\\)", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_AUTOLINK = re.compile(r"<[^<>\s]*>")
_UNSAFE = re.compile(r"""[\s()<>"\\]""")


class TextEditor:
    """Goes through an inline text with its tokens in hand, and writes it anew where Jupyter reads it otherwise.

    The parser tells what there is and in which order, not where: each thing is looked for behind the one before it. What cannot be
    found stays as it is written.
    """

    def __init__(
        self,
        text: str,
        targets: Mapping[str, Target],
        headings: Mapping[str, str],
        seen: Callable[[str, str], bool],
    ) -> None:
        self.text, self.targets, self.headings, self.seen = text, targets, headings, seen
        self.at = 0
        self.done: list[str] = []
        self.said = ""
        self.dollar = _ALONE
        self.brackets = 0
        self.links: list[tuple[str, int]] = []

    def edited(self, tokens: Sequence[Token]) -> str:
        """Give the text, which `tokens` were made from."""
        self.said = "".join(token.content for token in tokens if token.type == "text")
        formulas = sum(token.type == "math_inline" for token in tokens)
        self.dollar = _AMONG if formulas or self.said.count("$") > 1 else _ALONE
        for token in tokens:
            if token.type == "text":
                self.brackets += token.content.count("[")
            elif rule := _RULES.get(token.type):
                rule(self, token)
        self.until(len(self.text))
        return "".join(self.done)

    def until(self, end: int) -> None:
        """Write what stands before `end`, which is text, marks of emphasis, and what the parser dropped."""
        if end > self.at:
            self.done.append(_plain_text(self.text[self.at : end], self.said, self.dollar))
            self.brackets = 0
        self.at = max(self.at, end)

    def put(self, start: int, end: int, text: str) -> None:
        """Write what stands before `start`, and `text` for what stands up to `end`."""
        self.until(start)
        self.done.append(text)
        self.at = end
        self.brackets = 0

    def code(self, token: Token) -> None:
        """Pass over code: it stays as it is."""
        mark = re.escape(token.markup)
        found = re.compile(rf"(?<!`){mark}(?!`).+?(?<!`){mark}(?!`)", re.DOTALL).search(self.text, self.at)
        if found:
            self.put(found.start(), found.end(), without_marks(found[0]))

    def formula(self, token: Token) -> None:
        """Write a formula between dollars."""
        mark = "$$" if token.markup == "$$" else "$"
        tex = re.escape(token.content)
        # Amid words, `$$` has the mark of a single dollar.
        pairs = [(re.escape(token.markup), re.escape(_CLOSERS[token.markup])), (r"\$\$", r"\$\$")]
        if token.markup == "$":
            pairs[0] = (r"(?<!\$)\$", r"\$(?!\$)")
        found = [
            re.compile(rf"{opener}\s*{tex}\s*{closer}").search(self.text, self.at) for opener, closer in pairs
        ]
        places = [each for each in found if each]
        if places:
            first = min(places, key=lambda each: each.start())
            tex = " ".join(without_marks(token.content).split("\n"))
            self.put(first.start(), first.end(), mark + tex + mark)

    def html(self, token: Token) -> None:
        """Write a tag, cleaned."""
        start = self.text.find(token.content, self.at)
        if start >= 0:
            self.put(start, start + len(token.content), clean_html(token.content, self.targets, self.seen))

    def footnote(self, token: Token) -> None:
        """Write a footnote's number: Jupyter knows no footnotes."""
        if found := _FOOTNOTE.search(self.text, self.at):
            self.put(found.start(), found.end(), f"<sup>{token.meta['id'] + 1}</sup>")

    def picture(self, token: Token) -> None:
        """Write a picture with its address, or its description where it has none."""
        start = self.text.find("![", self.at)
        if start < 0 or not (found := _whole(self.text, start)):
            return
        inside = sum(each.type == "image" for each in token.children or ())
        for _ in range(inside):
            found = _whole(self.text, found[1]) or found
        source = str(token.attrs.get("src", ""))
        address, end = found
        url = source if is_embedded(source) else self.address(source)
        if not url:
            self.put(start, end, _plain_text(token.content, token.content))
        else:
            alt = _plain_text(self.text[start : address[0]], token.content)
            self.put(start, end, alt + url + without_marks(self.text[address[1] : end]))

    def link_open(self, token: Token) -> None:
        """Note where a link starts; the brackets before it are text."""
        if token.markup in {"linkify", "autolink"}:
            self.links.append((token.markup, self.at))
            return
        start = self.at
        for _ in range(self.brackets + 1):
            start = self.text.find("[", start) + 1
            if not start:
                self.links.append(("", -1))
                return
        self.until(start - 1)
        self.done.append("[")
        self.at = start
        self.links.append((str(token.attrs.get("href", "")), len(self.done) - 1))

    def link_close(self, _: Token) -> None:
        """Write a link's address; where there is none its text stays alone."""
        href, opened = self.links.pop() if self.links else ("", -1)
        if href == "autolink" and (found := _AUTOLINK.search(self.text, self.at)):
            self.put(found.start(), found.end(), without_marks(found[0]))
            return
        place = _whole(self.text, self.at) if opened >= 0 and href != "linkify" else None
        if place is None:
            return
        address, end = place
        url = self.address(href)
        bracket = self.text.rfind("](", self.at, address[0])
        if url:
            self.put(bracket, end, f"]({url}{without_marks(self.text[address[1] : end])}")
        else:
            self.done[opened] = ""
            self.put(bracket, end, "")

    def address(self, written: str) -> str:
        """Give the address for what an author wrote, in a form that may stand in Markdown."""
        found = locate(without_marks(written), self.targets)
        if found.kind == "here":
            name = unescape(found.url[1:]).replace("%20", " ").replace("%25", "%")
            return "#" + _UNSAFE.sub(_encoded, self.headings.get(name, name))
        return _UNSAFE.sub(_encoded, found.url)


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _whole(text: str, start: int) -> tuple[tuple[int, int], int] | None:
    """Find the next `](address "title")`: the extent of its address, and its end."""
    found = _DESTINATION.search(text, start)
    rest = _REST.match(text, found.end()) if found else None
    return ((found.start(1), found.end(1)), rest.end()) if found and rest else None


def _plain_text(text: str, said: str, dollar: str = _ALONE) -> str:
    r"""Give text in which nothing starts a formula or a tag: `\$5`, `\<mask>`; `said` is what the page shows of it."""
    if not _ODD.search(text):
        return without_marks(text)
    text = _COMMENT.sub("", text)
    text = _MARK.sub(lambda match: match[0] if match[0] in said else "", text)
    return without_marks(_DOLLAR.sub(lambda _: dollar, _TAG_LIKE.sub(r"\\<", text)))


_RULES: dict[str, Callable[[TextEditor, Token], None]] = {
    "code_inline": TextEditor.code,
    "math_inline": TextEditor.formula,
    "html_inline": TextEditor.html,
    "footnote_ref": TextEditor.footnote,
    "image": TextEditor.picture,
    "link_open": TextEditor.link_open,
    "link_close": TextEditor.link_close,
}


def edited(
    text: str,
    tokens: Sequence[Token],
    targets: Mapping[str, Target],
    headings: Mapping[str, str],
    seen: Callable[[str, str], bool],
) -> str:
    """Give inline Markdown for a notebook.

    Args:
        text: as the author wrote it.
        tokens: what the parser made of it.
        targets: where addresses lead.
        headings: the ids of the page's headings, with those that Jupyter gives them.
        seen: told each HTML tag, see `clean_html`.
    """
    if not _ODD.search(text) and all(token.type in _PLAIN for token in tokens):
        return without_marks(text)
    return TextEditor(text, targets, headings, seen).edited(tokens)


def tokens_of(text: str) -> Sequence[Token]:
    """Give the tokens of inline Markdown that stands by itself, such as a choice."""
    if not re.search(r"[\\$`<\[!&{]|https?:", text):
        return ()
    found = make_parser().parseInline(text, {})
    return (found[0].children if found else None) or ()
