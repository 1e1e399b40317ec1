"""What is kept of a page, and the keys under which it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.keep.cache import key_of
from site_builder.model.artifact import Body  # noqa: TC001 - read by msgspec
from site_builder.model.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.model.course import Page

Place = tuple[str, int, int]


@dataclass(frozen=True)
class FindingRecord:
    """A finding without its sources: a place is (path, start, end)."""

    code: str
    place: Place
    message: str
    help: str
    notes: tuple[tuple[Place, str], ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the rest of the course needs to know of a page: all ids on it, and where it links to."""

    anchors: tuple[str, ...]
    addresses: tuple[str, ...]
    findings: tuple[FindingRecord, ...] = ()


@dataclass(frozen=True)
class MadePage:
    """A page's body and what was found while it was made."""

    body: Body
    findings: tuple[FindingRecord, ...] = field(default=())


def records_of(findings: Iterable[Finding]) -> tuple[FindingRecord, ...]:
    """Give `findings` as records."""
    return tuple(
        FindingRecord(
            each.code,
            _place(each.span),
            each.message,
            each.help,
            tuple((_place(span), text) for span, text in each.notes),
        )
        for each in findings
    )


def recall(records: Iterable[FindingRecord], sources: Mapping[str, Source]) -> tuple[Finding, ...]:
    """Give the findings that `records` stand for; `sources` are by path."""

    def span(place: Place) -> Span:
        path, start, end = place
        return Span(sources.get(path) or Source(path, ""), start, end)

    return tuple(
        Finding(
            each.code,
            span(each.place),
            each.message,
            each.help,
            tuple((span(p), text) for p, text in each.notes),
        )
        for each in records
    )


def _place(span: Span) -> Place:
    return span.source.path, span.start, span.end


def facts_key(page: Page) -> str:
    """Give the key of a page's facts."""
    return key_of("facts", page.source.path, page.source.digest, page.made_from and page.made_from.digest)


def page_key(page: Page, atlas_digest: str, remote_images: str) -> str:
    """Give the key of a page's body; `atlas_digest` stands for everything that it may link to."""
    identity = (
        page.id,
        page.title,
        page.address,
        page.quiz,
        page.framework,
        page.twins,
        page.graded,
        page.rules,
    )
    runs = tuple(each and (each.path, each.digest) for each in (page.run, page.own_run))
    return key_of("body", facts_key(page), identity, runs, atlas_digest, remote_images)
