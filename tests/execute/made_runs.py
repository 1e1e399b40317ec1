"""Runs made by hand, and the notebook of a page whose cells are theirs."""

from __future__ import annotations

from site_builder.execute.fingerprint import cell_key
from site_builder.model.notebook import Output
from site_builder.model.run import RAN, CellRun, Checked, Depends, Run


def printed(text):
    return Output("stream", text, name="stdout")


def cell_run(code, text="", state=RAN, **more):
    outputs = more.pop("outputs", (printed(text),) if text else ())
    return CellRun(cell_key(code), code, state, outputs, **more)


def run_of(*cells, page="chapter1/1", language="en"):
    checked = Checked("2026-11-23", "3.11.2", (("librosa", "0.11.0"),), sandbox="bubblewrap", seconds=1.5)
    return Run(page, language, cells, Depends("abc", kernel="python3 3.11"), checked)


def notebook_for(run):
    """A notebook with a text before each cell, as `render.notebook_file` gives it."""
    cells = []
    for index, each in enumerate(run.cells):
        text = {
            "cell_type": "markdown",
            "id": f"t{index}",
            "metadata": {},
            "source": f"# Part {index}\n\ntext",
        }
        code = {
            "cell_type": "code",
            "id": f"c{index}",
            "metadata": {"course": {"cell": index}},
            "source": each.code.removesuffix("\n"),
            "execution_count": None,
            "outputs": [],
        }
        cells += [text, code]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
