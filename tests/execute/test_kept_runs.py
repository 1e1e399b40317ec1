from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_runs import cell_run, notebook_for, printed, run_of

from site_builder.execute.kept.kept_runs import KeptRunFault, kept_run, notebook_text, notebook_with, run_path
from site_builder.execute.kept.notebook_digest import content_digest
from site_builder.model.notebook import output_of
from site_builder.model.run import FAILED, LOST, RAISED, RAN, SKIPPED, CellRun, Checked, Depends, Run
from site_builder.model.settings import Settings

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
FIGURE = output_of({
    "output_type": "display_data",
    "data": {"image/png": PIXEL, "text/plain": "<Figure>", "application/json": {"a": [1, {"b": None}]}},
    "metadata": {"image/png": {"width": 640}},
})  # fmt: skip
ERROR = output_of(
    {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": ["a\x1b[0m", "b"]}
)
RUN = run_of(
    cell_run("print('a')\n", "one\ntwo\n\nthree", seconds=0.25),
    cell_run("f()\n", outputs=(FIGURE, printed("é\r\n")), meaningful=False),
    cell_run("x\n", state=RAISED, outputs=(ERROR,), reason="as meant"),
    cell_run("y = = 1\n", state=SKIPPED, reason="it does not parse"),
    cell_run("z\n", state=LOST, reason="it took longer than 1 s"),
    cell_run("w\n", state=FAILED, outputs=(ERROR,)),
)


def text_of(run):
    return notebook_text(notebook_with(run, notebook_for(run)))


TEXT = text_of(RUN)


def resealed(change):
    """The text of a notebook that was changed by one who knows how its digest is made."""
    notebook = json.loads(TEXT)
    change(notebook)
    notebook["metadata"]["course"]["digest"] = content_digest(notebook)
    return json.dumps(notebook)


def test_a_run_is_read_as_it_was_written():
    assert kept_run(TEXT) == RUN
    assert kept_run(TEXT.encode()) == RUN


def test_the_notebook_is_one():
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.reads(TEXT, as_version=4)
    nbformat.validate(notebook)
    assert [each.execution_count for each in notebook.cells if each.cell_type == "code"] == [
        1,
        2,
        3,
        None,
        None,
        4,
    ]


def test_the_text_is_as_jupyter_writes_it():
    nbformat = pytest.importorskip("nbformat")
    assert nbformat.writes(nbformat.reads(TEXT, as_version=4)) + "\n" == TEXT


def test_what_jupyter_saves_without_a_change_is_still_the_run():
    notebook = json.loads(TEXT)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        cell["metadata"]["execution"] = {"iopub.status.busy": "now"}
    notebook["metadata"]["language_info"] = {"version": "3.14"}
    assert kept_run(json.dumps(notebook, indent=3)) == RUN


def test_writing_twice_gives_the_same_bytes():
    assert text_of(kept_run(TEXT)) == TEXT


def test_what_no_text_may_have_is_replaced():
    odd = cell_run("print()\n", outputs=(printed("a\ud800b"), output_of({
        "output_type": "display_data", "data": {"application/json": {"a": float("nan")}}, "metadata": {}})))  # fmt: skip
    outputs = kept_run(text_of(run_of(odd))).cells[0].outputs
    assert outputs[0].text == "a?b"
    assert outputs[1].data == {"application/json": {"a": None}}


def test_a_notebook_of_other_cells_is_refused():
    notebook = notebook_for(RUN)
    del notebook["cells"][-1]
    with pytest.raises(KeyError):
        notebook_with(RUN, notebook)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda nb: nb["cells"][1]["outputs"][0].update(text="forged"), "changed"),
        (lambda nb: nb["cells"][1].update(source="print('b')"), "changed"),
        (lambda nb: nb["cells"][0].update(source="other prose"), "changed"),
        (lambda nb: nb["cells"][1]["metadata"]["course"].update(key="0"), "changed"),
        (lambda nb: nb["cells"][3]["metadata"]["course"].pop("meaningful"), "changed"),
        (lambda nb: nb["cells"].pop(), "changed"),
        (lambda nb: nb["cells"].reverse(), "changed"),
        (lambda nb: nb["metadata"]["course"]["checked"].update(date="2030-01-01"), "changed"),
        (lambda nb: nb["metadata"]["course"]["checked"]["packages"].update(librosa="9"), "changed"),
        (lambda nb: nb["metadata"]["course"].pop("digest"), "changed"),
        (lambda nb: nb["metadata"]["course"].update(version=2), "another version"),
        (lambda nb: nb["metadata"].pop("course"), "no JSON object"),
        (lambda nb: nb.update(cells={}), "no list of cells"),
    ],
)
def test_edits_by_hand_are_refused(change, reason):
    notebook = json.loads(TEXT)
    change(notebook)
    with pytest.raises(KeptRunFault, match=reason):
        kept_run(json.dumps(notebook))


@pytest.mark.parametrize("kind", ["state", "key", "seconds", "reason", "meaningful"])
@pytest.mark.parametrize("value", [None, [], {}, 1e999, -1, 10**30, "other", True, [["a"]]])
def test_wrong_types_are_refused_even_where_the_digest_is_right(kind, value):
    def change(notebook):
        notebook["cells"][1]["metadata"]["course"][kind] = value

    try:
        run = kept_run(
            resealed(change) if value != 1e999 else json.dumps(json.loads(TEXT) | {"cells": value})
        )
    except KeptRunFault:
        return
    fine = {"key": str, "reason": str, "seconds": float, "meaningful": bool}
    assert isinstance(getattr(run.cells[0], kind), fine[kind])


def test_an_output_nested_deeply_is_refused():
    nested = []
    for _ in range(150):
        nested = [nested]
    with pytest.raises(KeptRunFault, match="deeply"):
        kept_run(
            resealed(
                lambda nb: nb["cells"][3]["outputs"][0]["data"].update({"application/json": {"a": nested}})
            )
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        '{"metadata":' * 50_000,
        "9" * 10_000,
        "NaN",
        '"\\ud800"',
        b"\xff\xfe",
        b"\0" * 9,
    ],
)
def test_what_is_no_notebook_is_refused(text):
    with pytest.raises(KeptRunFault):
        kept_run(text)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(TEXT.rstrip()) - 1))
def test_a_truncated_notebook_is_refused(end):
    with pytest.raises(KeptRunFault):
        kept_run(TEXT[:end])


PLACES = [
    at for at in range(len(TEXT)) if TEXT.startswith(("one", "three", PIXEL, "NameError", "Figure"), at)
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PLACES), st.integers(0, 2), st.sampled_from("abcxyz019 ABC/é"))
def test_a_changed_sign_of_an_output_is_refused(place, shift, sign):
    at = place + shift
    changed = TEXT[:at] + sign + TEXT[at + 1 :]
    if changed == TEXT:
        assert kept_run(changed) == RUN
        return
    with pytest.raises(KeptRunFault):
        kept_run(changed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["metadata", "course", "cells", "outputs", "data", "text", "source", "key", "state", "x"]) | st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.binary() | st.text() | JSON.map(json.dumps))
def test_anything_is_a_run_or_a_fault(text):
    with pytest.raises(KeptRunFault):
        kept_run(text)


def _paths(value, path=()):
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield from _paths(each, (*path, key))


PATHS = [path for path in _paths(json.loads(TEXT)) if path]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATHS), JSON)
def test_anything_anywhere_is_a_run_or_a_fault(path, value):
    """The digest is made right again, so that what stands behind it is reached."""
    notebook = json.loads(TEXT)
    inside = notebook
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    try:
        notebook["metadata"]["course"]["digest"] = content_digest(notebook)
    except (TypeError, KeyError, ValueError, AttributeError):
        return
    try:
        run = kept_run(json.dumps(notebook))
    except KeptRunFault:
        return
    assert isinstance(run, Run)
    for cell in run.cells:
        assert all(isinstance(each.text, str) and isinstance(each.metadata, dict) for each in cell.outputs)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
PAIRS = st.dictionaries(TEXTS, TEXTS, max_size=3).map(lambda made: tuple(sorted(made.items())))
SECONDS = st.integers(0, 10_000_000).map(lambda each: each / 1000)
CELLS = st.builds(
    CellRun,
    TEXTS,
    TEXTS.map(lambda code: f"{code}\n"),
    st.sampled_from([RAN, RAISED, FAILED, SKIPPED, LOST]),
    st.lists(TEXTS.map(printed), max_size=3).map(tuple),
    SECONDS,
    TEXTS,
    st.booleans(),
)
RUNS = st.builds(
    Run,
    TEXTS,
    TEXTS,
    st.lists(CELLS, max_size=4).map(tuple),
    st.builds(Depends, TEXTS, PAIRS, PAIRS, PAIRS, TEXTS, PAIRS),
    st.builds(Checked, TEXTS, TEXTS, PAIRS, st.booleans(), TEXTS, SECONDS),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RUNS)
def test_any_run_is_read_as_it_was_written(run):
    assert kept_run(text_of(run)) == run


def test_where_a_run_lies():
    assert run_path(Settings(kept_runs="kept_runs"), "en", "chapter1/1") == "kept_runs/en/chapter1/1.ipynb"
    assert run_path(Settings(), "en", "chapter1/1") == "notebooks/en/chapter1/1.ipynb"
