"""Takes a request's body whole before anything else sees it: not too long, not too slow, not too deep."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from site_builder.quiz.serving.problems import Problem, send_problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKETS = re.compile(rb"[\[{\]}]")


class Hung(Exception):  # noqa: N818 - nobody has erred
    """The sender has gone."""


class BodyGuard:
    """Refuses bodies: 413 for their length, 408 for their slowness, 400 for their depth."""

    def __init__(self, app: ASGIApp, most: int, depth: int, seconds: float) -> None:
        self.app, self.most, self.depth, self.seconds = app, most, depth, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, then let the request pass."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.seconds):
                body = await self._body(scope, receive)
        except TimeoutError:
            await send_problem(
                Problem(408, "slow-body", "the request took too long to arrive"), send, close=True
            )
        except Problem as problem:
            await send_problem(problem, send, close=True)
        except Hung:
            return
        else:
            await self.app(scope, _again(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        length = dict(scope["headers"]).get(b"content-length", b"0")
        too_long = Problem(
            413, "too-long", f"the request is longer than {self.most} bytes", "send less at once"
        )
        if not length.isdigit() or int(length[:20]) > self.most:
            raise too_long
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Hung
            part = message.get("body", b"")
            size += len(part)
            if size > self.most:
                raise too_long
            parts.append(part)
            more = message.get("more_body", False)
        body = b"".join(parts)
        if deeper_than(body, self.depth):
            raise Problem(400, "too-deep", f"the JSON nests deeper than {self.depth} brackets")
        return body


def deeper_than(body: bytes, most: int) -> bool:
    """Tell whether JSON's brackets, outside of its texts, nest deeper than `most`; it need not be valid."""
    if body.count(b"[") + body.count(b"{") <= most:
        return False
    depth = 0
    for bracket in _BRACKETS.findall(_TEXT.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > most:
            return True
    return False


def _again(body: bytes, receive: Receive) -> Receive:
    """Give a receiver that hands over a body that was read, and then what else comes."""
    waiting = True

    async def give() -> Message:
        nonlocal waiting
        if waiting:
            waiting = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return give
