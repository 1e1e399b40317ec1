"""The kept runs of the page at hand, each file read once while its page is made in all languages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.execute.kept.kept_runs import KeptRunFault, kept_run
from site_builder.model.source import Source

if TYPE_CHECKING:
    from site_builder.model.course import RunFile
    from site_builder.model.run import Run

_AT_HAND = 4
"""Runs are large, and a page's languages follow each other."""


def read_run(file: RunFile | None) -> tuple[Run | None, tuple[Finding, ...]]:
    """Give the run in `file`, or what is wrong with it; nothing of a run that is not as it was written is given."""
    return _read(file) if file else (None, ())


@lru_cache(maxsize=_AT_HAND)
def _read(file: RunFile) -> tuple[Run | None, tuple[Finding, ...]]:
    try:
        return kept_run(file.file.read_text("utf-8")), ()
    except KeptRunFault as fault:
        reason = fault.reason
    except (OSError, UnicodeDecodeError):
        reason = "it cannot be read as text"
    message = f"the kept run cannot be used: {reason}"
    return None, (
        Finding("kept-run", Source(file.path, "").whole, message, "make it again with `course run`"),
    )
