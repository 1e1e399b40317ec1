"""A page of a small course, and what resolve makes of its text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.model.atlas import Atlas
from site_builder.model.course import Page
from site_builder.model.source import Source
from site_builder.parse.stage import parse
from site_builder.resolve.headings import ids
from site_builder.resolve.stage import resolve

IDS = ("chapter1/1", "chapter1/hands_on", "chapter2/models", "chapter2/training", "events")


class SmallCourse:
    """Resolves texts as the page `chapter2/models` of the edition `language`."""

    def __init__(self, language: str = "en") -> None:
        self.atlas = Atlas(
            language,
            pages={each: each for each in IDS} | {"chapter2/training": "chapter2/train"},
            firsts={"chapter1": "chapter1/1", "chapter2": "chapter2/models", "events": "events"},
            anchors={each: frozenset({"start", "large-ones"}) for each in IDS},
            files=frozenset(
                {
                    f"chapters/{language}/chapter2/door.png",
                    "chapters/plan.png",
                    f"chapters/{language}/data.csv",
                }
            ),
            languages=frozenset({"en", "fr", "zh-CN"}),
            own_addresses=("https://huggingface.co/learn/doors", "/learn/doors", "/doors"),
            original="en",
        )

    def resolve(self, text: str, original: str | None = None):
        source = Source(f"chapters/{self.atlas.language}/chapter2/models.mdx", text)
        page = Page(
            "chapter2/models",
            "Models",
            self.atlas.language,
            source,
            self.atlas.language,
            address="chapter2/models",
        )
        document = parse(source)[0]
        first = (
            parse(Source("chapters/en/chapter2/models.mdx", original))[0] if original is not None else None
        )
        anchors = self.atlas.anchors | {"chapter2/models": frozenset(ids(document, first))}
        return resolve(document, page, replace(self.atlas, anchors=anchors), first)


@pytest.fixture
def small_course() -> SmallCourse:
    return SmallCourse()


@pytest.fixture
def french_course() -> SmallCourse:
    return SmallCourse("fr")
