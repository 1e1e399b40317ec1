"""Resolve over real courses: the faults that they have are found, and no others."""

from __future__ import annotations

from collections import Counter

import pytest

from site_builder.discover.stage import discover
from site_builder.keep.page_work import find_facts
from site_builder.model.document import Element, Heading
from site_builder.model.tree import walk
from site_builder.parse.stage import parse
from site_builder.pipeline import draw_atlases
from site_builder.resolve.stage import resolve

EXPECTED = {
    "audio-course": {"dead-link": 11, "malformed-link": 2},
    "llm-course-sample": {"dead-link": 13, "all-choices-correct": 4, "other-questions": 8},
}


@pytest.mark.corpora
@pytest.mark.parametrize("name", EXPECTED)
def test_the_faults_of_a_real_course(corpora, name):
    course, _ = discover(corpora / name)
    pages = [page for edition in course.editions for page in edition.pages if not page.is_fallback]
    places = [(page.language, page.id) for page in pages]
    atlases = draw_atlases(course, dict(zip(places, find_facts(pages), strict=True)))
    found = Counter()
    for page in pages:
        original = parse(page.made_from)[0] if page.made_from else None
        document, findings = resolve(parse(page.source)[0], page, atlases[page.language], original)
        found.update(finding.code for finding in findings)
        blocks = list(walk(document.blocks))
        assert [each.name for each in blocks if isinstance(each, Element)] == []
        anchors = [
            id_ for each in blocks if isinstance(each, Heading) for id_ in (each.anchor, *each.aliases)
        ]
        assert len(anchors) == len(set(anchors))
        assert "" not in anchors
    found.pop("no-explanation", None)
    assert found == EXPECTED[name]
