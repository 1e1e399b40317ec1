"""What a command costs: seconds, seconds of processor, and the memory of its largest process."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processor in all processes, megabytes of the largest process."""

    wall: float
    cpu: float
    memory: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))

    def row(self, name: str, control: Cost) -> str:
        """Give a line of a table, with ratios to `control`."""
        return (
            f"{name:<46} {self.wall:7.2f} s  {self.cpu:7.2f} s cpu  {self.memory:6.0f} MB"
            f"   x{self.wall / control.wall:.2f} wall  x{self.cpu / control.cpu:.2f} cpu"
        )


_RUN = """
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.stderr.buffer.write(code.stderr[-2000:])
sys.exit(code.returncode)
"""


def cost(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    codes: tuple[int, ...] = (0,),
) -> Cost:
    """Run `command` in `folder` and give what it and its children cost; exit codes other than `codes` are an error."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return Cost(*map(float, done.stdout.split()))


def own_memory() -> float:
    """Give the megabytes that this process has used at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def clock() -> float:
    """Give seconds of a clock that only goes forward."""
    return time.perf_counter()
