"""After the clean-up: addresses are written, what other hosts would send becomes a card, ids and classes are checked."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from site_builder.render.cards import media_card, picture_card
from site_builder.render.clean import HELD

if TYPE_CHECKING:
    from site_builder.render.draft import Draft

_ATTRIBUTES = r'((?: [^\s=>"]+="[^"]*")*)'
_MEDIA = re.compile(rf"<(audio|video){_ATTRIBUTES}>((?:(?!<(?:audio|video)[ >])[\s\S])*?)</\1>")
_PLACEHOLDER = rf'(?:div|span) {HELD}="[0-9a-f]+-[0-9]{{1,9}}"></'
_TAG = re.compile(rf'<(?!{_PLACEHOLDER})(?:(/)a|([a-z][a-z0-9]*)((?: [^\s=>"]+="[^"]*")+))>')
_ATTRIBUTE = re.compile(r' ([^\s=>"]+)="([^"]*)"')
_SOURCE = re.compile(rf"<source{_ATTRIBUTES}>")
_RISKY_STYLE = re.compile(r"[:\s]-|url|\\|expression|@|[0-9]{5}", re.IGNORECASE)

_CLASSES = (
    ({"hidden", "dark:block"}, "course-dark-only"),
    ({"block", "dark:hidden"}, "course-light-only"),
    ({"flex", "justify-center"}, "course-center"),
    ({"text-center"}, "course-center"),
)
_OURS = frozenset(
    {
        "md-typeset__scrollwrap",
        "md-typeset__table",
        "footnotes",
        "footnote",
        "contains-task-list",
        "task-list-item",
    }
)


def may_be_id(text: str) -> bool:
    """Tell whether an author may have `text` as an id: not where it could be one of Material's, such as `__search`."""
    return bool(text) and not text.startswith("__")


def finish_tags(html: str, draft: Draft) -> str:
    """Finish the tags of cleaned HTML; placeholders are left alone."""
    if "<audio" in html or "<video" in html:
        html = _MEDIA.sub(lambda match: _media(match, draft), html)
    in_link = False

    def finish(match: re.Match[str]) -> str:
        nonlocal in_link
        if match[1]:
            in_link = False
            return match[0]
        in_link = in_link or match[2] == "a"
        return _finish_tag(match[2], match[3], draft, in_link=in_link)

    return _TAG.sub(finish, html)


def _finish_tag(name: str, written: str, draft: Draft, *, in_link: bool) -> str:
    attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(written)}
    attributes.pop(HELD, None)
    _check(attributes)
    if name == "a" and "href" in attributes:
        _write_link(attributes, draft)
    elif name == "img":
        return _picture(attributes, draft, in_link=in_link)
    elif "src" in attributes or "poster" in attributes:
        _write_media(attributes, draft)
    return open_tag(name, attributes)


def open_tag(name: str, attributes: dict[str, str]) -> str:
    """Write an opening tag; the values are escaped here."""
    return (
        f"<{name}{''.join(f' {key}={chr(34)}{escape(value)}{chr(34)}' for key, value in attributes.items())}>"
    )


def _check(attributes: dict[str, str]) -> None:
    if "class" in attributes:
        words = set(attributes.pop("class").split())
        found = [name for wanted, name in _CLASSES if wanted <= words] + sorted(words & _OURS)
        if found:
            attributes["class"] = " ".join(dict.fromkeys(found))
    if "id" in attributes and not may_be_id(attributes["id"]):
        del attributes["id"]
    if "style" in attributes and (not attributes["style"] or _RISKY_STYLE.search(attributes["style"])):
        del attributes["style"]


def _write_link(attributes: dict[str, str], draft: Draft) -> None:
    found = draft.address(attributes.pop("href"))
    if found.url:
        attributes["href"] = found.url


def _write_media(attributes: dict[str, str], draft: Draft) -> None:
    for key in ("src", "poster"):
        if key in attributes:
            found = draft.address(attributes.pop(key))
            if found.kind == "file" or (found.is_remote and draft.remote_images == "load"):
                attributes[key] = found.url
                draft.remote_media |= found.is_remote


def _picture(attributes: dict[str, str], draft: Draft, *, in_link: bool) -> str:
    found = draft.address(attributes.pop("src", ""))
    draft.remote_media |= found.is_remote
    if found.is_remote and draft.remote_images == "ask":
        return draft.hold(picture_card(found.url, attributes, in_link=in_link), inline=True)
    if found.kind not in {"file", "outside"}:
        return escape(attributes.get("alt", ""))
    return open_tag(
        "img", {"src": found.url, "alt": "", **attributes, "loading": "lazy", "decoding": "async"}
    )


def _media(match: re.Match[str], draft: Draft) -> str:
    """Give a sound or a film as it is, or a card where it or one of its sources lies on another host."""
    name, written, inner = match.groups()
    tags = [written, *_SOURCE.findall(inner)]
    sources = [dict(_ATTRIBUTE.findall(each)).get("src", "") for each in tags]
    remote = next(
        (found.url for each in sources if each and (found := draft.address(unescape(each))).is_remote), ""
    )
    if not remote:
        return match[0]
    draft.remote_media = True
    attributes = dict(_ATTRIBUTE.findall(written))
    if draft.remote_images == "load":
        return match[0]
    return draft.hold(media_card(name, remote, attributes), inline=True)
