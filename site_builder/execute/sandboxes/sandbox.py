"""The sandbox: bubblewrap around a kernel, in a cgroup; no network, no rights, nothing to write but a scratch folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.execute.kernels.interpreter import folders_of
from site_builder.execute.kernels.launch import Launch, kernel_command, kernel_variables, limited
from site_builder.execute.kernels.warm_caches import MATPLOTLIB, NUMBA, lay_caches
from site_builder.execute.sandboxes.cgroup import WHAT_TO_DO, new_cgroup, scope
from site_builder.execute.sandboxes.sandbox_view import LAID, USER, view
from site_builder.model.run import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.execute.sandboxes.cgroup import Cgroup
    from site_builder.execute.sandboxes.scratch import Scratch
    from site_builder.model.run import Job

NAME, UNLIMITED = "bubblewrap", "bubblewrap without limits"
"""What a result says of its sandbox: a whole one, or one without a cgroup, which `auto` takes where nothing better is."""

_COPIED = f'cp -a {LAID}/. "$0" && cd "$0/work" && exec "$@"'
"""The folder is copied so that it is in memory, of a limited size, and gone with the sandbox."""

_NAMESPACES = (
    *("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
    *("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"),
    *("--uid", str(USER), "--gid", str(USER), "--hostname", "course"),
)


def sandbox_available() -> str:
    """Say why there can be no sandbox here, in a phrase with what to do; nothing where there can be one."""
    return bubblewrap_fault() or cgroup_fault()


@cache
def bubblewrap_fault() -> str:
    """Say why bubblewrap does not work here, in a phrase with what to do; nothing where it does."""
    program = shutil.which("bwrap")
    if not program:
        return "bubblewrap is missing: install it (Debian: apt-get install bubblewrap)"
    command = [
        program,
        *_NAMESPACES,
        *_beyond(program),
        "--unshare-net",
        "--ro-bind",
        "/",
        "/",
        "--proc",
        "/proc",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system
            [*command, "--dev", "/dev", "/bin/true"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        return f"bubblewrap does not run: {fault}"
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().rpartition("\n")[2] or f"exit code {done.returncode}"
    return f"bubblewrap does not work ({said}): allow user namespaces (sysctl kernel.unprivileged_userns_clone, or AppArmor)"


@cache
def cgroup_fault() -> str:
    """Say why no limit of memory and processes holds here, in a phrase with what to do; nothing where it does."""
    cgroup = new_cgroup(Limits())
    if cgroup is None:
        return f"no cgroup can be made that limits memory and processes: {WHAT_TO_DO}"
    for folder in cgroup.folders:
        folder.rmdir()
    return ""


@cache
def _beyond(program: str) -> tuple[str, ...]:
    """Give what newer versions of bubblewrap can do: keep cells from making sandboxes of their own."""
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - see above
    return ("--disable-userns",) if "--disable-userns" in text else ()


@dataclass
class _Inside:
    """Where a sandbox's first process is seen from here, as soon as bubblewrap has told."""

    told: int
    text: bytes = b""
    root: Path | None = field(default=None)

    def folder(self, path: Path) -> Path | None:
        """Give a folder of the sandbox as this process sees it."""
        if self.root is None:
            try:
                self.text += os.read(self.told, 4096)
                self.root = Path(f"/proc/{json.loads(self.text)['child-pid']}/root")
            except (BlockingIOError, ValueError):
                return None
        return self.root / path.relative_to("/")


def sandboxed_launch(job: Job, scratch: Scratch, cgroup: Cgroup | None) -> Launch:
    """Give how a kernel is started in a sandbox.

    Its sockets lie in memory of the sandbox alone, and this process reaches them through /proc: so cells have nothing to write
    that is the host's, and what they write has a limited size.
    """
    program = shutil.which("bwrap") or "bwrap"
    command, of_kernel = kernel_command(job, scratch)
    variables = {**_variables(scratch, command), **of_kernel, **kernel_variables(scratch)}
    told, tells = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    words = [
        *_NAMESPACES,
        *_beyond(program),
        *(() if job.network else ("--unshare-net",)),
        "--info-fd",
        str(tells),
    ]
    folders = folders_of(command[0])
    lay_caches(scratch, folders)
    words += view(job, scratch, folders)
    words += [word for name, value in sorted(variables.items()) for word in ("--setenv", name, value)]
    words += ["--chdir", str(scratch.inside)]
    arguments = _file_of(words)
    before, environment = scope(cgroup, job.limits)
    inner = ("/bin/sh", "-c", _COPIED, str(scratch.inside), *command)
    whole = (*before, program, "--args", str(arguments), "--", *inner)
    inside = _Inside(told)
    return Launch(
        scratch,
        limited(whole, cgroup.folders if cgroup else (), job.limits.disk),
        environment,
        Path("/"),
        lambda: inside.folder(scratch.inside / scratch.link),
        (arguments, tells),
        lambda: _close(told, tells, arguments),
        lambda: cgroup.cause(job.limits) if cgroup else "",
    )


def _variables(scratch: Scratch, command: Sequence[str]) -> dict[str, str]:
    """Give the small environment of a sandbox; nothing of this process's own is in it."""
    home, programs = scratch.inside / "home", os.path.dirname(command[0])  # noqa: PTH120 - a text for PATH
    return {
        "HOME": str(home),
        "PATH": ":".join(filter(None, (programs, "/usr/local/bin", "/usr/bin", "/bin"))),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "USER": "course",
        "LOGNAME": "course",
        "MPLCONFIGDIR": str(home / MATPLOTLIB),
        "NUMBA_CACHE_DIR": str(home / NUMBA),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local"),
        "HF_HOME": str(home / ".cache" / "huggingface"),
    }


def _close(*descriptors: int) -> None:
    for each in descriptors:
        os.close(each)


def _file_of(words: Sequence[str]) -> int:
    """Give a file in memory that has the words, so that the course's paths are in no list of processes."""
    descriptor = os.memfd_create("arguments")
    os.write(descriptor, b"\0".join(word.encode() for word in words))
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
