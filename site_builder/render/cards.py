"""Cards: what other hosts would send waits for the reader's click; without JavaScript a card is a link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from site_builder.model.words import word
from site_builder.render.addresses import host, origin
from site_builder.render.escaping import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.document import Demo, NotebookLinks, Video
    from site_builder.render.draft import Draft

_NEW_TAB = 'rel="noopener noreferrer" target="_blank"'
_YOUTUBE_FRAME = "https://www.youtube-nocookie.com"


def video_address(video: Video) -> str:
    """Give the address of a video's own page."""
    return f"https://www.youtube.com/watch?v={quote(video.id, safe='')}"


def video_card(video: Video, draft: Draft) -> str:
    """Render a video."""
    number = quote(video.id, safe="")
    draft.frames[_YOUTUBE_FRAME] = None
    title = quoted(video.title) or word("Watch on {host}", host="YouTube")
    return _figure(
        "video",
        f'data-frame="{_YOUTUBE_FRAME}/embed/{number}?autoplay=1"',
        video_address(video),
        title,
    )


def demo_card(demo: Demo, draft: Draft) -> str:
    """Render a page of another host, loaded on click; where it has no `https` address there is nothing to load."""
    frame_origin = origin(demo.address)
    if not frame_origin:
        draft.report(
            "unsafe-link", demo.span, f"`{demo.address}` cannot be shown in a frame", "use an `https` address"
        )
        return f"<p>{quoted(demo.title or demo.address)}</p>"
    draft.frames[frame_origin] = None
    address = quoted(demo.address)
    height = f' data-height="{demo.height}"' if demo.height else ""
    is_space = demo.kind == "space"
    title = quoted(demo.title) or word("Open demo in a new tab" if is_space else "Open in a new tab")
    return _figure("demo" if is_space else "embed", f'data-frame="{address}"{height}', demo.address, title)


def _figure(kind: str, data: str, address: str, title: str) -> str:
    link = f'<a class="course-card__open" href="{quoted(address)}" {_NEW_TAB}>{title}</a>'
    return f'<figure class="course-card course-card--{kind}" {data}>{link}</figure>'


def notebook_links(block: NotebookLinks, draft: Draft) -> str:
    """Render the links to a page's notebooks."""
    links = []
    for label, written in block.links:
        url = draft.address(written).url
        outside = f" {_NEW_TAB}" if url.startswith("http") else ""
        if url:
            links.append(f'<a class="md-button" href="{quoted(url)}"{outside}>{quoted(label)}</a>')
    return f'<div class="course-notebooks">{"".join(links)}</div>' if links else ""


def picture_card(url: str, attributes: Mapping[str, str], *, in_link: bool) -> str:
    """Render a picture of another host; inside a link the card's own link would be a second one, so it has none."""
    alt = attributes.get("alt", "")
    data = {
        "image": url,
        "alt": alt,
        "width": attributes.get("width", ""),
        "height": attributes.get("height", ""),
    }
    values = "".join(f' data-{key}="{quoted(value)}"' for key, value in data.items() if value or key == "alt")
    classes = f"course-card course-card--image {attributes.get('class', '')}".rstrip()
    text = quoted(alt) or word("Show picture")
    name, target = ("span", "") if in_link else ("a", f' href="{quoted(url)}" {_NEW_TAB}')
    inner = f'<{name} class="course-card__open"{target}>{text}</{name}>'
    return f'<span class="{quoted(classes)}"{values}>{inner}</span>'


def media_card(element: str, url: str, attributes: Mapping[str, str]) -> str:
    """Render a sound or a film of another host; `attributes` are its own, escaped."""
    kind = "sound" if element == "audio" else "film"
    title = attributes.get("title") or attributes.get("aria-label") or quoted(_file_name(url))
    link = f'<a class="course-card__open" href="{quoted(url)}" {_NEW_TAB}>{title}</a>'
    return f'<span class="course-card course-card--{kind}" data-media="{quoted(url)}">{link}</span>'


def _file_name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2] or host(url)
