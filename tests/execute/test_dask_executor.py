"""Jobs on a Dask cluster: a real scheduler and two workers on this machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from running_course import BELLS, changed, planned, ran

from site_builder.execute.jobs import dask_executor as of
from site_builder.execute.run_faults import ExecutorFault
from site_builder.hosts.notebook_files import finisher
from site_builder.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Cluster:
    address: str
    scheduler: subprocess.Popen
    workers: tuple[subprocess.Popen, ...]

    def kernels(self) -> list[psutil.Process]:
        """Give what the workers have started."""
        return [
            each for worker in self.workers for each in psutil.Process(worker.pid).children(recursive=True)
        ]


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    address = f"tcp://127.0.0.1:{port}"

    def start(*words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
        return subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    workers = [
        start("worker", address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1") for _ in range(2)
    ]
    try:
        from distributed import Client  # noqa: PLC0415 - an extra

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(address, scheduler, tuple(workers))
    finally:
        for each in (*workers, scheduler):
            each.kill()
            each.wait()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with a_cluster() as made:
        yield made


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def bells(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BELLS, tmp_path / "bells"))


def nobody(_page: str, _cell: int, _cells: int, _what: str) -> None:
    """Hear nothing."""


def outputs(folder: Path) -> dict[str, list[object]]:
    found = {}
    for file in sorted((folder / "notebooks").rglob("*.ipynb")):
        cells = json.loads(file.read_text())["cells"]
        found[file.name] = [
            [each.get("text"), each.get("data"), each.get("ename")]
            for cell in cells
            for each in cell.get("outputs", ())
        ]
    return found


def test_a_cluster_gives_what_this_machine_gives(cluster: Cluster, bells: Path, tmp_path: Path) -> None:
    here = Path(shutil.copytree(BELLS, tmp_path / "here"))
    assert ran(here).outcome.findings == []
    plan = planned(bells)
    heard: list[tuple[str, int, int, str]] = []
    with of.dask_executor(
        cluster.address, plan.course.folder, None, lambda *event: heard.append(event)
    ) as executor:
        assert executor.places == 2
        outcome = run(plan, executor, finisher(plan.course, "notebooks"))
    assert outcome.findings == []
    assert outputs(bells) == outputs(here)
    assert len(outputs(here)) == 3
    assert {("tower/weights", cell, 3, "runs") for cell in range(3)} <= set(heard)
    assert ran(bells).executed == {}


def test_a_failed_cell_is_told_as_here(cluster: Cluster, bells: Path) -> None:
    changed(bells / "chapters/en/tower/rounds.mdx", "print(*bells)", "print(*bells)\nbells[7]")
    plan = planned(bells, {"tower/rounds"})
    with of.dask_executor(cluster.address, plan.course.folder, None, nobody) as executor:
        outcome = run(plan, executor, finisher(plan.course, "notebooks"))
    assert [(each.code, each.span.text) for each in outcome.findings] == [("cell-failed", "bells[7]")]


def test_a_folder_that_workers_do_not_see_is_told(cluster: Cluster, tmp_path: Path) -> None:
    with (
        pytest.raises(ExecutorFault, match=r"does not see `.*nowhere`\nworkers need the course folder"),
        of.dask_executor(cluster.address, tmp_path / "nowhere", None, nobody),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of, "_PATIENCE", 1)
    with (
        pytest.raises(ExecutorFault, match="does not answer"),
        of.dask_executor("tcp://127.0.0.1:1", tmp_path, None, nobody),
    ):
        pass


def test_who_leaves_stops_what_runs(cluster: Cluster, bells: Path) -> None:
    changed(bells / "chapters/en/tower/rounds.mdx", "print(*bells)", "import time; time.sleep(600)")
    plan = planned(bells, {"tower/rounds"})
    sleeps = threading.Event()

    def tell(_page: str, _cell: int, _cells: int, what: str) -> None:
        if what == "runs":
            sleeps.set()

    def leave() -> None:
        with of.dask_executor(cluster.address, plan.course.folder, None, tell) as executor:
            from site_builder.keep.run_jobs import jobs_of  # noqa: PLC0415 - of this test alone

            ((job, _),) = jobs_of(plan.due, plan.all_pages, plan.around)
            executor.start(job)
            assert sleeps.wait(60)
            assert cluster.kernels()

    leave()
    until = time.monotonic() + 10
    while cluster.kernels() and time.monotonic() < until:
        time.sleep(0.1)
    assert cluster.kernels() == []


def test_a_lost_worker_is_told_and_so_is_a_lost_cluster(bells: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of, "_PATIENCE", 2)
    changed(bells / "chapters/en/tower/rounds.mdx", "print(*bells)", "import time; time.sleep(600)")
    with a_cluster() as cluster:
        plan = planned(bells, {"tower/rounds"})

        def kill(_page: str, _cell: int, _cells: int, what: str) -> None:
            if what == "runs":
                busy = next(
                    each
                    for each in cluster.workers
                    if each.poll() is None and psutil.Process(each.pid).children()
                )
                busy.kill()

        with of.dask_executor(cluster.address, plan.course.folder, None, kill) as executor:
            outcome = run(plan, executor, finisher(plan.course, "notebooks"))
        assert [each.code for each in outcome.findings] == ["cell-lost"]
        assert "the workers that ran `tower/rounds` were lost" in outcome.findings[0].message

        def kill_scheduler(_page: str, _cell: int, _cells: int, what: str) -> None:
            if what == "runs":
                cluster.scheduler.kill()

        with (
            pytest.raises(ExecutorFault, match="the cluster was lost while `tower/rounds` ran"),
            of.dask_executor(cluster.address, plan.course.folder, None, kill_scheduler) as executor,
        ):
            run(plan, executor, finisher(plan.course, "notebooks"))
