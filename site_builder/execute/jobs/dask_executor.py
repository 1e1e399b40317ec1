"""Jobs on the workers of a Dask cluster: the same results as here, and clear words where the cluster is at fault."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from site_builder import __version__
from site_builder.execute.jobs.job_queue import Executor
from site_builder.execute.run_faults import ExecutorFault, KernelFault, SandboxMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.execute.jobs.job_queue import Tell
    from site_builder.model.run import Job, JobResult

Running = dict["Future[JobResult]", tuple[str, Any]]
"""What has been begun: our futures, the pages that they are for, and the cluster's own futures."""

_PATIENCE = 10
"""Seconds to wait for the scheduler."""


@contextmanager
def dask_executor(scheduler: str, course: Path, stand_ins: Path | None, tell: Tell) -> Iterator[Executor]:
    """Give what runs jobs on the workers of `scheduler`, one a thread of theirs; at the end what still runs is stopped.

    Raises:
        ExecutorFault: The scheduler does not answer, it has no workers, or a worker does not see the course or lacks this program.
    """
    dask = _dask()
    try:
        client = dask.Client(scheduler, timeout=_PATIENCE, set_as_default=False, name="course-run")
    except (OSError, ValueError, TimeoutError) as error:
        raise ExecutorFault(
            f"the scheduler at `{scheduler}` does not answer\nstart it with `dask scheduler`"
        ) from error
    name = f"course-{token_hex(8)}"
    running: Running = {}
    over = threading.Event()
    try:
        _look(client, [str(folder) for folder in (course, stand_ins) if folder])
        client.subscribe_topic(name, lambda event: tell(*event[1]))
        threading.Thread(target=_guard, args=(client, running, over), daemon=True).start()
        yield Executor(lambda job: _started(client, job, name, running), _threads(client))
    finally:
        over.set()
        _quietly(lambda: dask.Event(f"{name}-stop", client=client).set())
        _quietly(lambda: client.close(timeout=_PATIENCE))


def _look(client: Any, folders: list[str]) -> None:  # noqa: ANN401 - Dask is not typed
    """Ask each worker whether it sees the folders and has this version of the program."""
    found = client.run(_seen, folders, on_error="return")
    if not found:
        raise ExecutorFault("the cluster has no workers\nstart one with `dask worker ADDRESS`")
    for worker, seen in found.items():
        if not isinstance(seen, tuple):
            message = f"the worker `{worker}` cannot load this program: {type(seen).__name__}"
            raise ExecutorFault(f"{message}\ninstall `site-builder[run,dask]` {__version__} where it runs")
        version, missing = seen
        if version != __version__:
            raise ExecutorFault(
                f"the worker `{worker}` has version {version} of this program\ninstall {__version__} there"
            )
        if missing:
            message = f"the worker `{worker}` does not see `{missing[0]}`"
            raise ExecutorFault(
                f"{message}\nworkers need the course folder at the same path, such as on a shared disk"
            )


def _seen(folders: list[str]) -> tuple[str, list[str]]:
    return __version__, [folder for folder in folders if not Path(folder).is_dir()]


def _threads(client: Any) -> int:  # noqa: ANN401 - see above
    return max(1, int(sum(client.nthreads().values())))


def _guard(client: Any, running: Running, over: threading.Event) -> None:  # noqa: ANN401 - see above
    """End what runs with a fault where the cluster is gone: Dask itself would wait for it to come back."""
    alone = 0
    while not over.wait(1):
        try:
            alone = 0 if client.status == "running" and client.nthreads() else alone + 1
        except Exception:  # noqa: BLE001 - whatever a lost cluster raises
            alone += 1
        if alone >= _PATIENCE:
            for future, (page, _) in tuple(running.items()):
                fault = ExecutorFault(
                    f"the cluster was lost while `{page}` ran\n`course run` goes on where it stopped"
                )
                _settle(future, None, fault)


def _settle(future: Future[JobResult], result: JobResult | None, fault: Exception | None) -> None:
    try:
        if fault is not None:
            future.set_exception(fault)
        elif result is not None:
            future.set_result(result)
    except InvalidStateError:  # the other of the two who may settle it was faster
        pass


def _started(client: Any, job: Job, name: str, running: Running) -> Future[JobResult]:  # noqa: ANN401 - see above
    """Begin a job; the future that is given has its result, or a fault in our words."""
    made: Future[JobResult] = Future()
    made.set_running_or_notify_cancel()
    theirs = client.submit(
        _execute, job, name, key=f"{job.pages[-1].page}-{token_hex(8)}", retries=0, pure=False
    )

    def settle(done: Any) -> None:  # noqa: ANN401 - see above
        try:
            _settle(made, done.result(timeout=_PATIENCE), None)
        except (SandboxMissing, KernelFault) as fault:
            _settle(made, None, fault)
        except Exception as error:  # noqa: BLE001 - whatever a cluster raises
            _settle(made, None, _fault(job, error))
        running.pop(made, None)

    running[made] = job.pages[-1].page, theirs  # Dask forgets a job whose future nobody holds
    theirs.add_done_callback(settle)
    return made


def _fault(job: Job, error: BaseException) -> Exception:
    kind = type(error).__name__
    page = job.pages[-1].page
    if kind == "KilledWorker":
        return KernelFault(f"the workers that ran `{page}` were lost\n{str(error).strip()[:300]}")
    if isinstance(error, CancelledError | OSError | TimeoutError) or "Cancel" in kind or "Comm" in kind:
        return ExecutorFault(
            f"the cluster was lost while `{page}` ran ({kind})\n`course run` goes on where it stopped"
        )
    return error if isinstance(error, Exception) else RuntimeError(kind)


def _execute(job: Job, name: str) -> JobResult:
    """Run a job on a worker: what happens is told through the scheduler, which also tells when to stop."""
    from site_builder.execute.stage import execute  # noqa: PLC0415 - loads Jupyter

    dask = _dask()
    worker, stop, ended = dask.get_worker(), threading.Event(), threading.Event()
    watch = threading.Thread(
        target=_watch, args=(dask.get_client(), f"{name}-stop", stop, ended), daemon=True
    )
    watch.start()
    try:
        return execute(job, lambda *event: worker.log_event(name, event), stop)
    finally:
        ended.set()


def _watch(client: Any, name: str, stop: threading.Event, ended: threading.Event) -> None:  # noqa: ANN401 - see above
    event = _dask().Event(name, client=client)
    while not ended.is_set() and not stop.is_set():
        try:
            if event.wait(timeout=1):
                stop.set()
        except Exception:  # noqa: BLE001 - the scheduler is gone: nobody wants the result
            stop.set()


def _quietly(act: Callable[[], object]) -> None:
    with suppress(Exception):  # the cluster may be what went away
        act()


def _dask() -> Any:  # noqa: ANN401 - Dask is typed in part
    return import_module("distributed")
