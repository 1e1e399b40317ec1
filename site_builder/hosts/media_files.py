"""The course's files that pages show: which of them may be published, and where they go."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.pipeline import Build

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
_LARGEST_SVG = 5_000_000
_ENCODING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?!<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!(?i:utf-8|us-ascii|iso-8859-1)[\"']))"
)
"""Matches the beginning of a file whose bytes mean to us what they mean to a browser."""


def copy_media(build: Build, target: Path) -> list[Finding]:
    """Copy the files that pages show into `target`, and tell which were refused."""
    refused = []
    for path in sorted({path for body in build.bodies.values() for path in body.files} & build.course.files):
        file = build.course.folder / path
        if reason := refusal_of(file):
            message = f"`{path}` is not published: {reason}"
            refused.append(
                Finding("unsafe-file", Source(path, "").whole, message, "save it as plain SVG, or as PNG")
            )
            continue
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target / path)
    return refused


def refusal_of(file: Path) -> str:
    """Say why `file` may not be published; an empty string where it may.

    Only SVG is looked into: a browser that opens one by its own address runs its scripts with the site's rights.
    """
    if file.suffix.lower() not in {".svg", ".xml"}:
        return ""
    try:
        if file.stat().st_size > _LARGEST_SVG:
            return "it is too large to be looked through"
        text = file.read_bytes()
        if b"\0" in text or not _ENCODING.match(text[:200]):
            return "it is not written in UTF-8"
        if b"<!ENTITY" in text or b"<?xml-stylesheet" in text:
            return "it declares entities or style sheets"
        root = ET.fromstring(text)  # noqa: S314 - no entities, and of a limited size
    except (OSError, ET.ParseError, LookupError, ValueError) as error:
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
