"""The door of execute: pages of cells in, what they gave out."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.execute.kernels.job_pages import Tell, run_pages, silent
from site_builder.execute.kernels.kernel import running_kernel
from site_builder.execute.kernels.launch import open_launch
from site_builder.execute.run_faults import KernelFault, SandboxMissing, Stopped
from site_builder.execute.sandboxes.cgroup import new_cgroup
from site_builder.execute.sandboxes.guardian import guardian
from site_builder.execute.sandboxes.sandbox import (
    NAME,
    UNLIMITED,
    bubblewrap_fault,
    sandbox_available,
    sandboxed_launch,
)
from site_builder.execute.sandboxes.scratch import new_scratch
from site_builder.execute.stand_ins.laid_files import lay

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
    if job.sandbox == "required" and (fault := sandbox_available()):
        raise SandboxMissing(f"a sandbox is required and cannot be had: {fault}")
    boxed = job.sandbox != "off" and not bubblewrap_fault()
    with ExitStack() as stack:
        scratch = new_scratch(sandboxed=boxed)
        guard = stack.enter_context(guardian(scratch.host))
        for page in job.pages:
            lay(job, page, scratch.host / "work")
        cgroup = new_cgroup(job.limits) if boxed else None
        for folder in cgroup.folders if cgroup else ():
            guard(folder)
        launch = sandboxed_launch(job, scratch, cgroup) if boxed else open_launch(job, scratch)
        tell(job.pages[0].name, 0, len(job.pages[0].cells), "starts")
        kernel = stack.enter_context(running_kernel(launch, guard, 4 * job.limits.output, stop))
        for folder in cgroup.find(kernel.process.pid) if cgroup and cgroup.unit else ():
            guard(folder)
        result = run_pages(job, kernel, scratch, tell, stop)
    held = NAME if cgroup else UNLIMITED if boxed else ""
    return replace(result, sandbox=held, seconds=round(time.monotonic() - began, 3))
