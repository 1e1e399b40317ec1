"""HTML of authors inside a notebook's prose: cleaned tag by tag, since in Markdown one tag may stand far from its end."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from site_builder.render.addresses import locate
from site_builder.render.author_html import prepare
from site_builder.render.clean import TAGS, clean
from site_builder.render.escaping import without_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from site_builder.model.document import Target

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ADDRESS = re.compile(r' (href|src|poster)="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_INSIDE = {
    **dict.fromkeys(("caption", "colgroup", "thead", "tbody", "tfoot"), "<table>"),
    "col": "<table><colgroup>",
    "tr": "<table><tbody>",
    **dict.fromkeys(("td", "th"), "<table><tbody><tr>"),
}
"""Where elements must stand that the clean-up drops elsewhere."""

KEPT_OPEN = frozenset(
    {"article", "aside", "details", "div", "figure", "footer", "header", "section", "table"}
)
"""Elements that hold Markdown: whoever opens one in a cell of a notebook has to close it there."""


def clean_html(html: str, targets: Mapping[str, Target], seen: Callable[[str, str], bool]) -> str:
    """Give HTML of an author with nothing in it but what a page may have.

    Args:
        html: whole lines, or a tag inside a line.
        targets: where addresses lead.
        seen: told each tag's name and text (`</div>` for what closes), and asked whether to keep it.
    """
    if "<" not in html:
        return without_marks(html)

    def piece(match: re.Match[str]) -> str:
        name = match[2].lower()
        if match[1]:
            tag = f"</{name}>" if name in TAGS else ""
        else:
            tag = _with_addresses(_clean_tag(name, match[0]), targets)
        return tag if tag and seen(name, tag) else ""

    return _TAG.sub(piece, without_marks(prepare(html)[0]))


@lru_cache(maxsize=2048)
def _clean_tag(name: str, tag: str) -> str:
    """Give an opening tag with the attributes that are allowed, empty where it is not."""
    if name not in TAGS:
        return ""
    found = re.search(rf"<{name}(?: [^<>]*)?>", clean(_INSIDE.get(name, "") + tag))
    return found[0] if found else ""


def _with_addresses(tag: str, targets: Mapping[str, Target]) -> str:
    if "=" not in tag:
        return tag
    missing = False

    def attribute(match: re.Match[str]) -> str:
        nonlocal missing
        found = locate(unescape(match[2]), targets)
        missing = missing or (not found.url and match[1] == "src")
        return f' {match[1]}="{escape(found.url)}"' if found.url else ""

    written = _ADDRESS.sub(attribute, tag)
    if missing and tag.startswith("<img"):
        alt = _ALT.search(tag)
        return alt[1] if alt else ""
    return written
