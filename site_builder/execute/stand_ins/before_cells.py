"""The code that a kernel runs before the first cell of a job: the files of `prelude`, then the stand-ins' own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.model.run import Job, PageTask

PARTS = ("after_import", "opened_files", "figures", "demos_at_rest", "nobody_answers", "plain_progress")
"""The files of `prelude`, in the order in which they run: the first gives the others `after_import`."""

STAND_INS_FILE = "before_cells.py"
"""The file of the stand-ins that runs after ours; it has the names `after_import`, `shell`, `stand_ins` and `page`."""

_BOOT = """\
def prepared(parts, given):
    import os
    from IPython import get_ipython
    os.environ.update(given.pop("environment"))
    given["shell"] = get_ipython()
    for name, text in parts:
        names = {"__name__": "course_" + name}
        exec(compile(text, "<" + name + ">", "exec"), names)
        names["prepare"](given)
    file = given.pop("file")
    if file and os.path.isfile(file):
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
        exec(compile(text, file, "exec"), {**given, "__name__": "before_cells", "__file__": file})
"""


def before_cells(job: Job, page: PageTask, record: str = "") -> str:
    """Give the code to run silently in the kernel before the first cell; it leaves no name in the cells' namespace.

    `record` is the absolute path, as the kernel sees it, of the file that gets the paths of opened files, one a line
    (read by `stand_ins.opened`); empty: nothing is recorded. Where the stand-ins' own file raises, so does the code.
    """
    given = {
        "environment": _environment(job),
        "record": record,
        "watched": [str(each) for each in (job.stand_ins, job.course) if each],
        "stand_ins": str(job.stand_ins or ""),
        "page": page.page,
        "file": str(job.stand_ins / STAND_INS_FILE) if job.stand_ins else "",
    }
    parts = [(name, _text(name)) for name in PARTS]
    return f"(lambda names: (exec({_BOOT!r}, names), names['prepared']({parts!r}, {given!r})) and None)({{}})"


def _environment(job: Job) -> dict[str, str]:
    """Give what libraries are told through the environment: without a network they need not try it."""
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1"}
    quiet["TOKENIZERS_PARALLELISM"] = "false"  # else a warning at each fork
    if job.network:
        return quiet
    return {**quiet, "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@cache
def _text(name: str) -> str:
    return (Path(__file__).parent / "prelude" / f"{name}.py").read_text(encoding="utf-8")
