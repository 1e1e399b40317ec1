"""Jobs in real kernels: states of cells, pages in one kernel, limits of time, stopping, and nothing left behind."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from site_builder.execute import stage
from site_builder.execute.run_faults import KernelFault, SandboxMissing, Stopped
from site_builder.execute.sandboxes import sandbox
from site_builder.execute.sandboxes.sandbox import NAME, bubblewrap_fault, sandbox_available
from site_builder.execute.stage import execute
from site_builder.model.run import CellRun, CellTask, Job
from tests.execute.a_job import course_in, job_of, left_behind, page_of

MODES = [
    "off",
    pytest.param("auto", marks=pytest.mark.skipif(bool(bubblewrap_fault()), reason="no bubblewrap")),
]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return course_in(tmp_path)


def fates(cells: tuple[CellRun, ...]) -> list[tuple[str, str]]:
    return [(each.state, each.reason) for each in cells]


def texts(cell: CellRun) -> list[str]:
    return [each.text for each in cell.outputs]


@pytest.mark.parametrize("mode", MODES)
def test_states_of_cells(course: Path, mode: str) -> None:
    told: list[tuple[str, int, int, str]] = []
    job = job_of(
        course,
        "x = 20\nx + 22",
        CellTask("s", "never()", skip="the fence says `no-run`"),
        CellTask("a", "nothing", raises="NameError"),
        CellTask("b", "1 / 0", raises="*"),
        CellTask("c", "1 / 0", raises="NameError"),
        CellTask("d", "pass", raises="NameError"),
        CellTask("e", "pass", raises="*"),
        "int('many')",
        "print(x, open('data.csv').read())",
        sandbox=mode,
    )
    result = execute(job, lambda *words: told.append(words))
    cells = result.cells["page"]
    assert fates(cells) == [
        ("ran", ""),
        ("skipped", "the fence says `no-run`"),
        ("raised", ""),
        ("raised", ""),
        ("failed", "it raised `ZeroDivisionError`, not `NameError`: division by zero"),
        ("failed", "it was meant to raise `NameError` and raised nothing"),
        ("failed", "it was meant to raise an exception and raised nothing"),
        ("failed", "it raised `ValueError`: invalid literal for int() with base 10: 'many'"),
        ("ran", ""),
    ]
    assert texts(cells[0]) == ["42"]
    assert cells[2].outputs[0].name == "NameError"
    assert texts(cells[-1]) == ["20 a,b\n1,2\n\n"]
    assert result.files == {"page": ("chapters/data.csv",)}
    assert result.python.startswith("3.")
    assert result.sandbox.startswith(NAME if mode == "auto" else "")
    assert result.seconds > sum(each.seconds for each in cells) > 0
    assert told[:3] == [("page", 0, 9, "starts"), ("page", 0, 9, "runs"), ("page", 0, 9, "ran")]
    assert told[-1] == ("page", 8, 9, "ran")
    assert left_behind() == []


def test_pages_go_on_in_one_kernel_and_wanted_ones_are_kept(course: Path) -> None:
    pages = (
        page_of("one", "x = 1; print(open('data.csv').read(1))"),
        page_of("two", "x + 1"),
        page_of("three", "x + 2"),
    )
    job = Job(pages, frozenset({"one", "three"}), course, sandbox="off")
    result = execute(job)
    assert {name: texts(cells[0]) for name, cells in result.cells.items()} == {"one": ["a\n"], "three": ["3"]}
    assert result.files == {"one": ("chapters/data.csv",), "three": ("chapters/data.csv",)}
    assert list(execute(replace(job, wanted=frozenset())).cells) == ["three"]


@pytest.mark.parametrize("mode", MODES)
def test_a_cell_that_takes_too_long_is_lost_and_the_next_run(course: Path, mode: str) -> None:
    job = job_of(
        course, CellTask("slow", "print('a')\nwhile True: pass", timeout=0.5), "print('b')", sandbox=mode
    )
    slow, after = execute(job).cells["page"]
    assert fates((slow, after)) == [("lost", "it ran longer than 0.5 s"), ("ran", "")]
    assert 0.5 < slow.seconds < 4


def test_a_kernel_that_dies_takes_the_rest_with_it(course: Path) -> None:
    pages = (page_of("one", "1", "import os; os._exit(3)", "2"), page_of("two", "3"))
    result = execute(Job(pages, frozenset({"one", "two"}), course, sandbox="off"))
    reason = "not reached: the kernel ended in cell 2 of `one` (it ended its kernel (exit code 3))"
    assert fates(result.cells["one"])[1:] == [("lost", "it ended its kernel (exit code 3)"), ("lost", reason)]
    assert fates(result.cells["two"]) == [("lost", reason)]


def test_leaving_is_reported_where_it_is_done(course: Path) -> None:
    first, second = execute(job_of(course, "exit()", "1")).cells["page"]
    assert fates((first, second)) == [
        ("lost", "it told its kernel to end"),
        ("lost", "not reached: the kernel ended in cell 1 of `page` (it told its kernel to end)"),
    ]


def test_outputs_up_to_the_end_are_kept_when_a_kernel_dies(course: Path) -> None:
    code = "import os, time; print('last words', flush=True); time.sleep(0.5); os._exit(1)"
    (cell,) = execute(job_of(course, code)).cells["page"]
    assert texts(cell) == ["last words\n"]


def test_many_outputs_arrive(course: Path) -> None:
    (cell,) = execute(job_of(course, "for n in range(5000): display(n)")).cells["page"]
    assert texts(cell) == [str(n) for n in range(5000)]


def test_display_updates_and_cleared_outputs(course: Path) -> None:
    cells = execute(
        job_of(
            course,
            "from IPython.display import clear_output\nshown = display('one', display_id=True)",
            "shown.update('two')",
            "print('gone'); clear_output(); print('stays')",
            "print('gone'); clear_output(wait=True); display('stays')",
            "for n in range(101): print(f'\\r{n}%', end='')",
        )
    ).cells["page"]
    assert [texts(each) for each in cells] == [["'two'"], [], ["stays\n"], ["'stays'"], ["100%"]]
    assert "display_id" not in repr([each.outputs for each in cells])


@pytest.mark.parametrize("mode", MODES)
def test_two_runs_give_the_same(course: Path, mode: str) -> None:
    job = job_of(
        course,
        "import os, tempfile, warnings\nprint(os.getcwd(), tempfile.gettempdir(), hash('x'))",
        "warnings.warn('careful')",
        "print(__import__('os').path.abspath('data.csv')); 1 / 0",
        "import sys\nfor n in range(3): print(n); print(n, file=sys.stderr)",
        sandbox=mode,
    )
    first, second = (execute(job).cells["page"] for _ in range(2))
    assert [each.outputs for each in first] == [each.outputs for each in second]
    assert "/scratch/work /scratch/tmp" in texts(first[0])[0]
    assert texts(first[3]) == ["0\n1\n2\n"] * 2


def test_a_cleared_page_may_show_more_than_it_keeps(course: Path) -> None:
    limits = replace(job_of(course).limits, output=100_000)
    code = (
        "from IPython.display import clear_output\nfor n in range(30): display('x' * 10_000); clear_output()"
    )
    cells = execute(job_of(course, code, "display('x' * 110_000)", "1", limits=limits)).cells["page"]
    assert fates(cells)[:2] == [("ran", ""), ("lost", "more than 0.0954 MB came out of its page")]
    assert cells[2].state == "lost"


@pytest.mark.parametrize("mode", MODES)
def test_stopping(course: Path, mode: str) -> None:
    stop, seen = threading.Event(), []

    def tell(_page: str, _index: int, _count: int, what: str) -> None:
        if what == "runs":
            threading.Timer(0.3, lambda: (seen.append(time.monotonic()), stop.set())).start()

    with pytest.raises(Stopped):
        execute(job_of(course, "import time; time.sleep(60)", sandbox=mode), tell, stop)
    assert time.monotonic() - seen[0] < 1
    assert left_behind() == []


def test_nothing_is_left_where_no_program_is_found(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    execute(job_of(course, "1"))
    assert left_behind() == []


def test_stopping_before_it_starts(course: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        execute(job_of(course, "1"), stop=stop)
    assert left_behind() == []


def test_jobs_in_several_threads(course: Path) -> None:
    jobs = [job_of(course, f"open('own', 'x').write('{n}')\n{n}", sandbox="auto") for n in range(3)]
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(execute, jobs))
    assert [texts(each.cells["page"][0]) for each in results] == [["0"], ["1"], ["2"]]
    assert left_behind() == []


def test_jobs_and_results_travel(course: Path) -> None:
    job = pickle.loads(pickle.dumps(job_of(course, "1")))  # noqa: S301 - our own
    result = execute(job)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own


def test_a_kernel_that_is_not_there(course: Path) -> None:
    with pytest.raises(KernelFault, match="no Jupyter kernel is called `nowhere`"):
        execute(job_of(course, "1", kernel="nowhere"))
    assert left_behind() == []


def test_a_kernel_that_does_not_start_says_why(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "jupyter" / "kernels" / "broken"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(
        '{"argv": ["/bin/sh", "-c", "echo no luck >&2; exit 5", "{connection_file}"], "display_name": "b", "language": "x"}',
        encoding="utf-8",
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    with pytest.raises(KernelFault, match=r"ended before it answered \(exit code 5\):\nno luck"):
        execute(job_of(course, "1", kernel="broken"))


def test_what_runs_before_the_first_cell_may_fail(course: Path, tmp_path: Path) -> None:
    stand_ins = tmp_path / "stand-ins"
    stand_ins.mkdir()
    (stand_ins / "before_cells.py").write_text("raise OSError('no clip')", encoding="utf-8")
    with pytest.raises(KernelFault, match="before the first cell raised `OSError`: no clip"):
        execute(job_of(course, "1", stand_ins=stand_ins))


def test_a_sandbox_that_is_required_and_missing(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "sandbox_available", lambda: "bubblewrap is missing: install it")
    with pytest.raises(SandboxMissing, match="required and cannot be had: bubblewrap is missing"):
        execute(job_of(course, "1", sandbox="required"))


def test_bubblewrap_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox.bubblewrap_fault.cache_clear()
    try:
        assert "install it" in sandbox_available()
    finally:
        sandbox.bubblewrap_fault.cache_clear()


ENDLESS = """
import sys
from pathlib import Path
from site_builder.execute.stage import execute
from site_builder.model.run import CellTask, Job, PageTask
job = Job((PageTask("page", "en", "chapters", (CellTask("k", "while True: pass"),)),), frozenset(), Path(sys.argv[1]), sandbox=sys.argv[2])
execute(job, lambda *words: print(words[3], flush=True))
"""


@pytest.mark.parametrize("mode", MODES)
def test_nothing_survives_a_process_that_is_killed(course: Path, mode: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(course), mode], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        while "runs" not in process.stdout.readline():
            pass
        grown = psutil.Process(process.pid).children(recursive=True)
        assert grown
        os.kill(process.pid, signal.SIGKILL)
    until = time.monotonic() + 2
    while time.monotonic() < until and (any(lives(each) for each in grown) or traces(process.pid)):
        time.sleep(0.05)
    assert [each for each in grown if lives(each)] == []
    assert traces(process.pid) == []


def lives(process: psutil.Process) -> bool:
    """Tell whether a process does anything still: one that has ended waits for the system's first process to notice."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def traces(process: int) -> list[Path]:
    name = f"course-run-{process}-*"
    return [*Path("/tmp").glob(name), *Path("/sys/fs/cgroup").glob(f"**/{name}")]  # noqa: S108 - where it is


@pytest.mark.skipif(bool(bubblewrap_fault()), reason="no bubblewrap")
@pytest.mark.parametrize(("network", "state"), [(True, "ran"), (False, "failed")])
def test_a_network_where_it_is_asked_for(course: Path, network: bool, state: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=5).close()"
        (cell,) = execute(job_of(course, code, sandbox="auto", network=network)).cells["page"]
    assert cell.state == state


SERVER = """
import http.server, threading, urllib.request
server = http.server.HTTPServer(('localhost', 0), http.server.SimpleHTTPRequestHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
urllib.request.urlopen(f'http://localhost:{server.server_port}').status
"""


@pytest.mark.skipif(bool(bubblewrap_fault()), reason="no bubblewrap")
def test_a_sandbox_has_what_pages_need(course: Path) -> None:
    cells = (
        "import multiprocessing; multiprocessing.get_context('fork').Pool(2).map(abs, [-1, 2])",
        "import tempfile; tempfile.TemporaryFile().write(b'x')",
        "import getpass, os, socket; getpass.getuser(), socket.gethostname(), os.path.expanduser('~')",
        SERVER,
        "!echo shell",
    )
    done = execute(job_of(course, *cells, sandbox="auto")).cells["page"]
    assert [each.state for each in done] == ["ran"] * 5
    assert [texts(each)[-1] for each in done] == [
        "[1, 2]",
        "1",
        "('course', 'course', '/scratch/home')",
        "200",
        "shell\n",
    ]


def test_what_comes_from_a_stand_in_model_means_nothing(course: Path, tmp_path: Path) -> None:
    (tmp_path / "stand-ins" / "some" / "model").mkdir(parents=True)
    (tmp_path / "stand-ins" / "some" / "model" / "config.json").write_text("{}", encoding="utf-8")
    make = "class AutoModel:\n    from_pretrained = staticmethod(lambda name: open(name + '/config.json').read())"
    first = page_of("one", make, "model = AutoModel.from_pretrained('some/model')")
    job = Job(
        (first, page_of("two", "model", "1 + 1")), frozenset(), course, stand_ins=tmp_path / "stand-ins"
    )
    result = execute(job)
    assert [each.meaningful for each in result.cells["two"]] == [False, True]
    assert result.stand_ins == {"two": ("some/model/config.json",)}
