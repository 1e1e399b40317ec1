"""Cells' outputs as a notebook stores them (nbformat 4), without their library, and the files inside them."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
    "video/webm": "webm",
}
"""The kinds of files that outputs may hold, by MIME type: what a page shows as a file of its own."""

EMBEDDED = re.compile(
    r"""\bsrc=["']data:((?:audio|video|image)/[a-z0-9.-]+);base64,([A-Za-z0-9+/=\s]+)["']"""
)
"""A sound, a film or a picture (no drawing) in an output's HTML: its MIME type, and its content in Base64."""


@dataclass(frozen=True)
class Output:
    """One output of a cell.

    `kind` is `stream`, `display_data`, `execute_result` or `error`. `name` is the stream's (`stdout`, `stderr`) or the exception's.
    `text` is the plain text of a stream or a traceback (terminal codes included); `value` what an exception says. `data` maps MIME types
    to contents, text as a string, binary data as Base64; `metadata` is as stored, such as `{"image/png": {"width": 640, "height": 480}}`.
    """

    kind: str
    text: str = ""
    data: Mapping[str, Any] | None = None
    name: str = ""
    value: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MadeFile:
    """A picture, a sound or a film inside an output, as a file: `name` is made from its content, so that equal ones are one file."""

    name: str
    kind: str
    content: bytes = field(repr=False)


def output_of(stored: Mapping[str, Any]) -> Output:
    """Give the output that a notebook's JSON has; any mapping gives one."""
    kind = str(stored.get("output_type", ""))
    if kind == "stream":
        return Output(kind, joined(stored.get("text")), name=str(stored.get("name", "stdout")))
    if kind == "error":
        trace = stored.get("traceback")
        lines = [str(each) for each in trace] if isinstance(trace, list) else []
        name, value = str(stored.get("ename", "")), str(stored.get("evalue", ""))
        return Output(kind, "\n".join(lines) or f"{name}: {value}", name=name, value=value)
    written = stored.get("data")
    data = {
        str(name): joined(value) if isinstance(value, (str, list)) else value
        for name, value in (written.items() if isinstance(written, dict) else ())
    }
    metadata = stored.get("metadata")
    return Output(
        kind, str(data.get("text/plain", "")), data, metadata=metadata if isinstance(metadata, dict) else {}
    )


def stored_of(output: Output) -> dict[str, Any]:
    """Give an output as nbformat 4 stores it; the reverse of `output_of`."""
    if output.kind == "stream":
        return {"output_type": "stream", "name": output.name or "stdout", "text": output.text}
    if output.kind == "error":
        trace = output.text.split("\n")
        return {"output_type": "error", "ename": output.name, "evalue": output.value, "traceback": trace}
    stored: dict[str, Any] = {
        "output_type": output.kind,
        "data": dict(output.data or {}),
        "metadata": dict(output.metadata),
    }
    return {**stored, "execution_count": None} if output.kind == "execute_result" else stored


def joined(value: object) -> str:
    """Give a text that nbformat stores as one string or as a list of lines."""
    if isinstance(value, list):
        return "".join(each for each in value if isinstance(each, str))
    return value if isinstance(value, str) else ""


def made_files(output: Output) -> Iterator[MadeFile]:
    """Give the files inside an output: its pictures, and what its HTML has in `data:` addresses."""
    data = output.data or {}
    for kind in ENDINGS:
        if isinstance(data.get(kind), str) and (file := made_file(kind, data[kind])):
            yield file
    for match in EMBEDDED.finditer(str(data.get("text/html", ""))):
        if match[1] in ENDINGS and (file := made_file(match[1], match[2])):
            yield file


def made_file(kind: str, text: str) -> MadeFile | None:
    """Give the file of `kind` that `text` holds, Base64 but for drawings; nothing where it cannot be read."""
    if kind.endswith("+xml"):
        content = text.encode()
    else:
        try:
            content = b64decode("".join(text.split()), validate=True)
        except (Base64Error, ValueError):
            return None
        if not content:
            return None
    name = f"{blake2b(content, digest_size=12).hexdigest()}.{ENDINGS[kind]}"
    return MadeFile(name, kind, content)
