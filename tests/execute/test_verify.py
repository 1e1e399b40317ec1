"""What authors wrote against what came out, and what came out written into chapters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.execute.fingerprint import cell_key
from site_builder.execute.verified.accepted_output import with_outputs
from site_builder.execute.verified.verify import Verified, verify
from site_builder.model.notebook import Output
from site_builder.model.run import FAILED, RAISED, RAN, CellRun, Checked, Depends, Run
from site_builder.model.source import Source
from site_builder.model.tree import cells_of
from site_builder.parse.stage import parse


def read(source: Source):
    return parse(source)[0]


def printed(text: str) -> Output:
    return Output("stream", text, name="stdout")


def result(text: str) -> Output:
    return Output("execute_result", text, {"text/plain": text})


def raised(name: str, value: str) -> Output:
    return Output("error", f"{name}: {value}", name=name, value=value)


def run_of(source: Source, *outputs: tuple[Output, ...], state: str = RAN, meaningful: bool = True) -> Run:
    cells = tuple(
        CellRun(cell_key(cell.text), cell.text, state, out, meaningful=meaningful)
        for cell, out in zip(cells_of(read(source)), outputs, strict=True)
    )
    return Run("a", "en", cells, Depends(), Checked("2026-11-23"))


def verified(text: str, *outputs: tuple[Output, ...], **more) -> tuple[Source, Verified]:
    source = Source("a.mdx", text)
    return source, verify(read(source), run_of(source, *outputs, **more))


CELL = "# Bells\n\n```python\nring()\n```\n\n"


@pytest.mark.parametrize(
    ("written", "outputs", "state"),
    [
        ("```out\n4\n```\n", (printed("4\n"),), RAN),
        ("```out\n4\n```\n", (result("4"),), RAN),
        ("```out\nbong\n4\n```\n", (printed("bong\n"), result("4")), RAN),
        ("```out\nbong\n```\n\n```out\n4\n```\n", (printed("bong\n"), result("4")), RAN),
        ("```out\n4\n```\n", (printed("Loading 4 bells\n"), result("4")), RAN),
        (
            "```python trace\nTraceback (most recent call last):\n  ...\nKeyError: 'tenor'\n```\n",
            (raised("KeyError", "'tenor'"),),
            RAISED,
        ),
        (
            "```out\n<Figure size 640x480>\n```\n",
            (Output("display_data", "", {"text/plain": "<Figure size 640x480>"}),),
            RAN,
        ),
    ],
)
def test_what_came_out_as_written_is_no_finding(
    written: str, outputs: tuple[Output, ...], state: str
) -> None:
    _, found = verified(CELL + written, outputs, state=state)
    assert found.differences == ()
    assert found.compared > 0


def test_a_difference_is_told_at_the_fence_with_both_sides() -> None:
    source, found = verified(f"{CELL}```out\n4\n5\n```\n", (printed("4\n6\n"),))
    (finding,) = found.findings
    assert (finding.code, finding.span.line) == ("output-differs", 7)
    assert finding.message == "`5` is written and `6` came out"
    assert finding.help.split("\n")[1:] == [" 4", "-5", "+6"]
    assert source.text[finding.span.start :].startswith("```out")


def test_another_exception_differs() -> None:
    trace = "```python trace\nTraceback (most recent call last):\n  ...\nKeyError: 'tenor'\n```\n"
    _, found = verified(CELL + trace, (raised("KeyError", "'treble'"),), state=RAISED)
    assert [each.message for each in found.findings] == [
        "`KeyError: 'tenor'` is written and `KeyError: 'treble'` came out"
    ]


def test_nothing_in_the_place_of_an_output_is_told() -> None:
    _, found = verified(f"{CELL}```out\n4\n```\n", ())
    assert [each.message for each in found.findings] == ["the cell gave no text where this output is written"]


def test_what_a_stand_in_reached_or_failed_is_not_compared() -> None:
    text = f"{CELL}```out\n4\n```\n"
    _, found = verified(text, (printed("7\n"),), meaningful=False)
    assert (found.differences, found.compared, found.left_out) == ((), 0, 1)
    _, found = verified(text, (raised("KeyError", "x"),), state=FAILED)
    assert (found.differences, found.compared, found.left_out) == ((), 0, 0)


# ---- accepted outputs ------------------------------------------------------------------------------------


def accepted(text: str, *outputs: tuple[Output, ...], state: str = RAN) -> tuple[str, list[str]]:
    source, found = verified(text, *outputs, state=state)
    assert found.differences
    made, left = with_outputs(source, found.differences, read)
    again = Source("a.mdx", made)
    if not left:
        assert verify(read(again), run_of(again, *outputs, state=state)).differences == ()
    return made, [why for _, why in left]


LABELLED = "# Bells\n\n```python\nring()\n```\n\n**Output:**\n\n```text\n4\n```\n\nMore words.  \n"
QUOTED = "> ```python\n> ring()\n> ```\n>\n> ```out\n> 4\n> ```\n\nWords\n"
LISTED = "- An item\n\n  ```python\n  ring()\n  ```\n\n  ```out\n  4\n  ```\n\n- Another\n"
BULLET = "1. ```python\n   ring()\n   ```\n   ```out\n   4\n   ```\n"
BOXED = "<Tip>\n\n    ```python\n    ring()\n    ```\n\n    ~~~~out\n    4\n    ~~~~\n\n</Tip>\n"
UNENDED = "```python\nring()\n```\n\n```out\n4\n```"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "text",
    [LABELLED, QUOTED, LISTED, BULLET, BOXED, UNENDED],
    ids=["label", "quote", "list", "bullet", "box", "end"],
)
def test_an_output_is_written_and_all_else_stays(text: str, end: str) -> None:
    text = text.replace("\n", end)
    made, left = accepted(text, (printed("5\n\n6 bells\n"),))
    assert left == []
    line = next(line for line in text.split(end) if line.strip("> ") == "4")
    mark = line.removesuffix("4")
    assert made == text.replace(f"{line}{end}", f"{mark}5{end}{mark.rstrip()}{end}{mark}6 bells{end}", 1)


@pytest.mark.parametrize(("fence", "longer"), [("```", "````"), ("````", "````"), ("~~~", "~~~")])
def test_a_fence_is_longer_than_what_it_holds(fence: str, longer: str) -> None:
    made, left = accepted(f"{CELL}{fence}out\n4\n{fence}\n", (printed("```\nx\n```\n"),))
    assert left == []
    assert made == f"{CELL}{longer}out\n```\nx\n```\n{longer}\n"


def test_of_a_traceback_only_the_exception_is_new() -> None:
    trace = "```python trace\nTraceback (most recent call last):\n  in the tower\nKeyError: 'tenor'\n```\n"
    made, left = accepted(CELL + trace, (raised("KeyError", "'treble'"),), state=RAISED)
    assert left == []
    assert made == (CELL + trace).replace("'tenor'", "'treble'")


def test_several_outputs_are_written_at_once() -> None:
    text = CELL + "```out\n1\n```\n\n```python\nagain()\n```\n\n```out\n2\n```\n"
    made, left = accepted(text, (printed("10\n11\n"),), (printed("20\n"),))
    assert left == []
    assert made == text.replace("\n1\n", "\n10\n11\n").replace("\n2\n", "\n20\n")


@pytest.mark.parametrize(
    ("text", "outputs", "reason"),
    [
        (f"{CELL}```out\n4\n", (printed("5"),), "its fence is never closed"),
        (f"{CELL}```out\n4\n```\n", (), "the cell gave no text"),
    ],
)
def test_what_cannot_be_written_is_left(text: str, outputs: tuple[Output, ...], reason: str) -> None:
    made, left = accepted(text, outputs)
    assert (made, left) == (text, [reason])


def test_what_stand_ins_gave_is_told_as_such() -> None:
    source = Source("a.mdx", f"{CELL}```out\n4\n```\n")
    run = run_of(source, (printed("7\n"),))
    with_data = replace(
        run, depends=Depends(stand_ins=(("Bells/rung/README.md", "0"), ("before_cells.py", "0")))
    )
    (finding,) = verify(read(source), with_data).findings
    assert finding.help.startswith("the page ran with stand-ins")
    with_code = replace(run, depends=Depends(stand_ins=(("before_cells.py", "0"),)))
    (finding,) = verify(read(source), with_code).findings
    assert finding.help.startswith("`course run --accept`")
