"""The Content-Security-Policy of a page: scripts of this site and Material's own inline ones, by hash."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html import escape

_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'


def policy(
    scripts: tuple[str, ...] = (),
    frames: tuple[str, ...] = (),
    *,
    remote_media: bool = False,
    server: str = "",
) -> str:
    """Give the policy of a page.

    Args:
        scripts: the texts of the inline scripts that may run; they are named by their SHA-256.
        frames: the origins that may be shown in a frame after a click.
        remote_media: whether pictures and sounds of other hosts may be shown. Their hosts answer with
            redirects to others, so that they cannot be listed.
        server: the origin of the quiz server that scripts may ask.
    """
    media = ("'self'", "data:", *(("https:",) if remote_media else ()))
    parts = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *(f"'sha256-{_hash(each)}'" for each in scripts)),
        "style-src": ("'self'",),
        "style-src-attr": ("'unsafe-inline'",),
        "img-src": media,
        "media-src": media,
        "font-src": ("'self'",),
        "connect-src": ("'self'", *((server,) if server else ())),
        "worker-src": ("'self'",),
        "manifest-src": ("'self'",),
        "frame-src": frames or ("'none'",),
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
        "object-src": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())


def with_policy(
    frame: str, frames: tuple[str, ...] = (), *, remote_media: bool = False, server: str = ""
) -> str:
    """Put the policy into the head of `frame`, a page without its body.

    The hashes are those of the frame's scripts alone: a script that came with the body has none.
    """
    scripts = tuple(dict.fromkeys(match[1] for match in _SCRIPT.finditer(frame)))
    content = escape(_policy(scripts, frames, remote_media, server), quote=True).replace("&#x27;", "'")
    meta = f'{_CHARSET}\n      <meta http-equiv="Content-Security-Policy" content="{content}">'
    if _CHARSET not in frame:
        raise ValueError(
            "the theme's frame has no place for a policy: main.html must keep Material's `site_meta`"
        )
    return frame.replace(_CHARSET, meta, 1)


@lru_cache(maxsize=512)
def _policy(scripts: tuple[str, ...], frames: tuple[str, ...], remote_media: bool, server: str) -> str:  # noqa: FBT001 - a key
    return policy(scripts, frames, remote_media=remote_media, server=server)


@lru_cache(maxsize=512)
def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
