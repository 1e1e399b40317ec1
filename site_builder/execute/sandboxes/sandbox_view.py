"""What of the file system a sandboxed kernel sees: the system, its interpreter, the course and the stand-ins, to read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from site_builder.execute.sandboxes.scratch import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from site_builder.execute.sandboxes.scratch import Scratch
    from site_builder.model.run import Job

LAID = "/laid"
"""Where the scratch folder as it was prepared is seen; the kernel works in a copy that has a limited size."""

USER = 1000
"""Who the cells seem to be, inside."""

_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ALWAYS = (
    *("/usr", "/nix/store", "/sys/devices/system/cpu", "/sys/devices/system/node"),
    *(
        "/etc/alternatives",
        "/etc/ld.so.cache",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/fonts",
        "/etc/mime.types",
    ),
    *(
        "/etc/os-release",
        "/etc/debian_version",
        "/etc/nsswitch.conf",
        "/etc/localtime",
        "/etc/protocols",
        "/etc/services",
    ),
)
_WITH_NETWORK = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/gai.conf",
    "/etc/ssl",
    "/etc/ca-certificates",
    "/etc/pki",
)
_READ_ONLY = (
    "sys",
    "sysrq-trigger",
    "fs",
    "bus",
    "irq",
    "acpi",
    "asound",
    "scsi",
    "driver",
    "tty",
    "pressure",
    "mtrr",
)
_MASKED = (
    "kcore",
    "keys",
    "kmsg",
    "latency_stats",
    "timer_list",
    "timer_stats",
    "sched_debug",
    "dynamic_debug",
)
"""Files of /proc that are the whole machine's. Whoever runs us as root owns them, without any right of an administrator:
through /proc/sys alone a cell could have the host run a program."""

_PASSWD = f"course:x:{USER}:{USER}::{INSIDE}/home:/bin/sh\n"
_GROUP = f"course:x:{USER}:\n"
_HOSTS = "127.0.0.1 localhost course\n::1 localhost\n"


def view(job: Job, scratch: Scratch, interpreter: Iterable[Path]) -> list[str]:
    """Give bubblewrap's words for what is seen; the order counts, since what comes later lies over what came before."""
    part = job.limits.disk // 4
    words = [*_empty("/tmp", part), *_empty(str(INSIDE), job.limits.disk)]  # noqa: S108 - the sandbox's own
    words += [word for path in _SYSTEM for word in _linked(path)]
    words += [word for path in _ALWAYS for word in ("--ro-bind-try", path, path)]
    words += _own_files(scratch, network=job.network)
    seen = {path for path in (*interpreter, job.course, job.stand_ins) if path}
    for path in sorted(_both(seen), key=lambda each: len(each.parts)):
        words += ["--ro-bind", str(path), str(path)]
    words += _hidden(job.course)
    words += ["--ro-bind", str(scratch.host), LAID, "--proc", "/proc", "--dev", "/dev", *_covered()]
    words += [*_empty("/dev/shm", part), "--remount-ro", "/dev", "--remount-ro", "/"]  # noqa: S108 - see above
    return words


def _empty(path: str, size: int) -> list[str]:
    return ["--perms", "0700", "--size", str(size), "--tmpfs", path]


def _linked(path: str) -> list[str]:
    """Give a folder of the system as it is: most are links into /usr."""
    if os.path.islink(path):  # noqa: PTH114 - the link itself is wanted as text
        return ["--symlink", os.readlink(path), path]  # noqa: PTH115 - see above
    return ["--ro-bind-try", path, path]


def _both(paths: Iterable[Path]) -> set[Path]:
    """Give the paths, and where links lead."""
    return {each for path in paths for each in (path, path.resolve()) if each.exists()}


def _covered() -> list[str]:
    paths = [(f"/proc/{name}", f"/proc/{name}") for name in _READ_ONLY]
    paths += [("/dev/null", f"/proc/{name}") for name in _MASKED if not os.path.isdir(f"/proc/{name}")]  # noqa: PTH112 - as bubblewrap has it
    return [word for source, path in paths if os.path.exists(path) for word in ("--ro-bind", source, path)]  # noqa: PTH110 - see above


def _own_files(scratch: Scratch, *, network: bool) -> list[str]:
    """Give who the cells are and whom they may call, without the names of this machine's users."""
    texts = {"passwd": _PASSWD, "group": _GROUP} | ({} if network else {"hosts": _HOSTS})
    folder = scratch.host / "etc"
    folder.mkdir()
    words = []
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="ascii")
        words += ["--ro-bind", str(folder / name), f"/etc/{name}"]
    for path in _WITH_NETWORK if network else ():
        words += ["--ro-bind-try", os.path.realpath(path), path]
    return words


def _hidden(course: Path) -> list[str]:
    """Give what of a course's folder is no cell's business: what Git keeps there, tokens among it."""
    store = course / ".git"
    if store.is_dir():
        return ["--size", "4096", "--tmpfs", str(store), "--remount-ro", str(store)]
    return ["--ro-bind", "/dev/null", str(store)] if store.exists() else []
