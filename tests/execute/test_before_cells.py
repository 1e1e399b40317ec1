"""What a kernel runs before the first cell: nothing of it shows, and all of it holds."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from a_kernel import kernel_in, text_of

from site_builder.execute.stand_ins.before_cells import before_cells
from site_builder.execute.stand_ins.laid_files import lay, opened
from site_builder.model.run import Job, PageTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., list[dict[str, Any]]]

PAGE = PageTask("chapter1/1", "en", "chapters/en/chapter1", ())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a data file and stand-ins that have a file of their own to run."""
    place = tmp_path_factory.mktemp("place")
    own = place / "course/chapters/en/chapter1"
    own.mkdir(parents=True)
    (own / "heights.csv").write_text("cm\n180\n")
    (own / "unread.csv").write_text("")
    (own / "helping.py").write_text("ANSWER = 42\n")
    models = place / "stand-ins/someone/tiny"
    models.mkdir(parents=True)
    (models / "config.json").write_text("{}")
    (models / "weights.bin").write_text("0")
    (place / "stand-ins/before_cells.py").write_text(
        "import sys, types\nmodule = types.ModuleType('laid')\nmodule.page = page\nsys.modules['laid'] = module\n"
        "after_import('wave', lambda wave: setattr(wave, 'changed', True))\n"
    )
    (place / "work").mkdir()
    return place


@pytest.fixture(scope="module")
def job(place: Path) -> Job:
    return Job((PAGE,), frozenset({PAGE.page}), place / "course", stand_ins=place / "stand-ins")


@pytest.fixture(scope="module")
def run(place: Path, job: Job) -> Iterator[Run]:
    """A kernel in which the code before the first cell has run."""
    lay(job, PAGE, place / "work")
    with kernel_in(place / "work") as run:
        run("before = set(dir())")
        assert text_of(run(before_cells(job, PAGE, str(place / "record")), silent=True)) == ""
        yield run


def test_nothing_of_it_shows(run: Run) -> None:
    messages = run(
        "sorted(set(dir()) - before - {'before'} - {name for name in dir() if name[:2] == '_i'}), len(Out), len(In)"
    )
    assert text_of(messages) == "([], 0, 3)"
    assert messages[-1]["execution_count"] == 2


def test_files_that_are_opened_are_told(run: Run, place: Path, job: Job) -> None:
    run("import os\ntext = open('heights.csv').read()\nos.chdir('/')\nimport sys\nsys.path.insert(0, '')")
    run(
        f"os.chdir({str(place / 'work')!r})\nimport helping\nos.chdir('someone')\nopen('tiny/config.json').close()"
    )
    run(f"os.chdir({str(place / 'work')!r})\nopen('made.txt', 'w').write('x')\nopen('/etc/hostname').close()")
    course, stand_ins = opened(place / "record", job)
    assert course == ("chapters/en/chapter1/heights.csv", "chapters/en/chapter1/helping.py")
    assert stand_ins == ("before_cells.py", "someone/tiny/config.json", "someone/tiny/weights.bin")


def test_the_stand_ins_own_file_has_run(run: Run) -> None:
    assert text_of(run("import laid, wave\nlaid.page, wave.changed")) == "('chapter1/1', True)"


def test_nobody_is_asked(run: Run) -> None:
    for code in ("input('name? ')", "import getpass\ngetpass.getpass()"):
        assert text_of(run(code)).startswith("EOFError: this cell asks for input, and nobody")


def test_figures_are_sharp_and_the_same_each_time(run: Run) -> None:
    pytest.importorskip("matplotlib")
    assert text_of(run("import sys\n'matplotlib' in sys.modules")) == "False"
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()"
    first, again = (next(each for each in run(code) if each["type"] == "display_data") for _ in range(2))
    size = first["metadata"]["image/png"]
    assert int.from_bytes(b64decode(first["data"]["image/png"])[16:20]) == 2 * size["width"]
    assert first["data"] == again["data"]


def test_progress_is_text(run: Run) -> None:
    pytest.importorskip("tqdm")
    shown = run("from tqdm.auto import tqdm, trange\nfor _ in tqdm(range(3)): pass\nfor _ in trange(2): pass")
    assert {each["name"] for each in shown if each["type"] == "stream"} == {"stderr"}
    assert "3/3" in text_of(shown)
    assert "Warning" not in text_of(shown)


@pytest.mark.slow
def test_a_demo_is_made_and_not_served(run: Run) -> None:
    pytest.importorskip("gradio")
    code = (
        "import gradio as gr\n"
        "with gr.Blocks() as demo:\n    gr.Textbox()\n"
        "demo.launch(debug=True, share=True, server_port=7999)"
    )
    assert text_of(run(code)) == "The demo is ready: run this cell on your own machine to try it.\n"
    assert text_of(run("gr.Interface(lambda text: text, 'text', 'text').launch(); demo.is_running")).endswith(
        "\nFalse"
    )


@pytest.mark.slow
def test_nobody_logs_in(run: Run) -> None:
    pytest.importorskip("huggingface_hub")
    assert text_of(run("from huggingface_hub import notebook_login\nnotebook_login()")).startswith(
        "PermissionError: "
    )


def test_a_fault_in_the_stand_ins_own_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "before_cells.py").write_text("\nraise ValueError('a slip')\n")
    job = Job((PAGE,), frozenset(), tmp_path, stand_ins=tmp_path)
    with kernel_in(tmp_path) as run:
        reply = run(before_cells(job, PAGE), silent=True)[-1]
    assert reply["status"] == "error"
    assert any("before_cells.py" in line for line in reply["traceback"])
