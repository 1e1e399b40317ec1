"""Notebooks as Jupyter stores them, and the pictures and sounds in them."""

from __future__ import annotations

import json
import struct
import zlib
from base64 import b64encode
from typing import Any


def png(width: int = 40, height: int = 20, shade: int = 128) -> str:
    """Give a picture, in Base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b64encode(whole).decode()


def wav(seconds: float = 0.5) -> str:
    """Give a silent sound, in Base64."""
    data = b"\x80" * round(8000 * seconds)
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    parts = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data)) + data
    return b64encode(b"RIFF" + struct.pack("<I", len(parts)) + parts).decode()


def display(**data: object) -> dict[str, Any]:
    """Give a stored output with forms: `html="…"`, `png="…"` and so on."""
    kinds = {"png": "image/png", "svg": "image/svg+xml"}
    forms = {kinds.get(key, f"text/{key}"): value for key, value in data.items()}
    return {
        "output_type": "display_data",
        "data": forms,
        "metadata": {"image/png": {"width": 20, "height": 10}},
    }


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def player(kind: str = "audio/wav", content: str = "") -> str:
    """Give a player as IPython writes it."""
    return f'<audio controls autoplay="autoplay"><source src="data:{kind};base64,{content or wav()}" type="{kind}" /></audio>'
