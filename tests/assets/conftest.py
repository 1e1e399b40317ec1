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


@pytest.fixture
def visit(browser, serve, site):
    """Give a function (path, width, scheme) -> page of the module's `site`; at the end, no page may have asked others or complained."""
    address = serve(site)
    contexts, faults = [], []

    def show(path: str, *, width: int = 1280, scheme: str = "light", check_policy: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=not check_policy,
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: request.url.startswith((address, "data:", "blob:")) or faults.append(request.url),
        )
        # A request that ends because the page is left is no fault of the page.
        page.on(
            "requestfailed",
            lambda request: request.failure == "net::ERR_ABORTED" or faults.append(request.url),
        )
        page.on("response", lambda answer: answer.status < 400 or faults.append(answer.url))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
        )
        page.goto(address + path)
        page.wait_for_function("() => document.documentElement.classList.contains('js')")
        return page

    show.faults = faults
    yield show
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def serious_findings(npm_folder):
    """Give a function page -> what axe finds serious or critical on it: (impact, rule, the first place)."""
    axe = (npm_folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def find(page):
        page.wait_for_timeout(300)
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run().then(all => all.violations.map(each => [each.impact, each.id, each.nodes[0].html]))"
        )
        return [each for each in found if each[0] in {"serious", "critical"}]

    return find
