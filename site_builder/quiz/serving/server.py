"""The quiz server: an app of banks and a store, and how it runs."""

from __future__ import annotations

import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import uvicorn
from fastapi import FastAPI

from site_builder import __version__
from site_builder.quiz.serving import (
    instructor_page,
    instructor_routes,
    learner_routes,
    quiz_routes,
    statistics_routes,
)
from site_builder.quiz.serving.clock import Clock, SystemClock
from site_builder.quiz.serving.guards import guard
from site_builder.quiz.serving.held_banks import hold
from site_builder.quiz.serving.http_protocol import protocol_with_limit
from site_builder.quiz.serving.problems import answer_problems
from site_builder.quiz.serving.server_options import Options
from site_builder.quiz.serving.service import Service
from site_builder.quiz.serving.wire import Health

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from site_builder.model.quiz import Bank
    from site_builder.quiz.serving.tokens import Tokens
    from site_builder.quiz.storing.store import Store

BACKLOG = 1024
"""Connections that may wait to be taken."""
LAST_SECONDS = 10
"""How long requests that run may still take when the server ends."""


App: TypeAlias = FastAPI
"""A quiz server's app, for rooms that know no web framework."""


def make_app(
    banks: Iterable[Bank],
    store: Store,
    tokens: Tokens,
    options: Options | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """Give the app of a quiz server; it closes the store when it ends.

    Raises:
        ValueError: Two banks are of the same quiz.
    """
    service = Service(hold(banks), store, tokens, options or Options(), clock or SystemClock())

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        await store.keep_banks({each.digest: each.text for each in service.banks.values()})
        yield
        await store.close()

    app = FastAPI(
        title="Quizzes",
        version=__version__,
        description="What learners submit is on disk before it is acknowledged; sent again with the same key, it is there once.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=life,
    )
    app.state.service = service
    for each in (quiz_routes, learner_routes, instructor_routes, statistics_routes, instructor_page):
        app.include_router(each.ROUTES)
    app.add_api_route("/api/health", _health_of(service), methods=["GET"], tags=["server"])
    answer_problems(app)
    guard(app, service.options)
    return app


def _health_of(service: Service) -> Callable[[], object]:
    async def health() -> Health:
        """Tell whether the server and its database answer."""
        await service.store.learner("")
        return Health()

    return health


def run(app: FastAPI, host: str, port: int, ready: Callable[[str], None], proxies: str = "") -> None:
    """Answer until a signal ends it.

    Args:
        app: what answers.
        host: an address of this machine.
        port: 0 takes a free one.
        ready: is told the server's address once it listens.
        proxies: addresses of proxies whose word on a learner's address is believed, with commas between.

    Raises:
        OSError: The address is taken, or none of this machine's.
    """
    options: Options = app.state.service.options
    listening = _listening(host, port)
    config = uvicorn.Config(
        app,
        http=protocol_with_limit(options.header_time),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        limit_concurrency=options.connections,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    shown = f"[{host}]" if ":" in host else host
    _Told(config, lambda: ready(f"http://{shown}:{listening.getsockname()[1]}")).run(sockets=[listening])


class _Told(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(BACKLOG)
    except OSError:
        found.close()
        raise
    return found
