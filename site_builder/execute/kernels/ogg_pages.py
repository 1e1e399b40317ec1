"""Ogg files made the same each time: encoders number their streams by chance."""

from __future__ import annotations

import struct

_POLYNOMIAL = 0x04C11DB7
_HEADER = 27
_SERIAL, _CHECKSUM, _SEGMENTS = 14, 22, 26
"""Where a page's header has its stream's number, its checksum, and the number of its segments."""


def numbered(content: bytes, serial: int = 1) -> bytes:
    """Give an Ogg file of one stream with the stream's number `serial`; anything else comes back as it is."""
    pages = bytearray(content)
    start = 0
    while start < len(pages):
        if pages[start : start + 4] != b"OggS" or start + _HEADER > len(pages):
            return content
        count = pages[start + _SEGMENTS]
        end = start + _HEADER + count + sum(pages[start + _HEADER : start + _HEADER + count])
        if end > len(pages):
            return content
        struct.pack_into("<I", pages, start + _SERIAL, serial)
        struct.pack_into("<I", pages, start + _CHECKSUM, 0)
        struct.pack_into("<I", pages, start + _CHECKSUM, _checksum(pages[start:end]))
        start = end
    return bytes(pages)


def _table() -> tuple[int, ...]:
    """Give the checksum's steps for each value of a byte: CRC-32 with its bits not turned around, as Ogg has it."""
    found = []
    for value in range(256):
        rest = value << 24
        for _ in range(8):
            rest = (rest << 1) ^ (_POLYNOMIAL if rest & 0x80000000 else 0)
        found.append(rest & 0xFFFFFFFF)
    return tuple(found)


_STEPS = _table()


def _checksum(page: bytes | bytearray) -> int:
    rest = 0
    for byte in page:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ _STEPS[(rest >> 24) ^ byte]
    return rest
