"""Why a job gives no result: no sandbox, no kernel, or it was told to stop."""

from __future__ import annotations


class SandboxMissing(Exception):  # noqa: N818 - it is what is missing, as the settings name it
    """A sandbox is required and cannot be had; the text says which part is missing and what to do."""


class KernelFault(Exception):  # noqa: N818 - a fault, as findings have them
    """The kernel cannot start, or what runs before the first cell fails; the text has its last words."""


class Stopped(Exception):  # noqa: N818 - no error: it was asked for
    """The job was told to stop; everything that it had started is gone."""


class ExecutorFault(Exception):  # noqa: N818 - a fault of where jobs run
    """Jobs cannot run where they were to: no scheduler, no worker, or workers that do not see the course; then what to do."""
