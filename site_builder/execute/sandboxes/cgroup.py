"""Control groups: limits of memory and processes that hold for all that a kernel starts, and an end to all of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.model.run import Limits

_CONTROLLERS = frozenset({"memory", "pids"})
_SYSTEM = Path("/proc/self")
_BUS = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
_MEBIBYTE = 2**20

WHAT_TO_DO = "run in a systemd user session, or as a user who may write to /sys/fs/cgroup"


@dataclass
class Cgroup:
    """A cgroup that is there for one job: its folders (two in version 1), or the systemd unit that will have one."""

    folders: tuple[Path, ...]
    unit: str = ""

    def find(self, process: int) -> tuple[Path, ...]:
        """Give the folders, that of a unit as soon as the process is in it."""
        found = _folder_of(process) if self.unit and not self.folders else None
        if found and self.unit in found.name:
            self.folders = (found,)
        return self.folders

    def cause(self, limits: Limits) -> str:
        """Say which limit the system killed a process for, if it did."""
        if not any(_killed(folder) for folder in self.folders):
            return ""
        return f"more than {limits.memory / _MEBIBYTE:.4g} MB of memory"


def new_cgroup(limits: Limits) -> Cgroup | None:
    """Make a cgroup with limits that hold; nothing where this user may make none."""
    name = f"course-run-{os.getpid()}-{token_hex(4)}"
    parents = _parents(_read(_SYSTEM / "mountinfo"), _read(_SYSTEM / "cgroup"))
    if not parents:
        return Cgroup((), name) if _systemd_limits_hold() else None
    folders = tuple(parent / name for parent in parents)
    try:
        for folder in folders:
            folder.mkdir()
            _limit(folder, limits)
    except OSError:
        for folder in folders:
            with suppress(OSError):
                folder.rmdir()
        return None
    return Cgroup(folders)


def _limit(folder: Path, limits: Limits) -> None:
    """Write the limits of those controllers that `folder` has."""
    memory, processes = str(limits.memory), str(limits.processes)
    values = {"pids.max": processes, "memory.max": memory, "memory.limit_in_bytes": memory}
    values |= {"memory.swap.max": "0", "memory.memsw.limit_in_bytes": memory, "memory.oom.group": "1"}
    for name, value in values.items():
        if (folder / name).exists():
            (folder / name).write_text(value, encoding="ascii")


def _killed(folder: Path) -> bool:
    """Tell whether the system has killed a process of the cgroup for its memory."""
    text = _read(folder / "memory.events") + _read(folder / "memory.oom_control")
    return any(int(count) > 0 for count in re.findall(r"^oom_kill (\d+)$", text, re.MULTILINE))


def _parents(mountinfo: str, own: str) -> tuple[Path, ...]:
    """Give the folders in which to make a job's cgroup: one in version 2, two in version 1, none where that is not allowed."""
    mounts = _mounts(mountinfo)
    paths = {
        name: path
        for _, names, path in (line.split(":", 2) for line in own.splitlines())
        for name in names.split(",")
    }
    if (unified := _own_folder(mounts.get(""), paths.get(""))) and (
        parent := _delegated(unified, mounts[""][1])
    ):
        return (parent,)
    found = [_own_folder(mounts.get(name), paths.get(name)) for name in sorted(_CONTROLLERS)]
    return tuple(each for each in found if each) if all(each and _writable(each) for each in found) else ()


def _mounts(mountinfo: str) -> dict[str, tuple[str, Path]]:
    """Give for each controller (`` for version 2) what part of the hierarchy is mounted, and where."""
    found: dict[str, tuple[str, Path]] = {}
    for line in mountinfo.splitlines():
        mount, _, system = line.partition(" - ")
        fields, kinds = mount.split(" "), system.split(" ")
        if kinds[0] == "cgroup2":
            found[""] = fields[3], Path(fields[4])
        elif kinds[0] == "cgroup":
            found |= {
                name: (fields[3], Path(fields[4])) for name in kinds[-1].split(",") if name in _CONTROLLERS
            }
    return found


def _own_folder(mount: tuple[str, Path] | None, path: str | None) -> Path | None:
    if mount is None or path is None:
        return None
    root, folder = mount
    inner = path.removeprefix(root) if root != "/" else path
    own = folder / inner.lstrip("/")
    return own if own.is_dir() else folder


def _delegated(own: Path, top: Path) -> Path | None:
    """Give the nearest cgroup of version 2 that hands both controllers on and takes processes from us."""
    for folder in (own, *own.parents):
        if set(_read(folder / "cgroup.subtree_control").split()) >= _CONTROLLERS and _writable(folder):
            return folder
        if folder == top:
            break
    return None


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK) and os.access(folder / "cgroup.procs", os.W_OK)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def scope(cgroup: Cgroup | None, limits: Limits) -> tuple[tuple[str, ...], dict[str, str]]:
    """Give the command before a command that starts it in a unit of systemd, and the environment it needs; else nothing."""
    if not cgroup or not cgroup.unit:
        return (), {}
    properties = [f"MemoryMax={limits.memory}", "MemorySwapMax=0", f"TasksMax={limits.processes}"]
    command = ["systemd-run", "--user", "--scope", "--quiet", "--collect", f"--unit={cgroup.unit}"]
    command += [word for each in properties for word in ("-p", each)]
    return (*command, "--", "/usr/bin/env", "-i"), {
        name: os.environ[name] for name in _BUS if name in os.environ
    }


def _folder_of(process: int) -> Path | None:
    """Give the folder of the cgroup of version 2 that a process is in."""
    match = re.search(r"^0::(/.+)$", _read(Path(f"/proc/{process}/cgroup")), re.MULTILINE)
    mount = _mounts(_read(_SYSTEM / "mountinfo")).get("")
    return mount[1] / match[1].lstrip("/") if match and mount else None


@cache
def _systemd_limits_hold() -> bool:
    """Tell whether systemd gives this user units in which both limits can be read back."""
    if not shutil.which("systemd-run") or not os.environ.get("XDG_RUNTIME_DIR"):
        return False
    command = [
        "systemd-run",
        "--user",
        "--scope",
        "--quiet",
        "--collect",
        "-p",
        "MemoryMax=64M",
        "-p",
        "TasksMax=9",
    ]
    script = 'cd "/sys/fs/cgroup$(sed -n s/^0:://p /proc/self/cgroup)" && cat memory.max pids.max'
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [*command, "/bin/sh", "-c", script], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.split() == [str(64 * _MEBIBYTE), "9"]
