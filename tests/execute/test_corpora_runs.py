from __future__ import annotations

from time import perf_counter

import pytest
from made_runs import cell_run, run_of

from site_builder.discover.stage import discover
from site_builder.execute.attach import attach
from site_builder.execute.tasks import page_task
from site_builder.model.run import RAN, SKIPPED
from site_builder.model.tree import cells_of
from site_builder.parse.stage import parse

pytestmark = pytest.mark.corpora
PATH = "notebooks/made.ipynb"


class Read:
    """A course, its documents by path, and runs of the original's pages in which each cell printed its own number."""

    def __init__(self, folder):
        self.course, _ = discover(folder)
        self.pages = [
            each for edition in self.course.editions for each in edition.pages if not each.is_fallback
        ]
        self.documents = {each.source.path: parse(each.source)[0] for each in self.pages}
        self.runs = {each.id: self.run(each) for each in self.course.original.pages}

    def run(self, page):
        task = page_task(self.documents[page.source.path], page, "", self.course.settings)
        cells = [
            cell_run(each.code, "" if each.skip else f"{page.id} {at}", SKIPPED if each.skip else RAN)
            for at, each in enumerate(task.cells)
        ]
        return run_of(*cells, page=page.id)

    def attached(self, page, runs):
        original = self.documents[page.made_from.path] if page.made_from else None
        return attach(self.documents[page.source.path], page, original, runs.get(page.id), PATH)


@pytest.mark.parametrize(("name", "share"), [("audio-course", 0.93), ("llm-course-sample", 0.55)])
def test_most_translated_cells_show_what_the_original_s_gave(corpora, name, share):
    course = Read(corpora / name)
    fresh = total = 0
    for page in course.pages:
        document, findings = course.attached(page, course.runs)
        cells = list(cells_of(document))
        if page.language == course.course.original.language:
            ran = sum(each.state == RAN for each in course.runs[page.id].cells)
            assert (sum(each.outputs_from == PATH for each in cells), findings) == (ran, ())
            continue
        total += len(cells)
        fresh += sum(each.outputs_from == PATH for each in cells)
        assert {each.code for each in findings} <= {"differing-cell"}
    assert total > 200
    assert fresh / total > share, f"{fresh} of {total}"


def test_pages_without_runs_cost_nothing(corpora):
    course = Read(corpora / "audio-course")
    start = perf_counter()
    for page in course.pages:
        assert course.attached(page, {})[0] is course.documents[page.source.path]
    assert (perf_counter() - start) / len(course.pages) < 0.001
