"""How a kernel is started: its command, its environment, and where this process finds its sockets."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from site_builder.execute.run_faults import KernelFault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from site_builder.execute.sandboxes.scratch import Scratch
    from site_builder.model.run import Job

BLOCK = 512
"""Bytes of the unit in which a shell limits the size of files."""

_LIMITED = """\
for folder in $1; do echo $$ >"$folder/cgroup.procs" || exit 97; done
ulimit -c 0
ulimit -f "$2"
shift 2
exec "$@"
"""
"""A shell and no `preexec_fn`, which is not safe where several threads start kernels."""


@dataclass(frozen=True)
class Launch:
    """How a kernel is started. `link` gives the folder of its sockets as soon as that is known, `cause` which limit ended it."""

    scratch: Scratch
    command: tuple[str, ...]
    environment: dict[str, str]
    folder: Path
    link: Callable[[], Path | None]
    descriptors: tuple[int, ...] = ()
    close: Callable[[], None] = field(default=lambda: None)
    cause: Callable[[], str] = field(default=lambda: "")


def kernel_command(job: Job, scratch: Scratch) -> tuple[tuple[str, ...], dict[str, str]]:
    """Give the command of the job's kernel and the environment that its specification asks for.

    Raises:
        KernelFault: no kernel is called so.
    """
    from jupyter_client.kernelspec import NoSuchKernel  # noqa: PLC0415 - a build does not load Jupyter
    from jupyter_client.manager import KernelManager  # noqa: PLC0415 - see above

    manager = KernelManager(kernel_name=job.kernel, connection_file=str(scratch.connection_file))
    try:
        specification = manager.kernel_spec
    except NoSuchKernel:
        specification = None
    if specification is None:
        raise KernelFault(
            f"no Jupyter kernel is called `{job.kernel}` (`jupyter kernelspec list` names those there are)"
        )
    command = manager.format_kernel_cmd()
    if command[1:3] == ["-m", "ipykernel_launcher"]:
        command = [*command, "--HistoryManager.enabled=False"]
    return tuple(command), dict(specification.env)


def limited(command: Sequence[str], cgroups: Sequence[Path] = (), largest_file: int = 0) -> tuple[str, ...]:
    """Give the command that runs `command` in cgroups, without core dumps, with files of at most so many bytes (0: any)."""
    folders = " ".join(map(str, cgroups))
    return ("/bin/sh", "-c", _LIMITED, "sh", folders, str(largest_file // BLOCK or "unlimited"), *command)


def open_launch(job: Job, scratch: Scratch) -> Launch:
    """Give how a kernel is started with the user's rights."""
    command, environment = kernel_command(job, scratch)
    link = scratch.host / scratch.link
    return Launch(
        scratch,
        limited(command),
        {**os.environ, **environment, **kernel_variables(scratch)},
        scratch.host / "work",
        partial(lambda: link),
    )


def kernel_variables(scratch: Scratch) -> dict[str, str]:
    """Give the environment that each kernel has: what it writes by itself goes into the scratch folder."""
    home = scratch.inside / "home"
    return {
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_RUNTIME_DIR": str(home / ".jupyter-runtime"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "TMPDIR": str(scratch.inside / "tmp"),
    }


def own_interpreter(command: Sequence[str]) -> bool:
    """Tell whether a kernel's command runs the interpreter that runs us."""
    return os.path.realpath(command[0]) == os.path.realpath(sys.executable)
