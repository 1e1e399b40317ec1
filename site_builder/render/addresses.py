"""Where links and pictures lead, as a page's HTML says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT
from site_builder.model.document import Target
from site_builder.render.escaping import without_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)[^\x00-\x20]", re.IGNORECASE)
_ORIGIN = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Address:
    """An address for `href` or `src`, not escaped; empty where a link leads nowhere.

    `kind` is that of `Target`; `file` is the course's file it names.
    """

    kind: str
    url: str = ""
    file: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether showing it would ask another host."""
        return self.kind == "outside"


def locate(written: str, targets: Mapping[str, Target]) -> Address:
    """Give the address for what an author wrote; what `resolve` does not know is outside, here or dead."""
    target = targets.get(written) or targets.get(unquote(written))
    return _address(target or _guess(written))


def _guess(written: str) -> Target:
    if written.startswith("#"):
        return Target("here", fragment=unquote(written[1:]))
    return Target("outside", written) if _OUTSIDE.match(written) else Target("dead")


def _address(target: Target) -> Address:
    fragment = f"#{_escaped_fragment(target.fragment)}" if target.fragment else ""
    match target.kind:
        case "page" | "edition":
            root = EDITION_ROOT if target.kind == "page" else SITE_ROOT
            path = f"{quote(target.address)}/" if target.address else ""
            return Address("page", root + path + fragment)
        case "file":
            return Address("file", f"{SITE_ROOT}media/{quote(target.address)}{fragment}", target.address)
        case "outside" if _OUTSIDE.match(target.address):
            url = "%20".join(without_marks(target.address).split())
            # A target's fragment may be in its address already.
            return Address("outside", url + (fragment if "#" not in url else ""))
        case "here":
            return Address("here", fragment or "#")
        case _:
            return Address("dead")


def _escaped_fragment(fragment: str) -> str:
    return without_marks(fragment).replace("%", "%25").replace(" ", "%20")


def origin(url: str) -> str:
    """Give the origin of an `https` URL for a policy, such as `https://example.org`; empty for anything else."""
    try:
        parts = urlsplit(url)
        found = f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return ""
    return found if _ORIGIN.fullmatch(found) else ""


def host(url: str) -> str:
    """Give the host of a URL as readers know it, without `www.`."""
    return origin(url).removeprefix("https://").removeprefix("www.")
