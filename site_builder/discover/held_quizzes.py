"""Which quizzes are graded, and by which rules: what the settings say, put on the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.quiz import Rules
from site_builder.model.source import Source

if TYPE_CHECKING:
    from site_builder.discover.course_settings import Given
    from site_builder.model.course import Edition
    from site_builder.model.settings import Settings

ALL = "all"
"""In the setting `graded`: every quiz that an outline marks with `quiz:`."""


def with_quizzes(
    editions: tuple[Edition, ...], given: Given
) -> tuple[tuple[Edition, ...], tuple[Finding, ...]]:
    """Set on each page whether it is a graded quiz, in all languages alike, and the settings' rules; find names of no page."""
    settings = given.settings
    ids = frozenset(page.id for edition in editions for page in edition.pages)
    marked = {page.id for edition in editions for page in edition.pages if page.quiz is not None}
    findings = _unknown(given, ids) if editions else ()
    wanted = {*settings.graded, *(marked if ALL in settings.graded else ())}
    graded = wanted if settings.quiz_server else set()
    rules = rules_of(settings)
    made = tuple(
        replace(
            edition,
            pages=tuple(replace(page, graded=page.id in graded, rules=rules) for page in edition.pages),
        )
        for edition in editions
    )
    return made, findings


def rules_of(settings: Settings) -> Rules:
    """Give the rules that settings set for all quizzes."""
    return Rules(
        scoring=settings.scoring,
        attempts=int(settings.attempts),
        pass_mark=float(settings.pass_mark) / 100,
        shuffle=settings.shuffle == "on",
        explanations=settings.explanations,
    )


def _unknown(given: Given, ids: frozenset[str]) -> tuple[Finding, ...]:
    place = given.places.get("graded", Source("mkdocs.yml", "").whole)
    findings = [
        Finding(
            "bad-setting",
            place.find(each),
            f"`graded` names `{each}`, which is no page",
            did_you_mean(each, sorted(ids)) or "name a page of the outline, such as `chapter1/quiz`",
        )
        for each in given.settings.graded
        if each != ALL and each not in ids
    ]
    if given.settings.graded and not given.settings.quiz_server:
        message = "`graded` names quizzes, and there is no `quiz_server`"
        help_text = (
            "write its address as `quiz_server: https://quiz.example.org`; until then they are self-checks"
        )
        findings.append(Finding("bad-setting", place, message, help_text))
    return tuple(findings)
