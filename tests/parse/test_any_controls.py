from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.controls import OUTPUTS, Controls, PageControls
from site_builder.model.source import Source
from site_builder.model.written_values import line_of_key
from site_builder.parse.cell_controls import EXAMPLES, FLAGS, fence_controls, tag_controls, words_of
from site_builder.parse.page_controls import page_controls
from site_builder.parse.stage import parse

PIECES = st.sampled_from(
    [
        *FLAGS,
        *EXAMPLES,
        *OUTPUTS,
        "=",
        '"',
        "'",
        "{",
        "}",
        " ",
        ",",
        "x",
        "NameError",
        "60",
        "norun",
        "-1",
        "*",
    ]
)
INFO = st.text() | st.lists(PIECES, max_size=20).map("".join)


@settings(max_examples=500, deadline=None)
@given(INFO)
def test_any_words_on_a_fence(info):
    words = words_of(info)
    assert "".join(words) == "".join(info.split()) or any(sign in info for sign in "\"'{")
    source = Source("chapters/en/chapter1/1.mdx", f"```py {info}\na\n```\n")
    controls, findings = fence_controls(words, source.whole)
    assert controls.output in ("", *OUTPUTS)
    assert controls.timeout is None or 0 < controls.timeout < 1e8
    assert all(
        each.span.end <= source.text.index("\n", each.span.start) for each in findings if "\n" not in info
    )


@settings(max_examples=200, deadline=None)
@given(INFO)
def test_any_fence_gives_a_cell_or_code(info):
    parse(Source("chapters/en/chapter1/1.mdx", f"# T\n\n```py {info}\na\n```\n"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["run", "run_after", "kernel", "environment", "network", "timeout", "memory", "runAfter", "title"]
)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(KEYS | st.text(), VALUES, max_size=6))
def test_any_front_matter(front):
    controls, findings = page_controls(front, Source("chapters/en/chapter1/1.mdx", "---\nrun: 1\n---\n"))
    assert controls.timeout is None or (controls.timeout > 0 and math.isfinite(controls.timeout))
    assert controls.memory is None or controls.memory >= 2**20
    assert {each.code for each in findings} <= {"page-setting"}


def test_numbers_beyond_all_measure():
    front = {"memory": 16**9000, "timeout": 16**9000, "run": 16**9000, "kernel": [[16**9000]]}
    controls, findings = page_controls(front, Source("1.mdx", ""))
    assert (controls, len(findings)) == (PageControls(), 4)


@settings(max_examples=200, deadline=None)
@given(VALUES | st.fixed_dictionaries({"tags": VALUES | st.lists(INFO), "jupyter": VALUES}))
def test_any_metadata_of_a_notebook_s_cell(metadata):
    controls, _ = tag_controls(metadata, Source("1.ipynb", "x").whole)
    assert isinstance(controls, Controls)


def test_where_a_key_stands():
    source = Source("1.mdx", "---\r\ntitle: run: no\r\n  'run' : false  \r\n---\r\n# run: x\r\n")
    assert line_of_key(source, "run").text == "run' : false"
    assert line_of_key(source, "title").text == "title: run: no"
    assert line_of_key(source, "kernel").text == "---"
