"""Sounds, films and pictures that stand in an output's HTML itself, as files beside the pages."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from site_builder.model.notebook import EMBEDDED, ENDINGS, made_file
from site_builder.model.words import word
from site_builder.render.escaping import quoted
from site_builder.render.outputs.output_figures import (
    Picture,
    caption_html,
    image_html,
    published,
    shown_size,
)
from site_builder.render.outputs.picture_size import picture_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.document import Cell
    from site_builder.model.notebook import MadeFile
    from site_builder.render.draft import Draft

_EMBEDDING = re.compile(
    r"<(audio|video)\b([^<>]*)>(?:(?!<(?:audio|video)\b)[\s\S])*?</\1\s*>|<img\s[^<>]*>", re.IGNORECASE
)
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ONLY_PLAYER = re.compile(
    r'\s*<figure class="course-figure course-figure--player">(?:(?!<figure )[\s\S])*</figure>\s*'
)
_SIDE = re.compile(r"""\b(width|height)\s*=\s*["']?([0-9]{1,4})["'\s>]""", re.IGNORECASE)


def is_player(html: str) -> bool:
    """Tell whether finished HTML is a player of ours and nothing else."""
    return bool(_ONLY_PLAYER.fullmatch(html))


def with_files(html: str, cell: Cell, draft: Draft) -> str:
    """Put pictures and players of ours in the place of those that stand in an output's HTML itself; what cannot be read goes."""
    if "data:" not in html:
        return html

    def ours(match: re.Match[str]) -> str:
        if "data:" not in match[0]:
            return match[0]
        found = EMBEDDED.search(match[0]) if cell.outputs_from else None
        known = found and found[1] in ENDINGS and found[1].startswith("image/") != bool(match[1])
        file = made_file(found[1], found[2]) if found and known else None
        if match[1]:
            return draft.hold(_player(file, match[2], cell, draft)) if file else ""
        return draft.hold(_image(file, match[0], cell, draft), inline=True) if file else match[0]

    return _EMBEDDING.sub(ours, html)


def _image(file: MadeFile, tag: str, cell: Cell, draft: Draft) -> str:
    """Give a picture inside other HTML, such as one in a table; it shows nothing of its own where nobody says what."""
    size = picture_size(file.kind, file.content)
    if size is None:
        return ""
    said = _ALT.search(tag)
    width, height = shown_size({name.lower(): int(value) for name, value in _SIDE.findall(tag)}, size)
    picture = Picture(file, width, height)
    text = unescape(said[1] or said[2] or "") if said else ""
    return image_html(picture, quoted(text), cell, draft)


def _player(file: MadeFile, attributes: str, cell: Cell, draft: Draft) -> str:
    """Give a player that waits for the reader, whatever the output asked for."""
    address = published(file, cell, draft)
    caption = cell.controls.caption
    if file.kind.startswith("audio/"):
        label = quoted(caption) or word("Sound made by the code above")
        media = f'<audio controls preload="metadata" src="{address}" aria-label="{label}"></audio>'
    else:
        label = quoted(caption) or word("Film made by the code above")
        size = "".join(f' {name.lower()}="{value}"' for name, value in _sides(attributes).items())
        media = f'<video controls playsinline preload="metadata" src="{address}" aria-label="{label}"{size}></video>'
    return f'<figure class="course-figure course-figure--player">{media}{caption_html(caption)}</figure>'


def _sides(attributes: str) -> Mapping[str, str]:
    return dict(_SIDE.findall(f"{attributes} "))
