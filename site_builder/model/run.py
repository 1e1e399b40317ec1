"""What running a page's cells gave, and everything that it depended on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.model.notebook import Output

RAN, RAISED, FAILED, SKIPPED, LOST = "ran", "raised", "failed", "skipped", "lost"
"""States of a cell: it ran; it raised what it was meant to; it raised something, or nothing where it was meant to; it was not
run and `reason` says why; it did not come to its end (a time limit, a dead kernel, too much output) or was never reached."""

Pairs = tuple[tuple[str, str], ...]
"""Names with versions or digests, sorted by name."""


@dataclass(frozen=True)
class CellRun:
    """What became of a cell.

    `key` is the digest of its syntax (`execute.fingerprint.cell_key`). `reason` says in one phrase why it was skipped, how it failed or
    where it was lost. `meaningful` is false where the outputs come from a model that stands in for a real one.
    """

    key: str
    code: str
    state: str
    outputs: tuple[Output, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    meaningful: bool = True


@dataclass(frozen=True)
class Depends:
    """Everything that a run depends on: where two are equal, a page need not run again.

    `code` is the digest of the page's cells; `after` has the ids and code digests of the pages that it goes on from. `files`
    are the course's files that it reads (paths relative to the course folder, with digests), `stand_ins` those of the
    stand-ins, relative to their folder. `kernel` is the kernel's name and Python's minor version (`python3 3.11`). `environment`
    has the lock file with its digest, or else the packages that the cells import, with their versions.
    """

    code: str = ""
    after: Pairs = ()
    files: Pairs = ()
    stand_ins: Pairs = ()
    kernel: str = ""
    environment: Pairs = ()


@dataclass(frozen=True)
class Checked:
    """What a run was checked with.

    `date` is ISO 8601 (`2026-11-23`), UTC; `packages` are those that the page's cells import, distributions with their versions;
    `stand_ins` tells whether the run had any; `sandbox` is `bubblewrap` or empty. `seconds` is the sum over the cells.
    """

    date: str
    python: str = ""
    packages: Pairs = ()
    stand_ins: bool = False
    sandbox: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Run:
    """What running the cells of a page gave. `page` is its id; a page has its cells in order, those that were not run included."""

    page: str
    language: str
    cells: tuple[CellRun, ...]
    depends: Depends
    checked: Checked


@dataclass(frozen=True)
class CellTask:
    """A cell that is to run. `skip` says why it is not run after all; `raises` and `timeout` are as in `Controls`, complete."""

    key: str
    code: str
    raises: str = ""
    timeout: float = 600.0
    skip: str = ""


@dataclass(frozen=True)
class PageTask:
    """The cells of a page in order.

    `folder` is the page's own folder, relative to the course folder; `original`, for a translation, that of the original's page:
    the files that both read lie there once.
    """

    page: str
    language: str
    folder: str
    cells: tuple[CellTask, ...]
    original: str = ""

    @property
    def name(self) -> str:
        """What people call the page: a translation by its language too."""
        return f"{self.page} ({self.language})" if self.original else self.page


@dataclass(frozen=True)
class Limits:
    """What a kernel may use: bytes of memory, of scratch space and of one page's output; processes and threads together."""

    memory: int = 4 * 2**30
    disk: int = 2 * 2**30
    output: int = 10 * 2**20
    processes: int = 512


@dataclass(frozen=True)
class Job:
    """What one kernel does: the cells of `pages`, in order.

    Only the last page's run is wanted, unless `wanted` names more: those before it are there because it goes on from them.
    `sandbox` is `auto`, `required` or `off`. Where `fail_fast`, no cell runs after one that failed. `course` and `stand_ins` are absolute folders (`None`: no stand-ins).
    """

    pages: tuple[PageTask, ...]
    wanted: frozenset[str]
    course: Path
    kernel: str = "python3"
    stand_ins: Path | None = None
    sandbox: str = "auto"
    network: bool = False
    limits: Limits = Limits()
    fail_fast: bool = False


@dataclass(frozen=True)
class JobResult:
    """What a job gave: for each wanted page its cells' runs, and the files that were opened up to its end.

    `files` are paths relative to the course folder, `stand_ins` paths relative to the folder of the stand-ins, both by page id.
    `python` is the kernel's version. `sandbox` is `bubblewrap`, `bubblewrap without limits` (no cgroup holds memory and processes) or empty. `seconds` is the whole time of the job.
    """

    cells: dict[str, tuple[CellRun, ...]]
    files: dict[str, tuple[str, ...]]
    stand_ins: dict[str, tuple[str, ...]]
    python: str = ""
    sandbox: str = ""
    seconds: float = 0.0
