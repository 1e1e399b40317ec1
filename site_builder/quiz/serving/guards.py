"""What stands before the app: a log line a request, headers, origins, rates, bodies; in the order in which a request meets them."""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware

from site_builder.quiz.serving.body_guard import BodyGuard
from site_builder.quiz.serving.problems import Problem, send_problem
from site_builder.quiz.serving.rate_guard import Buckets, RateGuard

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from site_builder.quiz.serving.server_options import Options

REQUESTS = logging.getLogger("site_builder.quiz.requests")
FAULTS = logging.getLogger("site_builder.quiz")

SECURITY = (
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cache-control", "no-store"),
)
"""Headers of every answer that does not say otherwise."""

_PROCESS = secrets.token_hex(3)
_NUMBERS = count(1)
_NUMBER = "quiz.request"
"""Where a request's scope has its number in the log."""

SAFE = ("GET", "HEAD", "OPTIONS")


def guard(app: FastAPI, options: Options) -> None:
    """Put the guards before an app; what is added last is met first."""
    learners = Buckets(options.learner_rate, options.learner_burst)
    addresses = Buckets(options.address_rate, options.address_burst)
    app.add_middleware(BugGuard)
    app.add_middleware(BodyGuard, most=options.body, depth=options.depth, seconds=options.body_time)
    app.add_middleware(RateGuard, learners=learners, addresses=addresses)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=options.origins,
        allow_methods=("GET", "POST", "DELETE"),
        allow_headers=("Authorization", "Content-Type", "Idempotency-Key"),
        expose_headers=("Retry-After",),
        max_age=3600,
    )
    app.add_middleware(OriginGuard, origins=options.origins)
    app.add_middleware(HeaderGuard)
    app.add_middleware(RequestLog)


class OriginGuard:
    """Refuses what a page of another site asks for: 403."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self.app, self.origins = app, frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the request's `Origin`; programs send none."""
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            origin = headers.get(b"origin", b"").decode("latin-1")
            host = headers.get(b"host", b"").decode("latin-1")
            if origin and origin not in self.origins and not _own(origin, host):
                problem = Problem(
                    403,
                    "other-origin",
                    "pages of this site may not ask this server",
                    "name it with `--origin`",
                )
                await send_problem(problem, send)
                return
        await self.app(scope, receive, send)


def _own(origin: str, host: str) -> bool:
    """Tell whether a page's origin is the address that it asks; a proxy may have taken TLS off."""
    try:
        return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


class HeaderGuard:
    """Gives answers the headers of SECURITY that they lack."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, and add to its answer."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                lacking = [
                    (name.encode(), value.encode()) for name, value in SECURITY if name.encode() not in there
                ]
                message = {**message, "headers": [*message["headers"], *lacking]}
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


class RequestLog:
    """Logs one line a request, without anything that somebody wrote."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, and log what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, size, start = 0, 0, time.perf_counter()

        async def counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        scope[_NUMBER] = f"{_PROCESS}-{next(_NUMBERS)}"
        try:
            await self.app(scope, receive, counted)
        finally:
            took = round((time.perf_counter() - start) * 1000, 1)
            REQUESTS.info(
                "request",
                extra={
                    "id": scope[_NUMBER], "method": _method(scope), "route": getattr(scope.get("route"), "path", "none"),
                    "status": status or 499, "bytes": size, "ms": took,
                },
            )  # fmt: skip


class BugGuard:
    """Answers where our code fails, and logs where that was."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass."""
        begun = False

        async def noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        except Exception as error:
            number = scope.get(_NUMBER, "")
            log_bug(error, number)
            if begun or scope["type"] != "http":
                raise
            problem = Problem(500, "bug", "the server has a fault", f"tell its keeper `{number}`")
            await send_problem(problem, send)


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in (*SAFE, "POST", "PUT", "PATCH", "DELETE") else "other"


def log_bug(error: BaseException, number: str = "") -> None:
    """Log where our code failed, without the exception's words: they may hold what a learner wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-8:]]
    FAULTS.error("bug", extra={"id": number, "exception": type(error).__name__, "places": places})
