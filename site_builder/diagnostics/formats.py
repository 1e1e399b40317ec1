"""A report as text for people, and as the formats that other programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from site_builder import __version__
from site_builder.diagnostics.codes import CODES
from site_builder.diagnostics.frame import frame, has_lines, paint, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.diagnostics.report import Report
    from site_builder.model.source import Span

GITHUB_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(report: Report, *, prefix: str = "", colour: bool = False, width: int = 100) -> str:
    """Give each finding with its frame, and the sum at the end."""
    frames = [frame(each, prefix=prefix, colour=colour, width=width) for each in report.findings]
    return "\n\n".join([*frames, summary(report, colour=colour)])


def summary(report: Report, *, colour: bool = False) -> str:
    """Give the sum in words, such as `2 errors, 1 note in 3 files`."""
    parts = [
        paint(f"{count} {severity}{'s' if count > 1 else ''}", severity, colour=colour)
        for severity, count in report.counts.items()
        if count
    ]
    if not parts:
        return paint("no findings", "help", colour=colour)
    return f"{', '.join(parts)} in {report.files} file{'s' if report.files > 1 else ''}"


def as_github(report: Report, *, prefix: str = "") -> str:
    """Give the workflow commands that GitHub shows beside the lines of a pull request."""
    return "\n".join(_command(each, prefix) for each in report.findings)


def _command(finding: Finding, prefix: str) -> str:
    span = finding.span
    place = {"file": prefix + span.source.path}
    if has_lines(span):
        line, column, end_line, end_column = region(span)
        place |= {"line": str(line), "endLine": str(end_line)}
        if line == end_line:  # GitHub refuses columns on several lines
            place |= {"col": str(column), "endColumn": str(end_column)}
    place["title"] = finding.code
    text = f"{finding.message}; {finding.help}" if finding.help else finding.message
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in place.items())
    return f"::{GITHUB_LEVELS[finding.severity]} {properties}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """Escape what would end a workflow command, so that a chapter cannot give any."""
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return visible(text)


def as_json(report: Report, *, prefix: str = "") -> str:
    """Give the findings as a JSON object; lines and columns count from 1, columns in code points."""
    findings = [
        {
            "code": each.code,
            "severity": each.severity,
            "message": each.message,
            "help": each.help or None,
            **_place(each.span, prefix),
            "notes": [{"message": text, **_place(span, prefix)} for span, text in each.notes],
        }
        for each in report.findings
    ]
    return json.dumps(
        {"version": 1, "counts": report.counts, "findings": findings}, ensure_ascii=False, indent=2
    )


def _place(span: Span, prefix: str) -> dict[str, Any]:
    names = ("line", "column", "end_line", "end_column")
    numbers = region(span) if has_lines(span) else (None,) * 4
    return {"path": prefix + span.source.path, **dict(zip(names, numbers, strict=True))}


def region(span: Span) -> tuple[int, int, int, int]:
    """Give first line, first column, last line and the column behind the last letter, all from 1."""
    end = max(span.start, span.end)
    while end > span.start and span.source.text[end - 1] in "\r\n":
        end -= 1
    return span.line, span.column, *span.source.position(end)


def as_sarif(report: Report, *, prefix: str = "") -> str:
    """Give the findings as SARIF 2.1.0, which code hosts and editors read."""
    used = sorted({each.code for each in report.findings})
    run = {
        "tool": {
            "driver": {"name": "course", "version": __version__, "rules": [_rule(code) for code in used]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, used, prefix) for each in report.findings],
    }
    return json.dumps(
        {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
    )


def _rule(code: str) -> dict[str, Any]:
    told = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": told.summary},
        "fullDescription": {"text": told.explanation},
        "defaultConfiguration": {"level": told.severity},
    }


def _result(finding: Finding, used: list[str], prefix: str) -> dict[str, Any]:
    text = f"{finding.message}; {finding.help}" if finding.help else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": used.index(finding.code),
        "level": finding.severity,
        "message": {"text": text},
        "locations": [_location(finding.span, prefix)],
    }
    if finding.notes:
        related = ({**_location(span, prefix), "message": {"text": text}} for span, text in finding.notes)
        result["relatedLocations"] = [{"id": number, **each} for number, each in enumerate(related, 1)]
    return result


def _location(span: Span, prefix: str) -> dict[str, Any]:
    artifact = {"uri": quote(prefix + span.source.path), "uriBaseId": "%SRCROOT%"}
    if not has_lines(span):
        return {"physicalLocation": {"artifactLocation": artifact}}
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return {
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": dict(zip(names, region(span), strict=True)),
        }
    }


def explain(code: str) -> str:
    """Tell what a code means.

    Raises:
        KeyError: There is no such code.
    """
    told = CODES[code]
    return f"{told.severity}[{code}]: {told.summary}\n\n{told.explanation}"


FORMATS: dict[str, Callable[..., str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "sarif": as_sarif,
}
"""Formats by the name that the command line has for them; each takes a report and a `prefix` of paths."""
