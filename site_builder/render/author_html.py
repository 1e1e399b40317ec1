"""Author HTML before the clean-up: tags that would swallow what follows them are dropped, unknown ones are text."""

from __future__ import annotations

import re

from site_builder.dialect.html_tags import NAMES
from site_builder.render.clean import TAGS

_RAW = r"script|style|iframe|object|embed|noembed|noframes|noscript|template|svg|math|xmp|plaintext|textarea|title|select"
_ATTRIBUTES = r"""(?:[\s/](?:[^<>"']++|"[^"]*+"|'[^']*+'){0,200}+)?+"""
_PIECE = re.compile(
    rf"<!--[\s\S]*?(?:-->|\Z)|<[!?][^>]*>?"
    rf"|(?P<raw><(?P<element>{_RAW})\b{_ATTRIBUTES}>(?:[\s\S]*?</(?P=element)\s*>)?)"
    rf"|(?P<tag></?(?P<name>[A-Za-z][\w:.-]*+){_ATTRIBUTES}>)"
    rf"|<",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"""[\s/"']on[a-z]+\s*=|srcdoc\s*=|(?:java|vb)script\s*:""", re.IGNORECASE)
_IMAGE = re.compile(rf"<img{_ATTRIBUTES}>", re.IGNORECASE)
_ALT = re.compile(r"""^<img(?:[^"']|\"[^"]*\"|'[^']*')*?\salt\s*=""", re.IGNORECASE)
_ACTIVE_NAMES = frozenset(
    {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "meta",
        "link",
        "base",
        "svg",
        "template",
    }
)


def prepare(html: str) -> tuple[str, tuple[str, ...]]:
    """Make author HTML whole in itself, so that nothing in it swallows what follows it on the page.

    This is for the good of the page, not for its safety: the clean-up after it keeps what is allowed and nothing
    else. Comments go; a `<` that starts no whole tag, and a tag with a name that HTML does not know, become text.

    Returns:
        The HTML, and the tags as written that lose something by which they act: scripts, forms, handlers.
    """
    if "<" not in html:
        return html, ()
    lost: list[str] = []
    return _PIECE.sub(lambda match: _piece(match, lost), html), tuple(lost)


def pictures_without_text(html: str) -> list[str]:
    """Give the `<img>` tags of author HTML that have no `alt`; an empty one says that the picture shows nothing."""
    if "<img" not in html:
        return []
    return [tag for tag in _IMAGE.findall(html) if not _ALT.search(tag)]


def _piece(match: re.Match[str], lost: list[str]) -> str:
    if match["raw"]:
        lost.append(match["raw"])
        return ""
    if match["tag"]:
        return _tag(match["tag"], match["name"].lower(), lost)
    return "&lt;" if match[0] == "<" else ""


def _tag(tag: str, name: str, lost: list[str]) -> str:
    if name not in NAMES and name not in TAGS and "-" not in name:
        return "&lt;" + tag[1:]
    if not tag.startswith("</") and (name in _ACTIVE_NAMES or "-" in name or _ACTIVE.search(tag)):
        lost.append(tag)
    return "" if re.fullmatch(_RAW, name) else tag
