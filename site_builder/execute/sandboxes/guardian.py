"""Who clears up after a job, even if this process is killed: a shell that waits for the end of a pipe."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SCRIPT = """
trap '' INT TERM HUP
scratch=$1 groups= folders=
while read -r each; do
  case $each in /*) folders="$folders $each" ;; *) groups="$groups $each" ;; esac
done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
for folder in $folders; do
  round=0
  while [ -d "$folder" ] && [ $round -lt 150 ]; do
    [ -e "$folder/cgroup.kill" ] && echo 1 >"$folder/cgroup.kill"
    [ -e "$folder/pids.max" ] && echo 0 >"$folder/pids.max"
    for process in $(cat "$folder/cgroup.procs"); do kill -KILL "$process"; done
    rmdir "$folder" || sleep 0.02
    round=$((round + 1))
  done 2>/dev/null
done
rm -rf -- "$scratch"
"""
"""What is to be killed comes in over the pipe as it is made; in a cgroup that is being emptied no process may start."""

PATIENCE = 15.0
"""Seconds that the clearing up may take."""


@contextmanager
def guardian(scratch: Path) -> Iterator[Callable[[int | Path], None]]:
    """Clear up at the end, whatever happens: process groups and cgroups are killed, the scratch folder removed.

    Gives a function that gets what to kill: numbers of process groups, folders of cgroups. The guardian is a process in a session of its own: neither Ctrl-C nor
    the death of this process ends it before its work is done.
    """
    with subprocess.Popen(  # noqa: S603 - a script of ours, and folders that we made
        ["/bin/sh", "-c", _SCRIPT, "sh", str(scratch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin"},  # ours may lack what clears up
    ) as shell:
        pipe = shell.stdin
        if pipe is None:  # pragma: no cover - PIPE gives one
            raise RuntimeError("a pipe was asked for")
        try:
            yield lambda what: _tell(pipe, what)
        finally:
            pipe.close()
            shell.wait(PATIENCE)


def _tell(pipe: IO[bytes], what: int | Path) -> None:
    pipe.write(f"{what}\n".encode())
    pipe.flush()
