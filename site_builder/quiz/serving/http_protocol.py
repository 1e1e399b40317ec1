"""uvicorn's HTTP, with a limit to how long a request's first line and headers may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio


def protocol_with_limit(seconds: float) -> type[asyncio.Protocol]:
    """Give a protocol that hangs up on who does not send a request's headers within `seconds`."""

    class TimedProtocol(H11Protocol):
        """Counts from the connection's start, or from a later request's first byte."""

        timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - as uvicorn has it
            super().connection_made(transport)
            self.timer = self.loop.call_later(seconds, self.hang_up)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self.stop_timer()
            elif self.timer is None:
                self.timer = self.loop.call_later(seconds, self.hang_up)

        def connection_lost(self, exc: Exception | None) -> None:
            self.stop_timer()
            super().connection_lost(exc)

        def stop_timer(self) -> None:
            if self.timer:
                self.timer.cancel()
                self.timer = None

        def hang_up(self) -> None:
            self.timer = None
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                self.transport.close()

    return TimedProtocol
