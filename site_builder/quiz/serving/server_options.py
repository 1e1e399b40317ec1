"""How a quiz server is held: who may ask, how much, and how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How a quiz server is held.

    `origins` are the sites whose pages may ask, such as `https://course.example.org`; a page of the server's own address always may.
    `body` is in bytes, `depth` counts nested brackets of JSON, times are in seconds. A rate is requests a second, 0 for any number; `burst`
    is how many may come at once. A learner's are few; an address may be that of a whole school. `connections` is how many there may be.
    """

    origins: tuple[str, ...] = ()
    body: int = 256 * 1024
    depth: int = 16
    header_time: float = 10.0
    body_time: float = 20.0
    learner_rate: float = 5.0
    learner_burst: int = 40
    address_rate: float = 100.0
    address_burst: int = 1000
    connections: int = 2000
    code_minutes: int = 15
