"""Drawings (SVG): which of them a reader may be given as a file of its own."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_ACTIVE = {
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "handler",
    "listener",
    "use",
    "audio",
    "video",
}
LARGEST = 5_000_000
"""How many bytes a drawing may have."""

_ENCODING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?!<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!(?i:utf-8|us-ascii|iso-8859-1)[\"']))"
)
"""Matches the beginning of a file whose bytes mean to us what they mean to a browser."""


def drawing_fault(content: bytes) -> str:
    """Say why the SVG `content` may not be published; an empty string where it may.

    A browser that opens one by its own address runs its scripts with the site's rights.
    """
    if len(content) > LARGEST:
        return "it is too large to be looked through"
    try:
        if b"\0" in content or not _ENCODING.match(content[:200]):
            return "it is not written in UTF-8"
        if b"<!ENTITY" in content or b"<?xml-stylesheet" in content:
            return "it declares entities or style sheets"
        root = ET.fromstring(content)  # noqa: S314 - no entities, and of a limited size
    except (ET.ParseError, LookupError, ValueError) as error:
        return f"it cannot be read as SVG ({error})"
    return next((reason for element in root.iter() if (reason := _active(element))), "")


def _active(element: ET.Element) -> str:
    name = str(element.tag).rpartition("}")[2].lower()
    if name in _ACTIVE and not (name == "use" and _is_local(element)):
        return f"it has a `<{name}>`"
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            return f"it has the handler `{attribute}`"
        if "".join(value.split()).lower().startswith(("javascript:", "data:text", "data:image/svg")):
            return f"its `{attribute}` is a script"
        if (name == "set" or name.startswith("animate")) and value.strip().lower().rpartition(":")[
            2
        ] == "href":
            return "it changes a link while it is shown"
    return ""


def _is_local(element: ET.Element) -> bool:
    return all(
        value.startswith("#")
        for key, value in element.attrib.items()
        if key.rpartition("}")[2].lower() == "href"
    )
