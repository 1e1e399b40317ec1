"""What a page's front matter says about its quiz: `quiz:` with scoring, attempts, deadline and more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.quiz import EXPLANATIONS, SCORINGS
from site_builder.model.written_values import line_of_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from site_builder.model.source import Source

_LONGEST = 60
_MOST = 10**6

Read = tuple[Any, str]
"""A value, or `None` and what is wrong."""


def page_rules(front: Mapping[str, Any], source: Source) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Give what front matter says of the quiz, by the fields of `model.quiz.Rules`, and what is wrong with it."""
    if "quiz" not in front:
        return {}, ()
    written = front["quiz"]
    if not isinstance(written, dict):
        if isinstance(written, int) or written is None:
            return {}, ()  # the number of a chapter's quiz, as outlines have it
        help_text = "write what you want below it, such as `  attempts: 3`"
        finding = Finding("page-setting", line_of_key(source, "quiz"), "`quiz` is no mapping", help_text)
        return {}, (finding,)
    said: dict[str, Any] = {}
    findings = []
    for key, value in written.items():
        name = str(key)
        if name not in _READERS:
            message = f"`quiz` has no `{name[:_LONGEST]}`"
            known = ", ".join(f"`{each}`" for each in _READERS)
            help_text = did_you_mean(name, _READERS) or f"it can have {known}"
        else:
            read, fault = _READERS[name](value)
            if read is not None:
                said[name] = read
            if not fault:
                continue
            message, help_text = (
                f"`{name}` of `quiz` {fault}: `{_shown(value)}`",
                f"write it as `{_EXAMPLES[name]}`",
            )
        findings.append(Finding("page-setting", line_of_key(source, name), message, help_text))
    return said, tuple(findings)


def _shown(value: object) -> str:
    try:
        text = " ".join(str(value).split()).replace("`", "'")
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists
        return "…"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _one_of(known: tuple[str, ...]) -> Callable[[object], Read]:
    def read(value: object) -> Read:
        return (
            (value, "")
            if isinstance(value, str) and value in known
            else (None, f"is none of {', '.join(known)}")
        )

    return read


def _count(value: object) -> Read:
    fine = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    return (value, "") if fine else (None, "is no whole number")


def _percent(value: object) -> Read:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:  # noqa: PLR2004 - percent
        return float(value) / 100, ""
    return None, "is no percentage"


def _flag(value: object) -> Read:
    return (value, "") if isinstance(value, bool) else (None, "is neither `on` nor `off`")


def _moment(value: object) -> Read:
    """Read a date with a time and an offset; without an offset it is that of Greenwich, which is hardly meant."""
    try:
        moment = value if isinstance(value, date) else datetime.fromisoformat(str(value))
    except ValueError:
        return None, "is no date with a time"
    if not isinstance(moment, datetime):
        return None, "has no time"
    if moment.utcoffset() is None:
        return moment.replace(tzinfo=UTC).isoformat(), "has no offset"
    return moment.isoformat(), ""


_READERS: dict[str, Callable[[object], Read]] = {
    "scoring": _one_of(SCORINGS),
    "attempts": _count,
    "pass_mark": _percent,
    "shuffle": _flag,
    "explanations": _one_of(EXPLANATIONS),
    "deadline": _moment,
    "grace": _count,
}
"""For each field of the rules what reads its value."""

_EXAMPLES = {
    "scoring": "scoring: partial",
    "attempts": "attempts: 3",
    "pass_mark": "pass_mark: 70",
    "shuffle": "shuffle: on",
    "explanations": "explanations: last",
    "deadline": "deadline: 2030-01-31T18:00:00+01:00",
    "grace": "grace: 60",
}
