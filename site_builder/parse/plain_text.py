"""The plain text of inline tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_LEAVES = {"text", "code_inline", "math_inline", "text_special"}


def leaves(tokens: Sequence[Token]) -> str:
    """Give the trimmed leaves joined by one space, as ids of headings are made from; tags are not among them."""
    parts: list[str] = []
    joins = False
    for token in tokens:
        is_text = token.type in {"text", "softbreak"}
        content = "\n" if token.type == "softbreak" else token.content
        if is_text and joins:
            parts[-1] += content
        elif is_text or token.type in _LEAVES:
            parts.append(content)
        joins = is_text
    return " ".join(each for each in (part.strip() for part in parts) if each)


def plain(tokens: Sequence[Token]) -> str:
    """Give the text as a reader sees it."""
    text = "".join(
        " " if each.type in {"softbreak", "hardbreak"} else each.content
        for each in tokens
        if each.type in _LEAVES or each.type.endswith("break")
    )
    return " ".join(text.split())
