"""Makes cells with outputs, and the files that outputs hold."""

from __future__ import annotations

from base64 import b64encode

import made_notebooks
from page_parts import SPAN, html_of

from site_builder.model.controls import Controls
from site_builder.model.document import Cell
from site_builder.model.notebook import Output

NOTEBOOK = "notebooks/en/chapter1/1.ipynb"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="15pt"><path d="M0 0h4v4H0z"/></svg>'


def packed(content: bytes) -> str:
    return b64encode(content).decode()


def png(width: int = 4, height: int = 2) -> str:
    """Give a small picture, in Base64."""
    return made_notebooks.png(width, height)


def wav() -> str:
    """Give a short sound, in Base64."""
    return made_notebooks.wav(0.001)


def player(source: str, element: str = "audio", attributes: str = "") -> str:
    """Give a player as IPython writes it."""
    return (
        f'\n  <{element}  controls="controls" autoplay="autoplay"{attributes}>\n'
        f'    <source src="{source}" type="audio/wav" />\n    Your browser does not support it.\n  </{element}>\n  '
    )


def shown(**data: object) -> Output:
    """Give an output with forms: `html="…"`, `plain="…"`, `png="…"` and others by their second half."""
    kinds = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
    return Output("display_data", data={kinds.get(key, f"text/{key}"): value for key, value in data.items()})


def printed(text: str, name: str = "stdout") -> Output:
    return Output("stream", text, name=name)


def cell(*outputs: Output, code: str = "x\n", **controls: object) -> Cell:
    return Cell(SPAN, code, outputs=outputs, outputs_from=NOTEBOOK, controls=Controls(**controls))


def outputs_of(*outputs: Output, **parts: object) -> str:
    """Give the HTML of a cell's outputs, its only box without its frame."""
    html = html_of(cell(*outputs, **parts))
    return html.partition("</p>")[2].removesuffix("</div></div>")
