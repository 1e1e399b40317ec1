"""Limits how often a learner, and an address, may ask."""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.quiz.serving.problems import Problem, send_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

REMEMBERED = 50_000
"""Askers that are counted; who has not asked for longest is forgotten first."""


@dataclass
class Bucket:
    """How much an asker may still ask, and when that was so."""

    left: float
    at: float


class Buckets:
    """Counts askers: each may ask `burst` times at once, and `rate` times a second in the long run."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, asker: str) -> float:
        """Count a request; give 0 if it is allowed, else the seconds until the next is."""
        if not self._rate:
            return 0.0
        now = self._clock()
        bucket = self._buckets.pop(asker, None) or Bucket(self._burst, now)
        self._buckets[asker] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / self._rate
        bucket.left -= 1
        return 0.0


class RateGuard:
    """Refuses who asks too often: 429, and when to come back."""

    def __init__(self, app: ASGIApp, learners: Buckets, addresses: Buckets) -> None:
        self.app, self.learners, self.addresses = app, learners, addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the request for its address and for its token."""
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        address = (scope.get("client") or ("",))[0]
        wait = self.addresses.wait(network_of(address)) if address else 0.0
        token = dict(scope["headers"]).get(b"authorization", b"")
        if token and not wait:
            wait = self.learners.wait(hashlib.blake2b(token, digest_size=16).hexdigest())
        if wait:
            seconds = math.ceil(wait)
            problem = Problem(
                429, "too-often", "too many requests", f"wait {seconds} s, then send it again", seconds
            )
            await send_problem(problem, send)
        else:
            await self.app(scope, receive, send)


def network_of(address: str) -> str:
    """Give what counts as one address: of IPv6 the first half, which one household has."""
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address
