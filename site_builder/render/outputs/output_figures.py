"""Figures that code made, as files beside the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.model.artifact import SITE_ROOT
from site_builder.model.notebook import ENDINGS, made_file
from site_builder.model.words import word
from site_builder.render.drawings import drawing_fault
from site_builder.render.escaping import escaped, quoted
from site_builder.render.outputs.figure_names import figure_names
from site_builder.render.outputs.picture_size import picture_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.document import Cell
    from site_builder.model.notebook import MadeFile, Output
    from site_builder.render.draft import Draft

_LARGEST_SIDE = 20_000


@dataclass(frozen=True)
class Picture:
    """A picture that an output holds, and how large it is shown, in CSS pixels; (0, 0) where nobody knows."""

    file: MadeFile
    width: int = 0
    height: int = 0


def picture_of(output: Output) -> Picture | None:
    """Give the picture of an output: the first kind that is what it says and does nothing of its own."""
    data = output.data or {}
    for kind in ENDINGS:
        if not kind.startswith("image/") or not isinstance(data.get(kind), str):
            continue
        file = made_file(kind, data[kind])
        size = picture_size(kind, file.content) if file else None
        if file is None or size is None or (kind.endswith("+xml") and drawing_fault(file.content)):
            continue
        return Picture(file, *shown_size(output.metadata.get(kind), size))
    return None


def shown_size(told: object, own: tuple[int, int]) -> tuple[int, int]:
    """Give the size that the kernel tells, which for dense screens is half the picture's own, or else its own."""
    sides = [_side(told.get(name)) if isinstance(told, dict) else 0 for name in ("width", "height")]
    width, height = sides if any(sides) else own
    if own[0] and own[1]:
        # One side alone: the other follows, so that the page does not jump.
        width = width or round(height * own[0] / own[1])
        height = height or round(width * own[1] / own[0])
    return (width, height) if 0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE else (0, 0)


def _side(value: object) -> int:
    known = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _LARGEST_SIDE
    return round(value) if known and isinstance(value, (int, float)) else 0


def figure_html(
    pictures: Sequence[Picture], names: Sequence[str], caption: str, cell: Cell, draft: Draft
) -> str:
    """Give the pictures that follow each other as one figure.

    Args:
        pictures: the pictures.
        names: what each of them shows, empty where that is not known.
        caption: what the author says that they show, or nothing.
        cell: the cell that made them.
        draft: the page.
    """
    several = len(pictures) > 1
    texts = [(name or caption) if several else (caption or name) for name in names]
    images = "".join(
        image_html(picture, quoted(text) or word("Figure made by the code above"), cell, draft)
        for picture, text in zip(pictures, texts, strict=True)
    )
    return f'<figure class="course-figure">{images}{caption_html(caption)}</figure>'


def image_html(picture: Picture, text: str, cell: Cell, draft: Draft) -> str:
    """Give a picture; `text` is escaped."""
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    address = published(picture.file, cell, draft)
    return f'<img src="{address}" alt="{text}"{size} loading="lazy" decoding="async">'


def caption_html(caption: str) -> str:
    """Give a caption; nothing where there is none."""
    # Who listens to the page hears it as the picture's text already.
    return f'<figcaption aria-hidden="true">{escaped(caption)}</figcaption>' if caption else ""


def published(file: MadeFile, cell: Cell, draft: Draft) -> str:
    """Note that readers need `file`, and give its address."""
    draft.made[file.name, cell.outputs_from] = None
    return f"{SITE_ROOT}outputs/{file.name}"


def names_of(cell: Cell, figures: int) -> list[str]:
    """Give what each of a cell's figures shows, empty where its code does not tell."""
    return figure_names(cell.text, figures) if figures else []
