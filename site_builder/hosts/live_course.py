"""A course while it is being written: what changed is made again at once, the rest when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from site_builder.diagnostics.report import Report
from site_builder.discover.stage import discover
from site_builder.keep.cache import Cache
from site_builder.keep.page_record import Facts, MadePage, facts_key, recall
from site_builder.keep.page_work import find_facts, make_pages
from site_builder.pipeline import Build, body_keys, build, draw_atlases, silent

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.artifact import Body
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Course, Page
    from site_builder.pipeline import Progress

Place = tuple[str, str]


@dataclass
class LiveCourse:
    """The course in `folder`; `course` and `report` are those of the last `refresh`."""

    folder: Path
    overrides: Mapping[str, object] | None = None
    course: Course = field(init=False)
    report: Report = field(init=False)
    _kept: Cache = field(init=False)
    _atlases: dict[str, Atlas] = field(init=False, default_factory=dict)
    _keys: dict[Place, str] = field(init=False, default_factory=dict)
    _pages: dict[Place, Page] = field(init=False, default_factory=dict)
    _facts: dict[str, Facts] = field(init=False, default_factory=dict)
    _made: dict[str, MadePage] = field(init=False, default_factory=dict)
    _last: dict[Place, MadePage] = field(init=False, default_factory=dict)

    def start(self, *, jobs: int | None = None, progress: Progress = silent) -> None:
        """Make the whole course once, with all cores; what is kept is not made again."""
        self._kept = Cache.of_course(self.folder)
        first = build(self.folder, self.overrides, jobs=jobs, progress=progress)
        self._last = {place: MadePage(body) for place, body in first.bodies.items()}
        self.refresh()

    def refresh(self) -> None:
        """Look at the folder again, and make the pages whose text has changed.

        Where there is no edition any more, as while files are being moved, the course stays as it was.
        """
        found, findings = discover(self.folder, self.overrides)
        if not found.editions and self._last:
            self.report = Report(findings)
            return
        self.course = found
        pages = [page for edition in self.course.editions for page in edition.pages if not page.is_fallback]
        keys = {(page.language, page.id): facts_key(page) for page in pages}
        fresh = self._find_facts(pages, keys)
        facts = {place: self._facts[key] for place, key in keys.items()}
        self._atlases = draw_atlases(self.course, facts)
        self._pages = {(page.language, page.id): page for page in pages}
        images = self.course.settings.remote_images
        self._keys = dict(zip(self._pages, body_keys(pages, self._atlases, images), strict=True))
        if not self._made:
            self._made = self._kept.get(self._keys.values(), MadePage)
            self._last.update(
                {place: self._made[key] for place, key in self._keys.items() if key in self._made}
            )
        for place in fresh:
            self.current(place)
        self.report = self._report(findings, facts)

    def _find_facts(self, pages: list[Page], keys: dict[Place, str]) -> list[Place]:
        """Fill in the facts that are not known, and give the places of the pages that had to be read."""
        unknown = [key for key in keys.values() if key not in self._facts]
        if len(unknown) > 1:
            self._facts.update(self._kept.get(unknown, Facts))
        fresh = [page for page in pages if keys[page.language, page.id] not in self._facts]
        for page, found in zip(fresh, find_facts(fresh), strict=True):
            self._facts[keys[page.language, page.id]] = found
        return [(page.language, page.id) for page in fresh]

    def _report(self, findings: tuple[Finding, ...], facts: dict[Place, Facts]) -> Report:
        sources = {page.source.path: page.source for page in self._pages.values()}
        made = [self._last[place] for place in self._pages if place in self._last]
        records = [*(each.findings for each in facts.values()), *(each.findings for each in made)]
        return Report((*findings, *recall(chain(*records), sources)))

    def current(self, place: Place) -> Body:
        """Give the body of the page at `place` (language, id) as it is now."""
        key = self._keys[place]
        if key not in self._made:
            page = self._pages[place]
            self._made[key] = make_pages([page], self._atlases, self.course.settings.remote_images)[0]
        self._last[place] = self._made[key]
        return self._last[place].body

    def as_build(self) -> Build:
        """Give the course as a build, whose bodies may be those of a moment ago: good enough for lists of pages."""
        return Build(self.course, LastBodies(self), self.report)

    def own_place(self, place: Place) -> Place:
        """Give the place of the text that is shown at `place`: the original's for a fallback."""
        return place if place in self._pages else (self.course.original.language, place[1])

    def last(self, place: Place) -> Body:
        """Give the body that the page at `place` last had."""
        own = self.own_place(place)
        return self._last[own].body if own in self._last else self.current(own)


@dataclass(frozen=True)
class LastBodies(Mapping[Place, "Body"]):
    """The bodies that the pages of a live course last had."""

    live: LiveCourse

    def __getitem__(self, place: Place) -> Body:
        return self.live.last(place)

    def __iter__(self) -> Iterator[Place]:
        return ((each.language, page.id) for each in self.live.course.editions for page in each.pages)

    def __len__(self) -> int:
        return sum(len(edition.pages) for edition in self.live.course.editions)
