"""Outputs as nbclient collects them become those that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.execute.kernels.collected import outputs_of, size_of
from site_builder.model.notebook import Output

HERE, THERE = Path("/tmp/course-run-1-abc"), Path("/scratch")  # noqa: S108 - names


def stream(name: str, text: str) -> dict[str, object]:
    return {"output_type": "stream", "name": name, "text": text}


def shown(**data: object) -> dict[str, object]:
    named = {name.replace("_", "/", 1): value for name, value in data.items()}
    return {"output_type": "display_data", "data": named, "metadata": {}}


def kept(*stored: dict[str, object]) -> list[tuple[str, str]]:
    return [(each.name or each.kind, each.text) for each in outputs_of(stored, HERE, THERE)]


def test_streams_are_joined_up_to_another_output() -> None:
    parts = [stream("stderr", "w"), stream("stdout", "a"), stream("stderr", "x"), stream("stdout", "b")]
    assert kept(*parts, shown(text_plain="1"), stream("stdout", "c")) == [
        ("stdout", "ab"),
        ("stderr", "wx"),
        ("display_data", "1"),
        ("stdout", "c"),
    ]


def test_how_streams_are_cut_makes_no_difference() -> None:
    one = kept(stream("stdout", "10%\r20%\r30%\n"))
    assert one == kept(stream("stdout", "10%\r2"), stream("stdout", "0%\r30%\n")) == [("stdout", "30%\n")]


def test_an_erased_stream_is_no_output() -> None:
    assert kept(stream("stdout", "busy\r\x1b[2K")) == []


def test_progress_bars_of_widgets_are_dropped() -> None:
    widget = "application/vnd.jupyter.widget-view+json"
    bar = {"output_type": "display_data", "data": {"text/plain": "  0%|          | 0/10", widget: {}}}
    table = {"output_type": "display_data", "data": {"text/plain": "Table()", widget: {"model_id": "4f"}}}
    (output,) = outputs_of([bar, table], HERE, THERE)
    assert output.data == {"text/plain": "Table()"}


def test_paths_and_numbers_of_a_run_are_gone() -> None:
    text = f"{HERE}/tmp/ipykernel_4711/123.py:1: UserWarning: x in {HERE}/work"  # noqa: S108 - a text
    assert kept(stream("stderr", text)) == [
        ("stderr", "/scratch/tmp/ipykernel/123.py:1: UserWarning: x in /scratch/work")
    ]
    (output,) = outputs_of([shown(text_html=f"<i>{HERE}</i>", image_png="AAAA")], HERE, THERE)
    assert output.data == {"text/html": "<i>/scratch</i>", "image/png": "AAAA"}


def test_an_error_keeps_what_it_says() -> None:
    stored = {"output_type": "error", "ename": "E", "evalue": f"{HERE}/x", "traceback": ["a", "b"]}
    assert outputs_of([stored], HERE, THERE) == (Output("error", "a\nb", name="E", value="/scratch/x"),)


def test_the_size_counts_all_that_is_stored() -> None:
    small, large = (
        shown(text_plain="x"),
        shown(text_plain="x", image_png="A" * 1000, application_json={"a": [1]}),
    )
    assert 100 < size_of(small) < 300
    assert size_of(large) > size_of(small) + 1000


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/home/ada/venv/lib/python3.11/site-packages/x/y.py:3: UserWarning", "…/lib/python3.11/site-packages/x/y.py:3: UserWarning"),
        ('File "/usr/lib/python3.12/json/__init__.py"', 'File "…/lib/python3.12/json/__init__.py"'),
        ("File ~/.pyenv/lib/python3.11/ast.py:54", "File …/lib/python3.11/ast.py:54"),
        ("a/lib/python3.11/ of mine", "a/lib/python3.11/ of mine"),
        ("/lib/python3 is no place", "/lib/python3 is no place"),
    ],
)  # fmt: skip
def test_where_python_lies_is_nobodys_business(text: str, kept: str) -> None:
    stored = [{"output_type": "stream", "name": "stderr", "text": text}]
    assert outputs_of(stored, HERE, THERE)[0].text == kept
