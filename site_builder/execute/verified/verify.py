"""What authors wrote as output against what came out, and each difference as a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.execute.attached.cell_matching import fresh_results
from site_builder.execute.stand_ins.before_cells import STAND_INS_FILE
from site_builder.execute.verified.text_comparison import TOLERANCE, difference, plain, same
from site_builder.model.run import RAISED, RAN
from site_builder.model.tree import cells_of

if TYPE_CHECKING:
    from site_builder.model.document import Cell, Document, Expected
    from site_builder.model.notebook import Output
    from site_builder.model.run import CellRun, Run

_EXCEPTION = re.compile(r"^([A-Za-z_][\w.]*)(?:: ?(.*))?$", re.DOTALL)
_LONGEST = 40
_ACCEPT = "`course run --accept` writes what came out into the chapter"


@dataclass(frozen=True)
class Difference:
    """An output that an author wrote, and the text that came out in its place; empty where none did."""

    expected: Expected
    came: str


@dataclass(frozen=True)
class Verified:
    """What comparing a page gave.

    `compared` is how many outputs were, `left_out` how many were not because a model that stands in is behind them. `stand_ins`
    tells whether the page read files that stand in for others: then what came out is not what a reader would see.
    """

    differences: tuple[Difference, ...] = ()
    compared: int = 0
    left_out: int = 0
    stand_ins: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The differences, each at its fence."""
        return tuple(_finding(each, stand_ins=self.stand_ins) for each in self.differences)


def verify(document: Document, run: Run, tolerance: float = TOLERANCE) -> Verified:
    """Compare each output that the author of an original page wrote with what its cell gave.

    Cells that were not run, that failed or are not those of the run are left alone: other findings tell of them.
    """
    differences: list[Difference] = []
    compared = left_out = 0
    cells = list(cells_of(document))
    for cell, ran in zip(cells, fresh_results(cells, document, run).results, strict=True):
        if not cell.expected or ran is None or ran.state not in (RAN, RAISED):
            continue
        if not ran.meaningful:
            left_out += len(cell.expected)
            continue
        compared += len(cell.expected)
        differences += _differences(cell, ran, tolerance)
    stand_ins = any(path != STAND_INS_FILE for path, _ in run.depends.stand_ins)
    return Verified(tuple(differences), compared, left_out, stand_ins)


def _differences(cell: Cell, ran: CellRun, tolerance: float) -> list[Difference]:
    """Give what differs: each text that was written must be one of those that came out, or all of them together."""
    came = texts_of(ran)
    found = []
    for number, expected in enumerate(cell.expected):
        wanted = _last_words(expected.text) if expected.is_trace else expected.text
        if any(same(wanted, each, tolerance) for each in came):
            continue
        found.append(Difference(expected, _counterpart(expected, came, number, len(cell.expected))))
    return found


def texts_of(ran: CellRun) -> list[str]:
    """Give the texts that a cell gave: what it printed, its result, each display, its error, all of them together."""
    printed = "".join(each.text for each in ran.outputs if each.kind == "stream" and each.name != "stderr")
    warned = "".join(each.text for each in ran.outputs if each.kind == "stream" and each.name == "stderr")
    shown = [text for each in ran.outputs if (text := _shown(each))]
    together = "\n".join(text for text in (plain(printed).strip("\n"), *shown) if text)
    texts = [together, printed, *shown, "\n".join(shown), warned]
    return list(dict.fromkeys(plain(text).strip("\n") for text in texts if text.strip()))


def _shown(output: Output) -> str:
    if output.kind == "error":
        return f"{output.name}: {output.value}" if output.value else output.name
    return str((output.data or {}).get("text/plain", "")) if output.kind != "stream" else ""


def _counterpart(expected: Expected, came: list[str], number: int, of: int) -> str:
    """Give the text that stands for `expected`: of a traceback the error, of several outputs the one at its place."""
    if not came:
        return ""
    if expected.is_trace:
        return next((each for each in came if _EXCEPTION.match(each) and "\n" not in each), came[0])
    if of > 1 and len(came) > of:
        return came[1:][number]
    return came[0]


def _last_words(trace: str) -> str:
    """Give what a traceback says in its last lines: the exception and its message."""
    lines = plain(trace).strip("\n").split("\n")
    for at in range(len(lines) - 1, -1, -1):
        if re.match(
            r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group)\b(:|$)", lines[at]
        ):
            return "\n".join(
                [lines[at].split(":")[0].rpartition(".")[2] + _rest(lines[at]), *lines[at + 1 :]]
            )
    return lines[-1]


def _rest(line: str) -> str:
    name, colon, message = line.partition(":")
    return f"{colon}{message}" if name else ""


def _finding(each: Difference, *, stand_ins: bool) -> Finding:
    span = each.expected.span
    if not each.came:
        return Finding(
            "output-differs",
            span,
            "the cell gave no text where this output is written",
            "take the fence away, or say `output=recorded` on the cell",
        )
    wanted = _last_words(each.expected.text) if each.expected.is_trace else each.expected.text
    told = difference(wanted, each.came)
    advice = "the page ran with stand-ins, which may be why" if stand_ins else _ACCEPT
    return Finding("output-differs", span, _message(told), f"{advice}\n{told}")


def _message(told: str) -> str:
    """Give both sides in a phrase where they are short: the first line that differs."""
    lines = told.split("\n")
    written = next((line[1:].strip() for line in lines if line.startswith("-")), "")
    came = next((line[1:].strip() for line in lines if line.startswith("+")), "")
    if written and came and max(len(written), len(came)) <= _LONGEST:
        return f"`{written}` is written and `{came}` came out"
    return "what came out is not what is written"
