"""The server of `course serve`: it answers on loopback, watches the folder and tells browsers to ask again."""

from __future__ import annotations

import re
import socket
import threading
import time
import traceback
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from site_builder.hosts.course_changes import changes_of
from site_builder.hosts.live_course import LiveCourse
from site_builder.hosts.live_pages import Answer, LivePages, with_reload
from site_builder.pipeline import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from socketserver import BaseRequestHandler

    from site_builder.diagnostics.report import Report
    from site_builder.pipeline import Progress

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")

_RELOAD = b"""let known;
new EventSource("/__course/events").onmessage = ({ data }) => {
  if (known && known !== data) location.reload();
  known = data;
};
"""
_HEARTBEAT = 15


class Changes:
    """Counts the versions of a live site, and lets browsers wait for the next."""

    def __init__(self) -> None:
        self._version = int(time.time() * 1000)
        self._changed = threading.Condition()

    def tell(self) -> None:
        """Say that there is a new version."""
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def wait(self, known: int) -> int:
        """Wait until there is another version than `known`, or for the time of a heartbeat."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != known, timeout=_HEARTBEAT)
            return self._version


class Server(ThreadingHTTPServer):
    """A server with a thread a request, for IPv4 or IPv6."""

    daemon_threads = True
    request_queue_size = 64  # a browser asks for a page's files all at once

    def __init__(self, place: tuple[str, int], handler: Callable[..., BaseRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        super().__init__(place, handler)


def asked_part(header: str, length: int) -> range | None:
    """Give the bytes that a `Range` header asks for, of `length`; nothing where it asks for all, for several parts or for none."""
    found = _RANGE.fullmatch(header.strip())
    if not found or not length:
        return None
    if not found[1]:
        return range(max(0, length - int(found[2])), length) if found[2] and int(found[2]) else None
    start, stop = int(found[1]), min(length, int(found[2]) + 1 if found[2] else length)
    return range(start, stop) if start < stop else None


class Handler(BaseHTTPRequestHandler):
    """Answers a browser on this machine, and nobody else's pages through a name that leads here."""

    protocol_version = "HTTP/1.1"

    def __init__(self, pages: LivePages, changes: Changes, host: str, *arguments: object) -> None:
        self.pages, self.changes, self.host = pages, changes, host
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request."""
        if not self._is_ours():
            self._send(Answer(421, "text/plain", b"this server answers to its own address alone\n"))
            return
        try:
            self._answer(unquote(urlsplit(self.path).path))
        except OSError:  # the browser has gone
            self.close_connection = True
        except Exception:  # noqa: BLE001 - our fault, which must not look like an endless wait
            self._send(Answer(500, "text/plain; charset=utf-8", traceback.format_exc().encode()))

    def _answer(self, path: str) -> None:
        if path == "/__course/events":
            self._send_events()
        elif path == "/__course/reload.js":
            self._send(Answer(200, "text/javascript", _RELOAD))
        else:
            self._send(self.pages.answer(path))

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def _is_ours(self) -> bool:
        host = self.host
        name = self.headers.get("Host", "").rsplit(":", 1)[0]
        return name in {host, f"[{host}]", "localhost", "127.0.0.1", "[::1]"} or host in {"0.0.0.0", "::"}  # noqa: S104 - asked for by the user

    def _send(self, answer: Answer) -> None:
        content = with_reload(answer.content) if answer.kind.startswith("text/html") else answer.content
        part = (
            asked_part(self.headers.get("Range", ""), len(content))
            if answer.status == HTTPStatus.OK
            else None
        )
        self.send_response(HTTPStatus.PARTIAL_CONTENT if part else answer.status)
        self.send_header("Content-Type", answer.kind)
        if part:  # a player that is wound on asks for the rest alone
            self.send_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{len(content)}")
            content = content[part.start : part.stop]
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        known = 0
        while self.command != "HEAD":
            known = self.changes.wait(known)
            try:
                self.wfile.write(f"data: {known}\n\n".encode())
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the terminal is for findings."""


def serve(
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    ready: Callable[[str], None],
    report: Callable[[Report], None],
    progress: Progress = silent,
    stop: threading.Event | None = None,
) -> None:
    """Show the course in `folder` at `host`:`port` until interrupted or stopped.

    Args:
        folder: the course folder.
        overrides: settings that win over those of `mkdocs.yml`.
        host: the address to answer on; a name or address of this machine.
        port: the port; 0 takes a free one.
        ready: told the site's URL when it can be read.
        report: told the findings at the start and after each change.
        progress: told how far the first build is.
        stop: ends the server when it is set, within a second.

    Raises:
        OSError: the port is taken.
    """
    live = LiveCourse(folder, overrides)
    pages, changes = LivePages(live), Changes()
    with Server((host, port), partial(Handler, pages, changes, host)) as server:
        live.start(progress=progress)
        report(live.report)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{server.server_address[1]}/")
        try:
            for _ in changes_of(live, stop or threading.Event()):
                pages.refresh()
                changes.tell()
                report(live.report)
        finally:
            server.shutdown()
