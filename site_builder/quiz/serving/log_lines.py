"""Logs as lines of JSON."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_KNOWN = ("id", "method", "route", "status", "bytes", "ms", "fault", "exception", "places")


class JsonLines(logging.Formatter):
    """Writes a record as one line: time, level, message, and the fields of ours that it has. Exceptions' words are left out."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": when, "level": record.levelname.lower(), "message": _message(record)}
        line |= {name: vars(record)[name] for name in _KNOWN if name in vars(record)}
        return json.dumps(line)


def _message(record: logging.LogRecord) -> str:
    """Give our own messages; of others' only where they come from, since they may quote what was sent."""
    if record.name.startswith("site_builder."):
        return record.getMessage()
    kind = record.exc_info[0] if record.exc_info else None
    return f"{record.name}: {record.msg}" + (f" ({kind.__name__})" if kind else "")


def log_to_stderr(level: int = logging.INFO) -> None:
    """Write what the server logs to the error stream."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("site_builder.quiz", "uvicorn.error", "asyncio", "alembic", "sqlalchemy"):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [handler], False
        log.setLevel(level if name == "site_builder.quiz" else logging.WARNING)
