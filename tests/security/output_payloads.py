"""Outputs that an attacker may put into a notebook: each a stored output with a payload at another place of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from payload_pages import ATLAS, page_of

from site_builder.model.source import Source
from site_builder.parse.stage import parse
from site_builder.render.stage import render
from site_builder.resolve.stage import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.artifact import Body

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">{}</svg>'


def _display(data: dict[str, Any], metadata: object = None) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "HTML": lambda text: _display({"text/html": text, "text/plain": "x"}),
    "HTML in lines": lambda text: _display({"text/html": [f"<div>{text}", "</div>"]}),
    "HTML of a table": lambda text: _display({"text/html": f"<table class='dataframe'><tr><td>{text}</td><td>1</td></tr></table>"}),
    "attribute of a table": lambda text: _display({"text/html": f'<table style="{text}"><tr class="{text}"><td colspan="{text}">1</td></tr></table>'}),
    "HTML around a sound": lambda text: _display({"text/html": f'{text}<audio controls {text}><source src="data:audio/wav;base64,{WAV}"/>{text}</audio>{text}'}),
    "HTML around a film": lambda text: _display({"text/html": f'<video width="{text}" poster="{text}" src="data:video/mp4;base64,{WAV}">{text}</video>'}),
    "attributes of a picture": lambda text: _display({"text/html": f'<img {text} alt="{text}" width="{text}" src="data:image/png;base64,{PNG}" {text}>'}),
    "source of a sound": lambda text: _display({"text/html": f'<audio src="data:audio/wav;base64,{WAV}{text}"></audio><audio src="{text}"></audio>'}),
    "Markdown": lambda text: _display({"text/markdown": text}),
    "TeX": lambda text: _display({"text/latex": f"${text}$"}),
    "plain text": lambda text: _display({"text/plain": text}),
    "picture": lambda text: _display({"image/png": text, "image/jpeg": text, "image/gif": [text], "text/plain": text}),
    "drawing": lambda text: _display({"image/svg+xml": SVG.format(text), "text/plain": text}),
    "size of a picture": lambda text: _display({"image/png": PNG}, {"image/png": {"width": text, "height": text}}),
    "metadata": lambda text: _display({"image/png": PNG}, {text: {text: text}, "image/png": text}),
    "kind": lambda text: _display({text: text, f"image/{text}": PNG, "text/plain": "x"}),
    "stream": lambda text: {"output_type": "stream", "name": "stdout", "text": [text]},
    "name of a stream": lambda text: {"output_type": "stream", "name": text, "text": text},
    "stream in colour": lambda text: {"output_type": "stream", "name": "stderr", "text": f"\x1b[31m{text}\x1b[{text}m\x1b]8;;{text}\x07x\r{text}"},
    "long stream": lambda text: {"output_type": "stream", "name": "stdout", "text": f"{text}\n" * 40},
    "error": lambda text: {"output_type": "error", "ename": text, "evalue": text, "traceback": [text] * 30},
    "kind of output": lambda text: {"output_type": text, "name": text, "text": text, "data": {"text/html": text}},
}  # fmt: skip
"""Where a payload may stand in a stored output."""


def body_of(*outputs: dict[str, Any], source: str = "x", metadata: object = None) -> Body:
    """Give the body of a chapter that is a notebook with one cell."""
    cell = {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": metadata or {}}
    stored = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    text = Source("chapters/en/chapter1/1.ipynb", json.dumps(stored))
    page = page_of(text)
    document, _ = resolve(parse(text)[0], page, ATLAS, None)
    return render(document, page)[0]
