"""One cell, from its code to the kernel's answer: within its time, within the room for outputs, or not."""

from __future__ import annotations

import time
from dataclasses import dataclass
from queue import Empty
from typing import TYPE_CHECKING, Any

from site_builder.execute.run_faults import Stopped

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from jupyter_client.channels import ZMQSocketChannel

    from site_builder.execute.kernels.kernel import Kernel

HEEDING = 3.0
"""Seconds that a cell has to heed an interrupt."""

IDLING = 5.0
"""Seconds after the answer in which nothing may come until the kernel says that the cell is at its end."""

_STEP = 50
_AT_ONCE = 500


@dataclass(frozen=True)
class Ending:
    """How a cell ended. `fatal` means that its kernel is gone or of no use: nothing can run after it.

    `reason` is empty where the cell came to its end; then `error` and `value` have the exception, if it raised one.
    """

    seconds: float
    error: str = ""
    value: str = ""
    reason: str = ""
    fatal: bool = False


@dataclass
class _Progress:
    """What is known of the cell that runs."""

    message: str
    began: float
    limit: float
    reply: dict[str, Any] | None = None
    idle: bool = False
    interrupted: float = 0.0
    heard: float = 0.0

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.began, 3)


def run_code(
    kernel: Kernel,
    code: str,
    limit: float,
    hear: Callable[[dict[str, Any]], str],
    stop: threading.Event | None,
    *,
    silent: bool = False,
) -> Ending:
    """Run code in the kernel and wait for its end.

    Args:
        kernel: one that answers.
        code: the cell's.
        limit: seconds that it may take.
        hear: gets each message of the channel of outputs; says why no more can be taken, or nothing.
        stop: set where the job is told to stop.
        silent: as Jupyter means it: no outputs, no number.

    Raises:
        Stopped: `stop` was set.
    """
    message = kernel.client.execute(code, silent=silent, store_history=not silent, stop_on_error=False)
    now = time.monotonic()
    progress = _Progress(message, now, limit, heard=now)
    while True:
        if stop and stop.is_set():
            raise Stopped
        try:
            refusal = _listen(kernel, progress, hear)
        except Exception as fault:  # noqa: BLE001 - what a kernel sends is not ours: it may be anything
            refusal = f"its kernel sent what no kernel sends ({type(fault).__name__})"
        if ending := _ending(kernel, progress, refusal):
            return ending


def _listen(kernel: Kernel, progress: _Progress, hear: Callable[[dict[str, Any]], str]) -> str:
    """Take what has come, or wait a little for it; give why no more can be taken."""
    client = kernel.client
    if progress.reply is None:
        progress.reply = _reply_to(progress.message, client.shell_channel)
    patience = _STEP / 1000 if progress.reply is None or not progress.idle else 0.0
    for _ in range(_AT_ONCE):
        try:
            message = client.iopub_channel.get_msg(timeout=patience)
        except Empty:
            return ""
        patience, progress.heard = 0.0, time.monotonic()
        if _is_idle(message, progress.message):
            progress.idle = True
            return ""
        if refusal := hear(message):
            return refusal
    return ""


def _reply_to(message: str, channel: ZMQSocketChannel) -> dict[str, Any] | None:
    while True:
        try:
            reply = channel.get_msg(timeout=0)
        except Empty:
            return None
        if reply["parent_header"].get("msg_id") == message:
            return dict(reply["content"])


def _is_idle(message: dict[str, Any], asked: str) -> bool:
    is_status = bool(message["msg_type"] == "status" and message["parent_header"].get("msg_id") == asked)
    return is_status and bool(message["content"].get("execution_state") == "idle")


def _ending(kernel: Kernel, progress: _Progress, refusal: str) -> Ending | None:
    """Give how the cell ended, if it has; interrupt it where it has had its time."""
    now, reason = time.monotonic(), ""
    late = f"it ran longer than {progress.limit:g} s"
    if refusal:
        reason = refusal
    elif progress.reply is not None and progress.idle:
        if progress.interrupted:
            return Ending(progress.seconds, reason=late)
        status, reply = progress.reply.get("status"), progress.reply
        if any(each.get("source") == "ask_exit" for each in reply.get("payload") or ()):
            return Ending(progress.seconds, reason="it told its kernel to end", fatal=True)
        error = "" if status == "ok" else str(reply.get("ename") or status)
        return Ending(progress.seconds, error, str(reply.get("evalue", "")))
    elif not kernel.alive() and now - progress.heard > _STEP / 1000:
        reason = f"it ended its kernel ({kernel.ending()})"
    elif progress.interrupted and now - progress.interrupted > HEEDING:
        reason = f"{late} and did not heed the interrupt"
    elif not progress.interrupted and progress.seconds > progress.limit:
        progress.interrupted = now
        kernel.interrupt()
    elif progress.reply is not None and now - progress.heard > IDLING:
        reason = "more came out of it at once than is taken"
    return Ending(progress.seconds, reason=reason, fatal=True) if reason else None
