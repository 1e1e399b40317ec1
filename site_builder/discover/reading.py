"""A file to a source: bytes to text, whatever the bytes are."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.source import Source, Span

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10_000_000
"""Bytes: a page that is larger is no text that someone wrote."""

UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def read_source(folder: Path, path: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """Read a file that is known to lie in the course folder.

    Args:
        folder: The real course folder.
        path: Relative to it, with forward slashes; from a `Tree`, so that links have been checked.

    Returns:
        The source, or `None` where the file cannot be shown at all, and what was wrong.
    """
    try:
        data = _read(folder / path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (
            _unreadable(path, f"`{path}` cannot be read: {reason.lower()}", "check the file's permissions"),
        )
    if data is None:
        message = f"`{path}` is larger than {LARGEST // 1_000_000} MB"
        return None, (_unreadable(path, message, "split the page, and keep data in files of its own"),)
    return decode(path, data)


def decode(path: str, data: bytes) -> tuple[Source, tuple[Finding, ...]]:
    """Make a source of a file's bytes: UTF-8, its mark dropped, line ends kept."""
    try:
        return Source(path, data.removeprefix(codecs.BOM_UTF8).decode()), ()
    except UnicodeDecodeError as error:
        first_bad, wrong = error.start, data.removeprefix(codecs.BOM_UTF8)
    encoding = UTF_16.get(data[:2])
    if encoding:
        source = Source(path, data[2:].decode(encoding, "replace"))
        return source, (Finding("unreadable-file", _start(source), "the file is UTF-16", "save it as UTF-8"),)
    source = Source(path, wrong.decode("utf-8", "replace"))
    at = len(wrong[:first_bad].decode())
    message = f"byte `0x{wrong[first_bad]:02X}` is not UTF-8"
    return source, (Finding("unreadable-file", Span(source, at, at + 1), message, "save the file as UTF-8"),)


def _read(path: Path) -> bytes | None:
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            return None
        return file.read()


def _start(source: Source) -> Span:
    return Span(source, 0, min(1, len(source.text)))


def _unreadable(path: str, message: str, advice: str) -> Finding:
    return Finding("unreadable-file", Source(path, "").whole, message, advice)
