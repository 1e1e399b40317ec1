"""Pages with the site's own styles and scripts around a body, served on loopback."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASSETS = Path(__file__).parents[2] / "assets"

FRAME = """<!doctype html><html lang="en" class="js"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' https:; media-src 'self' https:; frame-src https:">
<link rel="icon" href="data:,"><link rel="stylesheet" href="styles/tokens.css"><link rel="stylesheet" href="styles/cards.css"><title>Birds</title></head>
<body data-md-color-scheme="default"><main class="md-content md-typeset">{body}</main>
<script id="__config" type="application/json">{{"base": "."}}</script>
<script id="course-words" type="application/json">{{"play": "Play video", "always": "Always show pictures from {{host}}"}}</script>
<script src="scripts/course.js" defer></script><script src="scripts/cards.js" defer></script>
<script src="scripts/tabs.js" defer></script><script src="scripts/anchors.js" defer></script></body></html>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Give a function that serves a folder and returns its address, with a slash at its end."""
    running = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in running:
        server.shutdown()


@pytest.fixture
def open_body(browser, serve, tmp_path):
    """Give a function that shows a body in the frame: (body, fragment) -> (page, addresses asked of other hosts)."""
    for name in ("styles", "scripts"):
        shutil.copytree(ASSETS / name, tmp_path / name)
    address = serve(tmp_path)
    context = browser.new_context()
    context.set_default_timeout(5000)
    asked: list[str] = []

    def answer(route):
        asked.append(route.request.url)
        picture = route.request.resource_type == "image"
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'
        route.fulfill(
            status=200,
            content_type="image/svg+xml" if picture else "text/html",
            body=svg if picture else "<p>framed",
        )

    context.route(lambda url: not url.startswith(address), answer)

    def show(body: str, fragment: str = ""):
        (tmp_path / "index.html").write_text(FRAME.format(body=body), encoding="utf-8")
        page = context.new_page()
        page.goto(address + fragment)
        return page, asked

    yield show
    context.close()
