"""The server's clock: the only one by which deadlines count; tests move it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the time, with its offset."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the time in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Give the time that was set."""
        return self._now

    def move(self, step: timedelta) -> None:
        """Let `step` pass."""
        self._now += step


def is_late(now: datetime, deadline: str, grace: int) -> bool:
    """Tell whether `now` is after a deadline (ISO 8601 with an offset, empty for none) and its grace period in seconds.

    Raises:
        ValueError: The deadline is no such time.
    """
    if not deadline:
        return False
    due = datetime.fromisoformat(deadline)
    if due.tzinfo is None:
        raise ValueError(f"the deadline `{deadline}` has no offset, such as `+00:00`")
    return now > due + timedelta(seconds=grace)
