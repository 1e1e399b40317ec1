from __future__ import annotations

import json

import pytest

from site_builder.model.document import Cell, Code, Heading
from site_builder.model.source import Source
from site_builder.parse.stage import parse


def notebook(*cells, **metadata):
    stored = [{"cell_type": kind, "metadata": {}, "source": source, **more} for kind, source, more in cells]
    return {"cells": stored, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def page(value, **how):
    return parse(Source("units/en/unit1/1.ipynb", json.dumps(value, indent=1, **how)))


OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
    {
        "output_type": "execute_result",
        "data": {"text/plain": ["3"], "image/png": "AAAA", "application/json": {"x": 1}},
    },
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["x", "y"]},
]


def test_cells_and_their_outputs():
    document, findings = page(
        notebook(
            ("markdown", ["# T\n", "\n", "text <Youtube id='a'/>"], {}),
            ("code", ["x = 1\n", "x"], {"outputs": OUTPUTS, "execution_count": 1}),
            ("code", "", {"outputs": []}),
            ("raw", "raw", {}),
        )
    )
    assert not findings
    assert document.title == "T"
    assert [type(each).__name__ for each in document.blocks] == ["Heading", "Prose", "Element", "Cell"]
    cell = document.blocks[-1]
    assert isinstance(cell, Cell)
    assert cell.text == "x = 1\nx\n"
    assert [(each.kind, each.text) for each in cell.outputs] == [
        ("stream", "a\nb"),
        ("execute_result", "3"),
        ("error", "x\ny"),
    ]
    assert cell.outputs[1].data == {"text/plain": "3", "image/png": "AAAA", "application/json": {"x": 1}}


@pytest.mark.parametrize("how", [{}, {"ensure_ascii": False}])
def test_places_in_the_file(how):
    value = notebook(
        ("markdown", ["# T\n", "\n", 'ä "x" [a](b)\n', "</Tip>"], {}), ("markdown", ["# T\n", "</Tip>"], {})
    )
    document, findings = page(value, **how)
    lines = json.dumps(value, indent=1, **how).split("\n")
    wanted = [at for at, line in enumerate(lines, 1) if "</Tip>" in line]
    assert [each.span.line for each in findings] == wanted
    assert [each.span.text for each in findings] == ["</Tip>", "</Tip>"]
    headings = [each for each in document.blocks if isinstance(each, Heading)]
    assert [each.span.text for each in headings] == ["# T", "# T"]
    assert headings[0].span.line < headings[1].span.line


def test_another_language_is_code():
    value = notebook(("code", "x <- 1", {}), language_info={"name": "R"})
    assert [(type(each), each.language) for each in page(value)[0].blocks] == [(Code, "r")]


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 1}', '{"cells": [1]}', "nonsense", "[" * 100_000])
def test_what_is_no_notebook(text):
    document, findings = parse(Source("a.ipynb", text))
    assert document.blocks == ()
    assert [each.code for each in findings] == ["bad-notebook", "empty-page"] or {
        each.code for each in findings
    } >= {"bad-notebook"}


def test_footnotes_are_numbered_on():
    cell = ("markdown", "a[^x]\n\n[^x]: b\n\n    ```\n    c\n    ```", {})
    document, _ = page(notebook(cell, cell))
    numbers = [token.meta["id"] for token in document.footnotes if token.type == "footnote_open"]
    islands = [token.meta["island"] for token in document.footnotes if token.type == "island"]
    marks = [
        child.meta["id"]
        for block in document.blocks
        for token in block.syntax
        for child in token.children or ()
        if child.type == "footnote_ref"
    ]
    assert (numbers, islands, marks) == ([0, 1], [0, 1], [0, 1])
    assert len(document.footnote_islands) == 2
    assert [token.type for token in document.footnotes].count("footnote_block_open") == 1
