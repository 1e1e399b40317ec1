"""`course run` as a user gives it: words, exit codes, interrupts."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from running_course import BELLS, changed

from site_builder.cli import run_command
from site_builder.cli.main import course
from site_builder.execute.sandboxes import sandbox

PAGES = 3


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bells(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BELLS, tmp_path / "bells"))


@pytest.fixture(scope="module")
def rung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rung") / "bells"
    shutil.copytree(BELLS, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CACHE", str(place.parent / "kept"))
        assert run("-C", place).exit_code == 0
    return place


@pytest.fixture
def after(rung: Path, tmp_path: Path) -> Path:
    """The course when it has run."""
    return Path(shutil.copytree(rung, tmp_path / "bells"))


def run(*arguments: object):
    return CliRunner().invoke(course, ["run", *(str(each) for each in arguments)])


def weights(folder: Path) -> Path:
    return folder / "chapters" / "en" / "tower" / "weights.mdx"


def test_a_first_run_keeps_and_a_second_does_nothing(bells: Path) -> None:
    first = run("-C", bells, "-j", 2)
    assert first.exit_code == 0, first.output
    assert re.fullmatch(r"done: 3 pages ran \(7 cells\), 0 up to date in [\d.]+ s\n", first.stdout)
    assert "tower/weights: 3 cells in" in first.stderr
    assert "kept in notebooks/en/tower/weights.ipynb" in first.stderr
    second = run("-C", bells)
    assert (second.exit_code, second.stderr) == (0, "")
    assert second.stdout.startswith("done: 0 pages ran (0 cells), 3 up to date in 0.")


def test_check_says_what_is_out_of_date_and_runs_nothing(
    after: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_command, "find_spec", lambda _: None)  # it needs nothing of Jupyter
    assert run("-C", after, "--check").exit_code == 0
    changed(weights(after), "sum(weights)", "max(weights)")
    result = run("-C", after, "--check")
    assert result.exit_code == 1
    assert result.stdout == "tower/weights: cell 2 (line 22) changed\n1 page of 3 out of date\n"
    assert (
        json.loads((after / "notebooks/en/tower/weights.ipynb").read_text())["metadata"]["course"]["page"]
        == "tower/weights"
    )
    assert run("-C", after, "tower/rounds", "--check").exit_code == 0


@pytest.mark.parametrize("name", ["tower/rounds", "chapters/en/tower/rounds.mdx", "tower"])
def test_pages_are_named_by_ids_chapters_or_files(
    after: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(after)
    result = run(name, "--check", "--all")
    assert result.exit_code == 1
    assert "tower/rounds: it was asked for\n" in result.stdout
    assert ("tower/weights" in result.stdout) == (name == "tower")


def test_a_page_that_there_is_not_is_wrong_use(bells: Path) -> None:
    result = run("-C", bells, "tower/round")
    assert result.exit_code == 2
    assert "there is no page or chapter `tower/round`" in result.stderr
    assert "did you mean `tower/rounds`?" in result.stderr


def test_a_page_without_cells_is_no_fault(bells: Path) -> None:
    result = run("-C", bells, "tower/silence")
    assert (result.exit_code, result.stdout) == (0, "no page has cells that run\n")


def test_without_jupyter_it_says_how_to_get_it(bells: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_command, "find_spec", lambda _: None)
    result = run("-C", bells)
    assert result.exit_code == 2
    assert 'pip install "site-builder[run]"' in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--limit-memory", "much"], "--limit-memory: `much` is no size"),
        (["--executor", "dask"], "go together"),
        (["--scheduler", "tcp://127.0.0.1:1"], "go together"),
        (["--timeout", "soon"], "--timeout"),
    ],
)
def test_options_that_say_nothing_are_wrong_use(bells: Path, arguments: list[str], message: str) -> None:
    result = run("-C", bells, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_a_sandbox_it_says_so_and_with_required_it_refuses(
    bells: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run("-C", bells, "tower/rounds", "--sandbox", "off")
    assert "cells run with your rights: no sandbox (`--sandbox off`)\n" in result.stderr
    monkeypatch.setenv("PATH", "/nowhere")
    sandbox.bubblewrap_fault.cache_clear()
    try:
        result = run("-C", bells, "tower/rounds", "--all", "--sandbox", "required")
        assert result.exit_code == 2, result.output
        assert "a sandbox is required and cannot be had: bubblewrap is missing: install it" in result.stderr
        result = run("-C", bells, "tower/rounds", "--all")
        assert result.exit_code == 0, result.output
        assert "cells run with your rights: no sandbox (bubblewrap is missing" in result.stderr
    finally:
        sandbox.bubblewrap_fault.cache_clear()


def test_a_failed_cell_is_told_in_each_format_at_its_line(after: Path) -> None:
    changed(weights(after), "sum(weights) / len(weights)", "sum(weights)\nsum(weights) / 0")
    result = run("-C", after)
    assert result.exit_code == 1
    assert "error[cell-failed]: the cell raised `ZeroDivisionError: division by zero`" in result.stdout
    assert "weights.mdx:25:1" in result.stdout
    again = run("-C", after, "--format", "json")
    (finding,) = json.loads(again.stdout)["findings"]
    assert (finding["code"], finding["line"]) == ("cell-failed", 25)
    assert "0 pages ran" in again.stderr


def test_verify_and_accept(after: Path, rung: Path) -> None:
    changed(weights(after), "```out\n488.75", "```out\n488.0")
    told = run("-C", after, "--verify")
    assert told.exit_code == 1
    assert "5 outputs compared: 1 differs\n" in told.stdout
    assert "warning[output-differs]: `488.0` is written and `488.75` came out" in told.stdout
    assert "-488.0\n" in told.stdout
    assert "488.0" in weights(after).read_text()
    accepted = run("-C", after, "--accept")
    assert accepted.exit_code == 0, accepted.output
    assert "1 output written into chapters\n" in accepted.stdout
    assert weights(after).read_bytes() == weights(BELLS).read_bytes()
    assert (after / "notebooks/en/tower/weights.ipynb").read_text() == (
        rung / "notebooks/en/tower/weights.ipynb"
    ).read_text()
    last = run("-C", after, "--verify")
    assert (last.exit_code, last.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--sandbox", "off"]], ids=["sandbox", "no sandbox"])
def test_an_interrupt_ends_it_soon_and_keeps_what_is_done(bells: Path, options: list[str]) -> None:
    changed(
        bells / "chapters/en/tower/rounds.mdx",
        "bells = [1, 2, 3, 4]",
        "import time\nbells = [1, 2, 3, 4]\ntime.sleep(600)",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "site_builder.cli.main", "run", "-C", bells, *options],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as program:  # fmt: skip
        assert program.stderr
        kept = bells / "notebooks" / "en" / "tower" / "weights.ipynb"
        until = time.monotonic() + 60
        while not kept.exists() and time.monotonic() < until:
            time.sleep(0.05)
        started = psutil.Process(program.pid).children(recursive=True)
        began = time.monotonic()
        program.send_signal(signal.SIGINT)
        code = program.wait(timeout=30)
        seconds = time.monotonic() - began
        words = program.stderr.read()
    assert code == 130, words
    assert "interrupted: 1 page kept, 2 to go; `course run` goes on" in words
    assert seconds < 4  # two seconds are meant; this machine may be busy
    assert kept.exists()
    assert started
    assert psutil.wait_procs(started, timeout=2)[1] == []
    assert "tower/weights" not in run("-C", bells, "--check").stdout


def test_a_course_without_cells_needs_no_kernel(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert run("-C", folder).exit_code == 1
    assert os.listdir(folder) == []  # noqa: PTH208 - as short as it gets
