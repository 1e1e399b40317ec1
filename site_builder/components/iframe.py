"""`<iframe>`: a demo or a video of another host, loaded on click."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from site_builder.components.component import Component, Lowered, Prop, place_of, text_of
from site_builder.components.youtube import video_id
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Demo, Video

if TYPE_CHECKING:
    from site_builder.model.document import Element

_SPACE_HOSTS = (".hf.space", ".gradio.live", ".gradio.app")
_EMPTY_TITLES = {"", "gradio app", "iframe", "youtube video player"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?=[/?#]|$)", re.IGNORECASE)
_SRC_HELP = 'the address of the page to show, such as `src="https://someone-demo.hf.space"`'


def is_dark_look(element: Element) -> bool:
    """Tell whether an `iframe` shows in dark mode alone; its twin shows the same page otherwise."""
    names = _classes(element)
    return "hidden" in names and bool(names & {"dark:block", "dark:inline", "dark:flex"})


def is_light_look(element: Element) -> bool:
    """Tell whether an `iframe` does not show in dark mode."""
    return "dark:hidden" in _classes(element)


def _classes(element: Element) -> set[str]:
    return set(f"{text_of(element, 'class')} {text_of(element, 'className')}".split())


def _lower(element: Element) -> Lowered:
    written = text_of(element, "src")
    if not written:
        return element.children, ()
    address, findings = _address(element, written)
    if not address:
        return element.children, findings
    title = text_of(element, "title")
    title = "" if title.lower() in _EMPTY_TITLES else title
    video = video_id(address)
    if video:
        return (Video(element.span, "youtube", video, title), *element.children), findings
    kind, address = _kind(address)
    return (
        Demo(element.span, kind, address, title or _name(address), _height(element)),
        *element.children,
    ), findings


def _address(element: Element, written: str) -> tuple[str, tuple[Finding, ...]]:
    """Give the address to load, or an empty string where it must not be or cannot be loaded."""
    place = place_of(element, "src", written)
    address = re.sub(r"\s+", "", written)
    finding = None
    if address != written:
        finding = Finding("malformed-link", place, f"`{written}` has white space in it", f"write `{address}`")
    if address.startswith("//"):
        address = f"https:{address}"
    if not _SCHEME.match(address):
        if not _HOST.match(address):
            return "", (
                Finding("unsafe-link", place, f"`{written}` is no address of another site", _SRC_HELP),
            )
        finding = Finding(
            "missing-scheme", place, f"`{written}` lacks `https://`", f"write `https://{address}`"
        )
        address = f"https://{address}"
    if not address.lower().startswith(("https://", "http://")):
        scheme = address.partition(":")[0]
        return "", (Finding("unsafe-link", place, f"`{scheme}:` is no scheme of a page to show", _SRC_HELP),)
    if not _is_whole(address):
        return "", (Finding("malformed-link", place, f"`{written}` is no address", _SRC_HELP),)
    return address, (finding,) if finding else ()


def _is_whole(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _kind(address: str) -> tuple[str, str]:
    """Give the kind of demo and its address, for a Gradio Space without the look that it asks for."""
    parts = urlsplit(address)
    if not (parts.hostname or "").endswith(_SPACE_HOSTS):
        return "embed", address
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "__theme"]
    )
    return "space", urlunsplit(parts._replace(query=query))


def _name(address: str) -> str:
    host = urlsplit(address).hostname or ""
    for end in (".static.hf.space", ".hf.space"):
        if host.endswith(end):
            return host.removesuffix(end).replace("-", " ")
    return host


def _height(element: Element) -> int | None:
    digits = text_of(element, "height").removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) < 5 else None  # noqa: PLR2004 - no frame is that high


FRAME = Component(
    "iframe",
    "A page of another host, such as a Gradio Space; nothing is loaded from there before a reader asks for it.",
    (Prop("src", "text", _SRC_HELP, required=True),),
    _lower,
    any_prop=True,
)
