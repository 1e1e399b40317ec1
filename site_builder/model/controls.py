"""What an author may say about running: on the fence of a cell, and in the front matter of a page."""

from __future__ import annotations

from dataclasses import dataclass

OUTPUTS = ("fresh", "recorded", "both", "none")
"""Which outputs a cell shows: those of its kept run, those that the author wrote, both, or none."""


@dataclass(frozen=True)
class Controls:
    """What stands on a cell's fence, as in `python hide-input timeout=60`.

    `run` is false for `no-run`. `hide_input` and `hide_output` fold the code or the outputs away. `raises` is the name of the
    exception that the cell is meant to raise, `*` for any. `timeout` is in seconds; `None` leaves it to the page.
    `output` is one of OUTPUTS or empty: then a cell shows what it has, fresh before recorded. `caption` says what a figure shows.
    """

    run: bool = True
    hide_input: bool = False
    hide_output: bool = False
    raises: str = ""
    timeout: float | None = None
    output: str = ""
    caption: str = ""


@dataclass(frozen=True)
class PageControls:
    """What stands in a page's front matter.

    `run` is false where no cell of the page is to run. `run_after` is the id of the page that this one goes on from:
    its cells run first, in the same kernel. `kernel` names a Jupyter kernel, `environment` a lock file of the course
    (path relative to the course folder). `network` asks for a network; `timeout` is in seconds a cell, `memory` in bytes.
    Empty, `None`: as the course's settings say.
    """

    run: bool = True
    run_after: str = ""
    kernel: str = ""
    environment: str = ""
    network: bool = False
    timeout: float | None = None
    memory: int | None = None
