"""Outputs of cells that mean harm: nothing of it reaches a page, nor a file beside it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from time import perf_counter

import pytest
from dangers import dangers
from output_payloads import PLACES, PNG, SVG, WAV, body_of
from payload_pages import page_of, payloads

from site_builder.hosts.output_files import files_in
from site_builder.model.controls import Controls
from site_builder.model.document import Cell, Document
from site_builder.model.notebook import made_file, output_of
from site_builder.model.run import Checked
from site_builder.model.source import Source
from site_builder.render.stage import render

PAYLOADS = payloads()
SOURCE = Source("chapters/en/chapter1/1.mdx", "x")

ENDS = ("x id=", "x class=", "x colspan=", "x style=", "x src=", "x data-held=")
"""Values that end in what looks like the beginning of another attribute."""

DRAWINGS = (
    "<script>alert(1)</script>",
    "<script href='https://evil.test/x.js'/>",
    "<g onclick='alert(1)'/>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject>",
    "<image href='data:image/svg+xml,x'/>",
    "<use href='https://evil.test/x.svg#a'/>",
    "<a><set attributeName='href' to='javascript:alert(1)'/></a>",
)


@pytest.mark.parametrize("place", PLACES)
def test_each_payload_is_harmless_in_an_output(place):
    found = {name: dangers(body_of(PLACES[place](text)).html) for name, text in PAYLOADS}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("value", ENDS)
@pytest.mark.parametrize("tag", ["td", "table", "b", "span", "video"])
def test_a_value_that_ends_like_an_attribute_stays_one(tag, value):
    inner = f'<{tag} title="{value}" class="a" lang=" accesskey=a y=">1</{tag}>'
    html = body_of(PLACES["HTML in lines"](f"<table><tr>{inner}</tr></table>" if tag == "td" else inner)).html
    assert dangers(html) == []
    assert f'title="{value}"' in html or tag == "table"


def test_control_the_same_html_as_it_stands_is_dangerous():
    found = [name for name, text in PAYLOADS if dangers(PLACES["HTML"](text)["data"]["text/html"])]
    assert len(found) > len(PAYLOADS) / 2


def test_control_the_places_are_shown():
    harmless = "harmless"
    silent = {place for place, make in PLACES.items() if harmless not in body_of(make(harmless)).html}
    assert silent == {
        "TeX",
        "drawing",
        "kind",
        "metadata",
        "size of a picture",
        "source of a sound",
        "HTML around a film",
    }


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PAYLOADS])
def test_each_payload_is_harmless_in_a_caption_a_title_and_the_line_below(text):
    outputs = tuple(
        output_of({"output_type": "display_data", "data": data})
        for data in (
            {"image/png": PNG},
            {"image/png": PNG},
            {"text/html": f'<audio src="data:audio/wav;base64,{WAV}"></audio>'},
            {"text/html": "<table><tr><td>1</td></tr></table>"},
        )
    )
    code = f"plt.title({text!r})\nplt.title({text!r})"
    cell = Cell(
        SOURCE.whole, code, outputs=outputs, outputs_from="notebooks/a.ipynb", controls=Controls(caption=text)
    )
    hidden = replace(cell, controls=Controls(hide_input=True, hide_output=True))
    for date in (text, f"2026-11-23{text}"):
        checked = Checked(date, text, ((text, text), ("a", text), (text, "1")), stand_ins=True, sandbox=text)
        document = Document(SOURCE.whole, (cell, hidden), checked=checked)
        assert dangers(render(document, page_of(SOURCE))[0].html) == []


@pytest.mark.parametrize("inside", DRAWINGS)
def test_a_drawing_that_does_something_is_neither_shown_nor_published(inside, tmp_path):
    drawing = SVG.format(inside)
    output = {
        "output_type": "display_data",
        "data": {"image/svg+xml": drawing, "text/plain": "shown instead"},
    }
    body = body_of(output)
    assert body.made == ()
    assert "shown instead" in body.html
    stored = {"cells": [{"cell_type": "code", "outputs": [output]}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(stored))
    name = output_name(drawing)
    assert files_in(tmp_path.resolve(), "a.ipynb", {name}) == []


def test_control_a_plain_drawing_is_shown_and_published(tmp_path):
    drawing = SVG.format("<path d='M0 0h4v4z'/>")
    output = {"output_type": "display_data", "data": {"image/svg+xml": drawing}}
    assert body_of(output).made == ((output_name(drawing), "chapters/en/chapter1/1.ipynb"),)
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [{"outputs": [output]}]}))
    assert len(files_in(tmp_path.resolve(), "a.ipynb", {output_name(drawing)})) == 1


def output_name(drawing: str) -> str:
    made = made_file("image/svg+xml", drawing)
    assert made
    return made.name


@pytest.mark.parametrize(
    "width", ["1e309", 10**400, -5, 0, [1], {"a": 1}, True, None, "20px", 3.7, float("inf")]
)
def test_any_width_at_all_gives_a_number_or_none(width):
    html = body_of(
        {
            "output_type": "display_data",
            "data": {"image/png": PNG},
            "metadata": {"image/png": {"width": width}},
        }
    ).html
    assert re.fullmatch(r"[0-9]{1,5}", re.search(r'width="([^"]*)"', html)[1])


@pytest.mark.parametrize(
    "text",
    ["<" * 200_000, "<a " * 100_000, "<table>" * 20_000, "<td>" * 50_000, "<audio " * 50_000, "\x1b[" * 100_000,
     "\x1b[31m" * 100_000, "\r" * 300_000, "\n" * 300_000, "a\r" * 100_000, "\x1b]" * 100_000, "data:" * 100_000,
     '<img src="data:image/png;base64,' * 10_000, "<b id=" * 50_000, "&" * 200_000, "9;" * 100_000],
)  # fmt: skip
def test_long_nonsense_takes_no_time(text):
    html = {"output_type": "display_data", "data": {"text/html": text, "text/plain": "x"}}
    sound = {
        "output_type": "display_data",
        "data": {"text/html": f'<audio src="data:audio/wav;base64,{WAV}"></audio>{text}'},
    }
    stream = {"output_type": "stream", "name": "stdout", "text": f"\x1b[{text}m"}
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": [text]}
    start = perf_counter()
    body_of(html, sound, stream, error)
    assert perf_counter() - start < 10
