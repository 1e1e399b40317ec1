"""`<Youtube id="…">`: a video, loaded on click."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.components.component import Component, Lowered, Prop, place_of, text_of
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Video

if TYPE_CHECKING:
    from site_builder.model.document import Element

_ID = re.compile(r"[\w-]{11}", re.ASCII)
_IN_ADDRESS = re.compile(
    r"(?:https?:)?(?://)?(?:www\.|m\.)?(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|shorts/|live/))([\w-]{11})(?![\w-])",
    re.ASCII,
)
_ID_HELP = 'the eleven characters after `v=` in the video\'s address, such as `id="aBcDeFgHiJk"`'


def video_id(address: str) -> str:
    """Give the id of the YouTube video at `address`, or an empty string."""
    match = _IN_ADDRESS.match(address)
    return match[1] if match else ""


def _lower(element: Element) -> Lowered:
    written = text_of(element, "id")
    if _ID.fullmatch(written):
        return (Video(element.span, "youtube", written, text_of(element, "title")), *element.children), ()
    if "id" not in element.props:
        return element.children, ()
    span = place_of(element, "id", written)
    meant = video_id(written)
    action = f'write `id="{meant}"`' if meant else _ID_HELP
    finding = Finding("bad-prop", span, f"`{written}` is not the id of a YouTube video", action)
    video = (Video(element.span, "youtube", meant, text_of(element, "title")),) if meant else ()
    return (*video, *element.children), (finding,)


YOUTUBE = Component(
    "Youtube",
    "A YouTube video; nothing is loaded from there before a reader asks for it.",
    (
        Prop("id", "text", _ID_HELP, required=True),
        Prop("title", "text", "what the video is called"),
    ),
    _lower,
)
