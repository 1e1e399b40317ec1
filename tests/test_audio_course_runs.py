"""The audio course's pages run as they are: in a sandbox, without a network, with stand-ins; every cell, or here is why not."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING

import pytest

from site_builder.discover.stage import discover
from site_builder.execute.attach import attach
from site_builder.execute.fingerprint import cell_key
from site_builder.execute.kept.kept_runs import kept_run
from site_builder.execute.sandboxes.sandbox import sandbox_available
from site_builder.model.notebook import made_files
from site_builder.model.run import FAILED, RAN
from site_builder.model.tree import cells_of
from site_builder.parse.stage import parse

if TYPE_CHECKING:
    from site_builder.model.run import Run

pytestmark = [pytest.mark.slow, pytest.mark.corpora]

CHAPTERS = ("chapter1", "chapter2", "chapter5", "chapter7")
GOES_ON_FROM = {
    "chapter1/preprocessing": "chapter1/load_and_explore",
    "chapter1/streaming": "chapter1/preprocessing",
    "chapter2/asr_pipeline": "chapter2/audio_classification_pipeline",
}
"""What an author would write into the front matter of pages that use names of another page."""

CELLS = {
    "chapter1/audio_data": 5,
    "chapter1/load_and_explore": 6,
    "chapter1/preprocessing": 9,
    "chapter1/streaming": 3,
    "chapter2/asr_pipeline": 6,
    "chapter2/audio_classification_pipeline": 5,
    "chapter2/tts_pipeline": 8,
    "chapter5/asr_models": 13,
    "chapter5/demo": 4,
    "chapter5/evaluation": 11,
    "chapter5/fine-tuning": 24,
    "chapter7/speech-to-speech": 14,
    "chapter7/transcribe-meeting": 10,
    "chapter7/voice-assistant": 18,
}

FAILING = {
    # The pipeline of transformers 5 gives sound of one channel without the axis of channels: its element 0 is a number.
    ("chapter2/tts_pipeline", 7): "it raised `ValueError`: Array audio input must be a 1D or 2D array",
}
"""Cells that do not work with today's libraries, whatever stands in: what an author should be told."""

FROM_STAND_INS = {
    "chapter1/preprocessing": {8},
    "chapter2/asr_pipeline": {0, 1, 5},
    "chapter2/audio_classification_pipeline": {1, 3},
    "chapter5/asr_models": {2, 3, 4, 5, 8, 9, 11, 12},
    "chapter5/evaluation": {5, 8, 9, 10},
    "chapter7/speech-to-speech": {0, 4, 6, 7, 10, 12, 13},
}
"""For some pages: the cells whose outputs come from a tiny random model and are not shown."""

LARGEST = 20_000_000
NEEDED = (
    "torch",
    "transformers",
    "datasets",
    "librosa",
    "gradio",
    "soundfile",
    "torchcodec",
    "sentencepiece",
)
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def stand_ins(shared_folder: Path) -> Path:
    """The stand-ins, built by the first worker that asks."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        pytest.skip(f"not installed (the extra `audio`): {', '.join(missing)}")
    folder = shared_folder / "stand_ins"
    with (shared_folder / "stand_ins.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared_folder / "stand_ins.done").exists():
            build_stand_ins(folder)
            (shared_folder / "stand_ins.done").touch()
    return folder


def build_stand_ins(folder: Path) -> None:
    folder.mkdir()
    made = subprocess.run(
        [sys.executable, str(HERE / "stand_ins.py"), str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-4000:]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()
    }


@pytest.fixture(scope="module")
def place(shared_folder: Path, stand_ins: Path, corpora: Path) -> Path:
    """A copy of the course whose four chapters have run, beside what the command said."""
    place = shared_folder / "audio-runs"
    with (shared_folder / "audio-runs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "said").exists():
            shutil.copytree(corpora / "audio-course", place / "course")
            shutil.copytree(stand_ins, place / "course/stand_ins")
            for page, before in GOES_ON_FROM.items():
                file = place / f"course/chapters/en/{page}.mdx"
                file.write_bytes(f"---\nrun_after: {before}\n---\n\n".encode() + file.read_bytes())
            (place / "said").write_text(course_run(place, 1800).stderr)
    return place


def course_run(place: Path, patience: float) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "site_builder.cli.main", "run", *CHAPTERS, "--course", "course"]
    command += ["--stand-ins", "stand_ins"]
    environment = {**os.environ, "COURSE_CACHE": str(place / "kept")}
    made = subprocess.run(
        command, capture_output=True, text=True, timeout=patience, env=environment, check=False, cwd=place
    )
    assert made.returncode in {0, 1}, f"{made.stdout[-4000:]}\n{made.stderr[-8000:]}"
    return made


@pytest.fixture(scope="module")
def runs(place: Path) -> dict[str, Run]:
    folder = place / "course/notebooks/en"
    files = sorted(folder.rglob("*.ipynb"))
    return {
        each.relative_to(folder).with_suffix("").as_posix(): kept_run(each.read_bytes()) for each in files
    }


def test_stand_ins_are_small_and_the_same_each_time(stand_ins: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    build_stand_ins(tmp_path / "again")
    assert time.monotonic() - began < 60
    first, again = contents(stand_ins), contents(tmp_path / "again")
    assert [name for name in first if first[name] != again.get(name)] == []
    assert sum(map(len, first.values())) < LARGEST


def test_every_cell_runs_or_is_named_with_its_reason(runs: dict[str, Run]) -> None:
    assert {page: len(run.cells) for page, run in runs.items()} == CELLS
    wrong = {
        (page, index): cell.reason or cell.state
        for page, run in runs.items()
        for index, cell in enumerate(run.cells)
        if cell.state != RAN
    }
    assert wrong == FAILING
    assert all(runs[page].cells[index].state == FAILED for page, index in FAILING)


def test_they_ran_in_a_sandbox_and_say_that_there_were_stand_ins(runs: dict[str, Run]) -> None:
    expected = "" if sandbox_available() else "bubblewrap"
    assert {run.checked.sandbox for run in runs.values()} == {expected}
    assert all(run.checked.stand_ins for run in runs.values())
    named = {
        name.split("/")[1] for name, _ in runs["chapter7/voice-assistant"].depends.stand_ins if "/" in name
    }
    assert {
        "ast-finetuned-speech-commands-v2",
        "whisper-base.en",
        "speecht5_tts",
        "cmu-arctic-xvectors",
    } == named - {"speecht5_hifigan"}


def test_what_random_models_say_is_not_shown_as_the_truth(runs: dict[str, Run]) -> None:
    for page, expected in FROM_STAND_INS.items():
        assert {index for index, cell in enumerate(runs[page].cells) if not cell.meaningful} == expected
    assert all(cell.meaningful for cell in runs["chapter1/audio_data"].cells)


def test_figures_sounds_and_demos_are_there(runs: dict[str, Run]) -> None:
    figures = [
        file.kind
        for cell in runs["chapter1/audio_data"].cells
        for each in cell.outputs
        for file in made_files(each)
    ]
    assert figures == ["image/png"] * 4
    sounds = [file.kind for each in runs["chapter5/asr_models"].cells[1].outputs for file in made_files(each)]
    assert sounds == ["audio/flac"]
    said = [each.text for each in runs["chapter1/load_and_explore"].cells[4].outputs if each.name == "stdout"]
    assert said == ["The demo is ready: run this cell on your own machine to try it.\n"]


def test_outputs_stand_in_all_nine_languages(place: Path, runs: dict[str, Run]) -> None:
    course, _ = discover(place / "course")
    originals = {page.id: parse(page.source)[0] for page in course.original.pages if page.id in runs}
    shown: Counter[str] = Counter()
    for edition in course.editions:
        for page in edition.pages:
            if page.id in runs:
                shown[edition.language] += cells_with_outputs(page, originals, runs[page.id])
    assert len(shown) == 9
    assert min(shown.values()) > 30, shown  # most cells print nothing, or what a stand-in said


def cells_with_outputs(page, originals, run: Run) -> int:
    """How many cells of a page show what was run; all must that equal the original's and have something to show."""
    is_original = page.source.path == f"chapters/en/{page.id}.mdx"
    document = originals[page.id] if is_original else parse(page.source)[0]
    attached, _ = attach(
        document, page, None if is_original else originals[page.id], run, "notebooks/en/x.ipynb"
    )
    worth = Counter(cell.key for cell in run.cells if cell.state == RAN and cell.meaningful and cell.outputs)
    found = 0
    for cell in cells_of(attached):
        key = cell_key(cell.text)
        if worth[key]:
            worth[key] -= 1
            # What an author wrote is truer than what came of a stand-in.
            assert cell.outputs or cell.expected, (page.source.path, cell.text)
            found += 1
    return found


def test_a_second_run_does_nothing_and_is_quick(place: Path) -> None:
    course_run(place, 60)
    took = []
    for _ in range(3):
        before = getrusage(RUSAGE_CHILDREN)
        made = course_run(place, 60)
        after = getrusage(RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert "0 pages ran (0 cells), 14 up to date" in made.stdout + made.stderr
    assert min(took) < 2  # seconds of a processor, since others may use the machine
