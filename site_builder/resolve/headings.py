"""Pass: headings get their ids, and the ids that lead to them as well."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.artifact import Anchor
from site_builder.model.document import Heading, Switch
from site_builder.model.tree import rebuilt, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_builder.model.document import Document, Syntax
    from site_builder.model.tree import Blocks

_SPACES = re.compile(r"\s+")
_DROPPED = re.compile(r"[^\w-]|_")
_HTML_ID = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']([^\"'<>]+)[\"']")
_LEAVES = {"text", "text_special", "code_inline", "html_inline", "math_inline"}
_NAMELESS = "section"


def anchors(document: Document, original: Document | None) -> tuple[Anchor, ...]:
    """Give the headings of a parsed page in their order, with ids; `original` is what the page is translated from.

    An id is the author's `[[x]]`, else made of the text. A later duplicate is numbered (`x-1`, `x-2`).
    Where both pages have the same sequence of levels, a heading answers to its original's id too, if that is free.
    """
    own = _numbered(document)
    if original is None:
        return own
    theirs = _numbered(original)
    if [each.level for each in own] != [each.level for each in theirs]:
        return own
    taken = {each.id for each in own}
    pairs = zip(own, theirs, strict=True)
    return tuple(each if other.id in taken else replace(each, aliases=(other.id,)) for each, other in pairs)


def ids(document: Document, original: Document | None) -> tuple[str, ...]:
    """Give all ids on a page that links may lead to: headings', their aliases, and those in the author's HTML."""
    of_headings = [id_ for each in anchors(document, original) for id_ in (each.id, *each.aliases)]
    of_html = [html.unescape(found) for found in _HTML_ID.findall(document.span.text)]
    return tuple(dict.fromkeys([*of_headings, *of_html]))


def set_anchors(document: Document, original: Document | None) -> tuple[Document, tuple[Finding, ...]]:
    """Set the ids of all headings; find ids that the author gave twice."""
    headings = [block for block in walk(document.blocks) if isinstance(block, Heading)]
    if not headings:
        return document, ()
    made = zip(headings, anchors(document, original), strict=True)
    placed = {id(each): replace(each, anchor=anchor.id, aliases=anchor.aliases) for each, anchor in made}

    def put(siblings: Blocks) -> tuple[Blocks, ...]:
        return tuple((placed[id(each)],) if isinstance(each, Heading) else (each,) for each in siblings)

    return replace(document, blocks=rebuilt(document.blocks, put)), tuple(_duplicates(document))


def _numbered(document: Document) -> tuple[Anchor, ...]:
    """Give the headings with ids, each id once."""
    taken: set[str] = set()
    found = []
    for heading in walk(document.blocks):
        if isinstance(heading, Heading):
            id_ = _free(heading.explicit or slug(plain_title(heading.syntax) or heading.text), taken)
            taken.add(id_)
            found.append(Anchor(heading.level, id_, heading.text))
    return tuple(found)


def _free(id_: str, taken: set[str]) -> str:
    if id_ not in taken:
        return id_
    number = 1
    while f"{id_}-{number}" in taken:
        number += 1
    return f"{id_}-{number}"


def slug(title: str) -> str:
    """Give the id made of a title: small letters, numbers and hyphens of any script."""
    hyphened = _SPACES.sub("-", title.strip().lower())
    return _DROPPED.sub("", hyphened) or _NAMELESS


def plain_title(syntax: Syntax) -> str:
    """Give the inline leaves of a heading, trimmed and joined by one space; HTML tags count as they are written."""
    leaves = [str(token.content).strip() for token in syntax if token.type in _LEAVES]
    return " ".join(leaves).strip()


def _duplicates(document: Document) -> Iterator[Finding]:
    """Find ids that authors wrote twice; variants of a switch may share them, since one is shown."""
    first: dict[str, Heading] = {}
    for heading in _unswitched(document.blocks):
        if heading.explicit is None:
            continue
        if heading.explicit in first:
            notes = ((first[heading.explicit].span, "the first one is here"),)
            message = f"the id `{heading.explicit}` is given twice"
            yield Finding(
                "duplicate-anchor",
                heading.span.find(heading.explicit),
                message,
                "give one of them another id",
                notes,
            )
        first.setdefault(heading.explicit, heading)


def _unswitched(blocks: Blocks) -> Iterator[Heading]:
    inside = {
        id(each)
        for block in walk(blocks)
        if isinstance(block, Switch)
        for arm in block.arms
        for each in walk(arm.children)
    }
    return (each for each in walk(blocks) if isinstance(each, Heading) and id(each) not in inside)
