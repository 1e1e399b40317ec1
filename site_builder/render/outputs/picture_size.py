"""How large a picture is, from the first bytes of its file."""

from __future__ import annotations

import re

_SVG = re.compile(rb"<svg\b([^>]*)>", re.IGNORECASE)
_LENGTH = rb"""\s%s\s*=\s*["']\s*([0-9]{1,6}(?:\.[0-9]{1,9})?)(pt|px|)\s*["']"""
_VIEW_BOX = re.compile(
    rb"""\sviewBox\s*=\s*["']\s*[-0-9.e]+[\s,]+[-0-9.e]+[\s,]+([0-9.]{1,12})[\s,]+([0-9.]{1,12})\s*["']"""
)
_POINT = 4 / 3
_MARKER_WITHOUT_SIZE = {0xC4, 0xC8, 0xCC}

Size = tuple[int, int]


def picture_size(kind: str, content: bytes) -> Size | None:
    """Give width and height in pixels of the picture of MIME type `kind`.

    Returns:
        `None` where `content` is no such picture; (0, 0) where it does not say how large it is.
    """
    match kind:
        case "image/png":
            head = content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR"
            return _numbers(content[16:24], 4, "big") if head else None
        case "image/gif":
            return _numbers(content[6:10], 2, "little") if content[:6] in {b"GIF87a", b"GIF89a"} else None
        case "image/jpeg":
            return _jpeg(content) if content[:3] == b"\xff\xd8\xff" else None
        case "image/webp":
            return (0, 0) if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None
        case "image/svg+xml":
            return _drawing(content)
        case _:
            return None


def _numbers(part: bytes, width: int, order: str) -> Size:
    values = [
        int.from_bytes(part[at : at + width], "big" if order == "big" else "little") for at in (0, width)
    ]
    return values[0], values[1]


def _jpeg(content: bytes) -> Size:
    """Look for the frame header among a JPEG's segments."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 - begins every marker
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _MARKER_WITHOUT_SIZE:  # noqa: PLR2004 - the frame headers
            height, width = _numbers(content[at + 5 : at + 9], 2, "big")
            return width, height
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return 0, 0


def _drawing(content: bytes) -> Size | None:
    head = _SVG.search(content[:20_000])
    if head is None:
        return None
    sides = [re.search(_LENGTH % side, head[1]) for side in (b"width", b"height")]
    if sides[0] and sides[1]:
        return whole_pixels(*(float(each[1]) * (_POINT if each[2] == b"pt" else 1) for each in sides if each))
    box = _VIEW_BOX.search(head[1])
    try:
        return whole_pixels(float(box[1]), float(box[2])) if box else (0, 0)
    except ValueError:
        return 0, 0


def whole_pixels(width: float, height: float) -> Size:
    """Round a size to whole pixels."""
    return round(width), round(height)
