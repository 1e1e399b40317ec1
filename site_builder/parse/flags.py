"""What HTML comments say of a page."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_FLAGS = {
    "DISABLE-FRONTMATTER-SECTIONS": "hide-contents",
    "WRAP CODE BLOCKS": "wrap-code",
    "STRETCH TABLES": "stretch-tables",
}


def flags_in(html: str) -> frozenset[str]:
    """Give the flags that the comments in `html` set."""
    words = (" ".join(comment.split()).upper() for comment in _COMMENT.findall(html))
    return frozenset(_FLAGS[each] for each in words if each in _FLAGS)


def without_comments(html: str) -> str:
    """Give `html` without its comments."""
    return _COMMENT.sub("", html)
