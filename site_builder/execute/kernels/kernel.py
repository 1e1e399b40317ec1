"""A Jupyter kernel as a process with five sockets: how it starts, what it is told, and how it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from queue import Empty
from typing import TYPE_CHECKING, Any

from site_builder.execute.run_faults import KernelFault, Stopped
from site_builder.execute.sandboxes.scratch import CHANNELS, write_connection

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jupyter_client.blocking.client import BlockingKernelClient
    from jupyter_client.channels import ZMQSocketChannel

    from site_builder.execute.kernels.launch import Launch

SLOWEST_START = 60.0
"""Seconds that a kernel may take until it answers."""

_STEP = 0.005
_UNANSWERED, _UNHEARD = 2.0, 0.05
"""Seconds after which a kernel is asked anew: if it has not answered, and if only its messages are missing."""

_LAST_WORDS = 2000


@dataclass(frozen=True)
class Kernel:
    """A running kernel. `python` is its version where it is one of Python, else empty."""

    process: subprocess.Popen[bytes]
    client: BlockingKernelClient
    launch: Launch
    errors: int
    record: int
    python: str = ""

    def alive(self) -> bool:
        """Tell whether its process runs."""
        return self.process.poll() is None

    def ending(self) -> str:
        """Say in a phrase how its process ended; bubblewrap gives signals as 128 and more."""
        if cause := self.launch.cause():
            return cause
        code = self.process.poll()
        number = -code if code is not None and code < 0 else (code or 0) - 128
        try:
            return f"signal {signal.Signals(number).name}"
        except ValueError:
            return f"exit code {code}"

    def kill(self) -> None:
        """End its process and its process group; in a sandbox all that it started goes with it."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()
        self.process.wait()

    def interrupt(self) -> None:
        """Interrupt the cell that runs, by a message: from outside the kernel's process has no known number."""
        client = self.client
        client.control_channel.send(client.session.msg("interrupt_request", content={}))

    def last_words(self) -> str:
        """Give the end of what it wrote as a process, outside of any cell."""
        size = os.fstat(self.errors).st_size
        text = os.pread(self.errors, _LAST_WORDS, max(0, size - _LAST_WORDS))
        return text.decode("utf-8", "replace").strip()


@contextmanager
def running_kernel(
    launch: Launch, guard: Callable[[int | Path], None], output: int, stop: threading.Event | None
) -> Iterator[Kernel]:
    """Start a kernel and end it after all.

    Args:
        launch: how it is started.
        guard: gets the process group that the guardian kills.
        output: bytes of the longest message that is taken.
        stop: set where the job is told to stop.

    Raises:
        KernelFault: it ends or does not answer; with its last words.
        Stopped: `stop` was set meanwhile.
    """
    import zmq  # noqa: PLC0415 - a build, which runs nothing, does not load Jupyter
    from jupyter_client.blocking.client import BlockingKernelClient  # noqa: PLC0415 - see above

    info = write_connection(launch.scratch)
    with ExitStack() as after:
        after.callback(launch.close)
        errors = os.memfd_create("errors") if hasattr(os, "memfd_create") else os.open(os.devnull, os.O_RDWR)
        after.callback(os.close, errors)
        context = zmq.Context()
        context.setsockopt(zmq.MAXMSGSIZE, output)
        client = BlockingKernelClient(context=context)
        after.callback(context.destroy, linger=0)
        after.callback(client.stop_channels)
        kernel = Kernel(_started(launch, errors), client, launch, errors, -1)
        after.callback(kernel.kill)
        guard(kernel.process.pid)
        import_module("nbclient")  # takes its time, as the kernel does
        until = time.monotonic() + SLOWEST_START
        folder = _reached(kernel, launch, until, stop)
        info["ip"] = str(folder / "s")
        client.load_connection_info(info)
        client.start_channels(stdin=False, hb=False)
        record = os.open(folder / "opened", os.O_RDONLY | os.O_NOFOLLOW)
        after.callback(os.close, record)
        python = _greeted(kernel, until, stop)
        yield replace(kernel, record=record, python=python)


def _started(launch: Launch, errors: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - running code is what it is for
        launch.command,
        env=launch.environment,
        cwd=launch.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=launch.descriptors,
        start_new_session=True,
    )


def _reached(kernel: Kernel, launch: Launch, until: float, stop: threading.Event | None) -> Path:
    """Give the folder of the kernel's sockets, as this process sees it, when all are there."""
    while True:
        folder = launch.link()
        if folder and all((folder / f"s-{number}").exists() for number in range(1, len(CHANNELS) + 1)):
            return folder
        _wait(kernel, until, stop)


def _greeted(kernel: Kernel, until: float, stop: threading.Event | None) -> str:
    """Wait until the kernel answers and its messages arrive; give Python's version, empty for another language.

    A kernel that says nothing on the channel of outputs has not yet heard that somebody listens.
    """
    client, reply, heard, asked = kernel.client, None, False, 0.0
    while not (reply and heard):
        if time.monotonic() - asked > (_UNHEARD if reply else _UNANSWERED):
            client.kernel_info()
            asked = time.monotonic()
        reply = _taken(client.shell_channel) or reply
        heard = bool(_taken(client.iopub_channel)) or heard
        _wait(kernel, until, stop)
    while _taken(client.iopub_channel) or _taken(client.shell_channel):
        pass
    language: dict[str, Any] = reply["content"].get("language_info") or {}
    return str(language.get("version", "")) if language.get("name") == "python" else ""


def _taken(channel: ZMQSocketChannel) -> dict[str, Any] | None:
    try:
        return dict(channel.get_msg(timeout=0))
    except Empty:
        return None


def _wait(kernel: Kernel, until: float, stop: threading.Event | None) -> None:
    if stop and stop.is_set():
        raise Stopped
    if not kernel.alive():
        raise KernelFault(_with_words(f"the kernel ended before it answered ({kernel.ending()})", kernel))
    if time.monotonic() > until:
        raise KernelFault(_with_words(f"the kernel did not answer within {SLOWEST_START:g} s", kernel))
    time.sleep(_STEP)


def _with_words(message: str, kernel: Kernel) -> str:
    words = kernel.last_words()
    return f"{message}:\n{words}" if words else message
