"""The whole on one screen: a folder becomes a course, its pages become bodies, and what is wrong a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from site_builder.diagnostics.report import Report
from site_builder.discover.stage import discover
from site_builder.keep.cache import Cache, key_of
from site_builder.keep.page_record import Facts, MadePage, facts_key, page_key, recall
from site_builder.keep.workers import Workers, shares, usable_cores
from site_builder.model.atlas import Atlas
from site_builder.resolve.links import guess_own_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.artifact import Body
    from site_builder.model.course import Course, Edition, Page

    Progress = Callable[[str, int, int], None]

Value = TypeVar("Value", Facts, MadePage)


@dataclass(frozen=True)
class Build:
    """A course whose pages are made: `bodies` by language and page id, a fallback's is the original's.

    `key` stands for all that they were made from; `kept` is where the results are kept.
    """

    course: Course
    bodies: Mapping[tuple[str, str], Body]
    report: Report
    key: str = ""
    kept: Cache = field(default_factory=lambda: Cache(None))


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def check(
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    *,
    jobs: int | None = None,
    progress: Progress = silent,
) -> tuple[Course, Report]:
    """Give the course in `folder` and all that is wrong in it."""
    made = build(folder, overrides, jobs=jobs, progress=progress)
    return made.course, made.report


def build(
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    *,
    jobs: int | None = None,
    cache: bool = True,
    progress: Progress = silent,
) -> Build:
    """Make all pages of the course in `folder`, in `jobs` processes (default: one a core)."""
    course, findings = discover(folder, overrides)
    return make(
        course, findings, Cache.of_course(folder) if cache else Cache(None), jobs=jobs, progress=progress
    )


def make(
    course: Course,
    findings: Iterable[Finding],
    kept: Cache,
    *,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Build:
    """Make all pages of `course`; what `kept` has is not made again."""
    pages = [page for edition in course.editions for page in edition.pages if not page.is_fallback]
    with Workers(min(jobs or usable_cores(), max(1, len(pages) // 8))) as workers:
        facts = _made(
            pages, [facts_key(page) for page in pages], Facts, kept, workers, "Reading", progress, _find_facts
        )
        atlases = draw_atlases(course, dict(zip(_places(pages), facts, strict=True)))
        images = course.settings.remote_images
        keys = body_keys(pages, atlases, images)
        made = _made(
            pages, keys, MadePage, kept, workers, "Rendering", progress, _make_pages, atlases, images
        )
    sources = {each.path: each for page in pages for each in (page.source, page.made_from) if each}
    records = [*(each.findings for each in facts), *(each.findings for each in made)]
    report = Report((*findings, *recall(chain(*records), sources)))
    bodies = _for_every_page(course, dict(zip(_places(pages), made, strict=True)))
    return Build(course, bodies, report, _course_key(course, keys), kept)


def find_atlases(
    course: Course, kept: Cache, *, jobs: int | None = None, progress: Progress = silent
) -> dict[str, Atlas]:
    """Give each edition's atlas, by language; pages whose facts `kept` has are not parsed."""
    pages = [page for edition in course.editions for page in edition.pages if not page.is_fallback]
    keys = [facts_key(page) for page in pages]
    with Workers(min(jobs or usable_cores(), max(1, len(pages) // 8))) as workers:
        facts = _made(pages, keys, Facts, kept, workers, "Reading", progress, _find_facts)
    return draw_atlases(course, dict(zip(_places(pages), facts, strict=True)))


def _find_facts(pages: Sequence[Page]) -> list[Facts]:
    from site_builder.keep.page_work import find_facts  # noqa: PLC0415 - loaded by `_made`

    return find_facts(pages)


def _make_pages(pages: Sequence[Page], atlases: Mapping[str, Atlas], remote_images: str) -> list[MadePage]:
    from site_builder.keep.page_work import forget, make_pages  # noqa: PLC0415 - loaded by `_made`

    made = make_pages(pages, atlases, remote_images)
    forget()
    return made


def _made(
    pages: Sequence[Page],
    keys: Sequence[str],
    kind: type[Value],
    kept: Cache,
    workers: Workers,
    stage: str,
    progress: Progress,
    work: Callable[..., list[Value]],
    *context: object,
) -> list[Value]:
    """Give each page's value: the kept one, or else the one that a worker makes; new ones are kept."""
    found = kept.get(keys, kind)
    progress(stage, len(found), len(pages))
    if len(found) == len(set(keys)):
        return [found[key] for key in keys]
    # Loaded here, once: the processes that start now have it then.
    import site_builder.keep.page_work  # noqa: F401, PLC0415 - an unchanged course needs no parser

    groups = _groups(pages)
    share = [
        [index for group in each for index in groups[group] if keys[index] not in found]
        for each in shares(
            [sum(len(pages[index].source.text) for index in group) for group in groups], workers.jobs
        )
    ]
    futures = workers.start(work, [([pages[index] for index in each], *context) for each in share])
    fresh = {
        keys[index]: value
        for each, future in zip(share, futures, strict=True)
        for index, value in zip(each, future.result(), strict=True)
    }
    kept.put(fresh)
    progress(stage, len(pages), len(pages))
    return [found.get(key) or fresh[key] for key in keys]


def _groups(pages: Sequence[Page]) -> list[list[int]]:
    """Group the indices of pages by id, so that a process meets a code block in all languages at once."""
    groups: dict[str, list[int]] = {}
    for index, page in enumerate(pages):
        groups.setdefault(page.id, []).append(index)
    return list(groups.values())


def _places(pages: Iterable[Page]) -> list[tuple[str, str]]:
    return [(page.language, page.id) for page in pages]


def draw_atlases(course: Course, facts: Mapping[tuple[str, str], Facts]) -> dict[str, Atlas]:
    """Give each edition's atlas, by language."""
    ids = {page.id for edition in course.editions for page in edition.pages}
    own = course.settings.own_addresses or guess_own_addresses(
        [address for each in facts.values() for address in each.addresses], ids
    )
    languages = frozenset(edition.language for edition in course.editions)
    return {each.language: _atlas(course, each, facts, languages, own) for each in course.editions}


def _atlas(
    course: Course,
    edition: Edition,
    facts: Mapping[tuple[str, str], Facts],
    languages: frozenset[str],
    own: tuple[str, ...],
) -> Atlas:
    firsts: dict[str, str] = {}
    for page in edition.pages:
        firsts.setdefault(page.id.rpartition("/")[0] or page.id, page.id)
    return Atlas(
        language=edition.language,
        pages={page.id: page.address for page in edition.pages},
        firsts=firsts,
        anchors={page.id: frozenset(facts[page.source_language, page.id].anchors) for page in edition.pages},
        files=course.files,
        languages=languages,
        own_addresses=own,
        original=course.original.language,
    )


def body_keys(pages: Iterable[Page], atlases: Mapping[str, Atlas], remote_images: str) -> list[str]:
    """Give the key of each page's body; `atlases` are by language."""
    digests = {language: atlas_digest(atlas) for language, atlas in atlases.items()}
    return [page_key(page, digests[page.language], remote_images) for page in pages]


def atlas_digest(atlas: Atlas) -> str:
    """Give a digest of everything that an atlas tells."""
    anchors = sorted((page, sorted(ids)) for page, ids in atlas.anchors.items())
    return key_of(
        atlas.language, sorted(atlas.pages.items()), sorted(atlas.firsts.items()), anchors,
        sorted(atlas.files), sorted(atlas.languages), atlas.own_addresses, atlas.original,
    )  # fmt: skip


def _course_key(course: Course, keys: Sequence[str]) -> str:
    """Give a digest of the pages' own keys and of all that is not in them: the outlines and the settings."""
    editions = [
        (
            (each.language, each.direction, each.name, each.outline.source.digest),
            [(page.id, page.title, page.address, page.source_language) for page in each.pages],
        )
        for each in course.editions
    ]
    return key_of(course.title, course.settings, keys, editions)


def _for_every_page(course: Course, made: Mapping[tuple[str, str], MadePage]) -> dict[tuple[str, str], Body]:
    return {
        (edition.language, page.id): made[page.source_language, page.id].body
        for edition in course.editions
        for page in edition.pages
    }
