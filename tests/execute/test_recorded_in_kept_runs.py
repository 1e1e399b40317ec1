"""What an author wrote as output stands in a kept run where the cell gave nothing of its own."""

from __future__ import annotations

import pytest

from site_builder.execute.kept.kept_runs import notebook_with
from site_builder.model.course import Page
from site_builder.model.notebook import Output
from site_builder.model.run import FAILED, RAN, SKIPPED, CellRun, Checked, Depends, Run
from site_builder.model.source import Source
from site_builder.parse.stage import parse
from site_builder.render.notebooks.notebook_file import notebook_of

GIVEN = (Output("stream", "5\n", name="stdout"),)


@pytest.mark.parametrize(
    ("state", "outputs", "meaningful", "options", "stays"),
    [
        (RAN, GIVEN, True, "", False),
        (RAN, GIVEN, False, "", True),
        (RAN, (), True, "", True),
        (SKIPPED, (), True, "", True),
        (FAILED, GIVEN, True, "", True),
        (RAN, GIVEN, True, " output=both", True),
    ],
)
def test_recorded_output_stays_where_there_is_no_other(state, outputs, meaningful, options, stays) -> None:
    source = Source("en/a.mdx", f"# T\n\n```python{options}\nf()\n```\n\n```python out\n4\n```\n\nend\n")
    notebook = notebook_of(parse(source)[0], Page("a", "T", "en", source, "en"))
    cells = (CellRun("k", "f()\n", state, outputs, meaningful=meaningful),)
    made = notebook_with(Run("a", "en", cells, Depends(), Checked("2026-11-23")), notebook)
    texts = ["".join(each["source"]) for each in made["cells"]]
    assert any("4" in each for each in texts) is stays
    assert texts[-1] == "end"
