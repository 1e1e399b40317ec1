"""What a frame tells of a page: its headings, its first words, how long it takes to read."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from site_builder.model.artifact import Anchor
from site_builder.model.document import Callout, Element, Heading, Prose, Switch
from site_builder.render.page_sections import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.model.artifact import Section
    from site_builder.model.document import Block

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
_LONGEST = 160
_SHORTEST = 20
_WORDS, _SIGNS, _CODE_WORDS = 200, 400, 400
"""What a reader reads in a minute: words, signs of scripts without spaces, words of code."""


def page_contents(blocks: Iterable[Block]) -> tuple[Anchor, ...]:
    """Give the headings of a page in reading order, those inside callouts, lists and variants too."""
    return tuple(
        Anchor(each.level, each.anchor, each.text, each.aliases) for each in _headings(blocks) if each.anchor
    )


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Prose():
                yield from _headings(block.islands)
            case Callout() | Element():
                yield from _headings(block.children)
            case Switch():
                for arm in block.arms:
                    yield from _headings(arm.children)
            case _:
                continue


def description(search: str) -> str:
    """Give the text of the first paragraph that says something, cut to 160 characters at a word."""
    for match in _PARAGRAPH.finditer(search):
        text = unescape(plain(match[1]))
        if len(text) >= _SHORTEST or (len(text) > 1 and _UNSPACED.search(text)):
            return _cut(text)
    return ""


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST - 1]
    at = head.rfind(" ")
    return (head[:at] if at > _LONGEST // 2 else head).rstrip(" ,;:–—") + "…"


def minutes(sections: Iterable[Section]) -> int:
    """Give how many minutes a page takes to read, at least one where it has any text."""
    whole = " ".join(f"{each.title} {each.text}" for each in sections)
    code = sum(len(match.group().split()) for match in _PRE.finditer(whole))
    prose = plain(_PRE.sub(" ", whole).replace("<", " <"))
    signs = len(_UNSPACED.findall(prose))
    words = len(_UNSPACED.sub(" ", prose).split()) if signs else len(prose.split())
    took = words / _WORDS + signs / _SIGNS + code / _CODE_WORDS
    return max(1, round(took)) if took else 0
