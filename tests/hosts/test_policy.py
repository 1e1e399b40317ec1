"""A page's policy allows the frame's own scripts and nothing that came with the body."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from site_builder.hosts.policy import policy, with_policy

FRAME = '<head>\n<meta charset="utf-8">\n<script>a()</script><script src="x.js"></script><script type="application/json">{}</script></head>'


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_inline_scripts_of_the_frame_are_named_by_hash() -> None:
    html = with_policy(FRAME)
    assert f"script-src 'self' {_hash('a()')};" in html
    assert _hash("{}") not in html
    assert html.index("Content-Security-Policy") < html.index("<script>")


def test_nothing_is_allowed_in_general() -> None:
    text = policy()
    assert "default-src 'none'" in text
    assert "unsafe-inline" not in text.split("style-src-attr")[0]
    assert "'unsafe-eval'" not in text
    assert "frame-src 'none'" in text
    assert "https:" not in text


def test_what_a_page_needs_is_added() -> None:
    text = policy(frames=("https://www.youtube-nocookie.com",), remote_media=True)
    assert "frame-src https://www.youtube-nocookie.com;" in text
    assert "img-src 'self' data: https:;" in text


def test_a_frame_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match=r"main\.html"):
        with_policy("<html></html>")
