"""The pages of a job in order, in one kernel: each cell's state, its outputs, and the files that were opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.execute.kernels.collected import outputs_of
from site_builder.execute.kernels.hearing import Hearing
from site_builder.execute.kernels.one_cell import Ending, run_code
from site_builder.execute.kernels.sound import smaller_sound
from site_builder.execute.run_faults import KernelFault
from site_builder.execute.sandboxes.scratch import INSIDE
from site_builder.execute.stand_ins.before_cells import before_cells
from site_builder.execute.stand_ins.laid_files import models_in, opened
from site_builder.execute.stand_ins.stand_in_reach import reached
from site_builder.model.run import FAILED, LOST, RAISED, RAN, SKIPPED, CellRun, JobResult

if TYPE_CHECKING:
    import threading

    from site_builder.execute.kernels.kernel import Kernel
    from site_builder.execute.sandboxes.scratch import Scratch
    from site_builder.model.run import CellTask, Job, PageTask

Tell = Callable[[str, int, int, str], None]
"""Gets a page's id, the index of a cell, the number of the page's cells, and what happens."""

LONGEST_PREPARATION = 300.0
"""Seconds that what runs before the first cell may take."""

_PATIENT = """\
def patient(thread):
    import zmq
    try:
        thread.socket.setsockopt(zmq.XPUB_NODROP, 1)
    except zmq.ZMQError:
        thread.socket.setsockopt(zmq.SNDHWM, 0)
thread = get_ipython().kernel.iopub_thread
thread.schedule(lambda: patient(thread))
"""
"""Makes a kernel wait where outputs are not taken as fast as they come; by itself it throws away what is too many."""

_LONGEST_RECORD = 16 * 2**20
_LONGEST_VALUE = 300


def silent(_page: str, _index: int, _count: int, _what: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class _Fate:
    """What became of a cell, without its outputs."""

    state: str
    reason: str = ""
    seconds: float = 0.0


def run_pages(
    job: Job, kernel: Kernel, scratch: Scratch, tell: Tell, stop: threading.Event | None
) -> JobResult:
    """Run a job's pages in a kernel that answers.

    Raises:
        KernelFault: what runs before the first cell fails.
        Stopped: `stop` was set.
    """
    result = JobResult({}, {}, {}, kernel.python)
    hearing = Hearing(job.pages, kernel.client, job.limits.output)
    if kernel.python:
        _prepare(job, kernel, scratch, stop)
    first, gone = 0, ""
    for page in job.pages:
        hearing.begin_page(first, len(page.cells))
        fates, gone = _run_page(page, first, gone, kernel, hearing, tell, stop, fail_fast=job.fail_fast)
        if page.page in (job.wanted or {job.pages[-1].page}):
            result.cells[page.page] = _cells(job, page, first, fates, hearing, scratch)
            files = _opened(job, kernel, scratch)
            result.files[page.page], result.stand_ins[page.page] = files
        first += len(page.cells)
    return result


def _prepare(job: Job, kernel: Kernel, scratch: Scratch, stop: threading.Event | None) -> None:
    patience = f"exec({_PATIENT!r}, {{'get_ipython': get_ipython}})\n"
    code = patience + before_cells(job, job.pages[0], str(scratch.record))
    ending = run_code(kernel, code, LONGEST_PREPARATION, lambda _: "", stop, silent=True)
    if ending.reason:
        raise KernelFault(f"what runs before the first cell was not done: {ending.reason}")
    if ending.error:
        raise KernelFault(f"what runs before the first cell raised `{ending.error}`: {ending.value}")


def _run_page(
    page: PageTask,
    first: int,
    gone: str,
    kernel: Kernel,
    hearing: Hearing,
    tell: Tell,
    stop: threading.Event | None,
    *,
    fail_fast: bool = False,
) -> tuple[list[_Fate], str]:
    """Run a page's cells; give their fates, and why nothing can run after it (`gone`), if so."""
    fates: list[_Fate] = []
    for index, task in enumerate(page.cells):
        if task.skip:
            fates.append(_Fate(SKIPPED, task.skip))
        elif gone:
            fates.append(_Fate(LOST, gone))
        else:
            tell(page.name, index, len(page.cells), "runs")
            hearing.begin_cell(first + index)
            ending = run_code(kernel, task.code, task.timeout, hearing.hear, stop)
            fates.append(_fate(task, ending))
            if fail_fast and fates[-1].state == FAILED:
                gone = f"not reached: cell {index + 1} of `{page.page}` failed"
            if ending.fatal:
                kernel.kill()
                gone = f"not reached: the kernel ended in cell {index + 1} of `{page.page}` ({ending.reason})"
        tell(page.name, index, len(page.cells), fates[-1].state)
    return fates, gone


def _fate(task: CellTask, ending: Ending) -> _Fate:
    if ending.reason:
        return _Fate(LOST, ending.reason, ending.seconds)
    state, reason = _raised(task.raises, ending.error, ending.value)
    return _Fate(state, reason, ending.seconds)


def _raised(expected: str, error: str, value: str) -> tuple[str, str]:
    """Give a cell's state, and what is wrong, from what it was meant to raise and what it did."""
    if not error:
        wanted = "an exception" if expected == "*" else f"`{expected}`"
        return (FAILED, f"it was meant to raise {wanted} and raised nothing") if expected else (RAN, "")
    if expected in {"*", error}:
        return RAISED, ""
    said = value.strip().partition("\n")[0][:_LONGEST_VALUE]
    instead = f", not `{expected}`" if expected else ""
    return FAILED, f"it raised `{error}`{instead}" + (f": {said}" if said else "")


def _cells(
    job: Job, page: PageTask, first: int, fates: list[_Fate], hearing: Hearing, scratch: Scratch
) -> tuple[CellRun, ...]:
    meaningless = _meaningless(job, page)
    return tuple(
        CellRun(
            task.key,
            task.code,
            fate.state,
            tuple(map(smaller_sound, outputs_of(hearing.outputs(first + index), scratch.host, INSIDE))),
            fate.seconds,
            fate.reason,
            index not in meaningless,
        )
        for index, (task, fate) in enumerate(zip(page.cells, fates, strict=True))
    )


def _opened(job: Job, kernel: Kernel, scratch: Scratch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the files opened so far, of the course and of the stand-ins; the record may be gone with the sandbox, not its file."""
    record = scratch.host / "record"
    record.write_bytes(os.pread(kernel.record, _LONGEST_RECORD, 0))
    return opened(record, job)


def _meaningless(job: Job, page: PageTask) -> frozenset[int]:
    """Give the cells whose outputs come from what stands in for something real; earlier pages of the kernel may have made it."""
    if not job.stand_ins:
        return frozenset()
    before = [cell for each in job.pages[: job.pages.index(page)] for cell in each.cells]
    found = reached([*before, *page.cells], models_in(job.stand_ins), offline=not job.network)
    return frozenset(index - len(before) for index in found if index >= len(before))
