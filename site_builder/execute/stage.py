"""The door of execute: pages of cells in, what they gave out."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.execute.guardian import guardian
from site_builder.execute.job_pages import Tell, run_pages, silent
from site_builder.execute.kernel import running_kernel
from site_builder.execute.launch import open_launch
from site_builder.execute.run_faults import KernelFault, SandboxMissing, Stopped
from site_builder.execute.scratch import new_scratch
from site_builder.execute.stand_ins import lay

if TYPE_CHECKING:
    import threading

    from site_builder.model.run import Job, JobResult

__all__ = ["KernelFault", "SandboxMissing", "Stopped", "execute"]


def execute(job: Job, tell: Tell = silent, stop: threading.Event | None = None) -> JobResult:
    """Run the cells of a job's pages in one kernel, and leave nothing of it behind.

    May be called from several threads at once. What cells do wrong is in the result; only what no cell is to blame for raises.

    Args:
        job: what is to run, in what, and within what limits.
        tell: gets (page id, index of a cell, number of the page's cells, what happens): `starts` for the kernel, `runs`, then the state.
        stop: an event; the job ends within a second after it is set.

    Raises:
        SandboxMissing: a sandbox is required and cannot be had.
        KernelFault: the kernel cannot start, or what runs before the first cell fails.
        Stopped: `stop` was set.
    """
    began = time.monotonic()
    with ExitStack() as stack:
        scratch = new_scratch(sandboxed=False)
        guard = stack.enter_context(guardian(scratch.host, ()))
        for page in job.pages:
            lay(job, page, scratch.host / "work")
        launch = open_launch(job, scratch)
        tell(job.pages[0].page, 0, len(job.pages[0].cells), "starts")
        kernel = stack.enter_context(running_kernel(launch, guard, 4 * job.limits.output, stop))
        result = run_pages(job, kernel, scratch, tell, stop)
    return replace(result, seconds=round(time.monotonic() - began, 3))
