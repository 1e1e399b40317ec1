"""All findings of a build: sorted, each once, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from site_builder.diagnostics.diagnostic import Finding

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Report:
    """The findings of a build or a check, by place, without duplicates.

    Args:
        findings: In any order, possibly with repetitions.
    """

    findings: tuple[Finding, ...] = field(default=())

    def __post_init__(self) -> None:
        """Put the findings in order; a fault that several passes met is one."""
        first: dict[tuple[object, ...], Finding] = {}
        for each in self.findings:
            first.setdefault((each.span.source.path, each.span.start, each.code, each.message), each)
        object.__setattr__(self, "findings", tuple(sorted(first.values(), key=_place)))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, errors first."""
        counted = Counter(each.severity for each in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    @property
    def files(self) -> int:
        """How many files have findings."""
        return len({each.span.source.path for each in self.findings})

    def of(self, *severities: str) -> tuple[Finding, ...]:
        """Give the findings of some severities."""
        return tuple(each for each in self.findings if each.severity in severities)

    def only(self, wanted: Callable[[Finding], bool]) -> Report:
        """Give the report of the findings that are `wanted`."""
        return Report(tuple(each for each in self.findings if wanted(each)))

    def joined(self, more: Iterable[Finding]) -> Report:
        """Give the report with `more` findings."""
        return Report((*self.findings, *more))

    def exit_code(self, *, strict: bool = False) -> int:
        """Give 1 where there are errors or warnings, else 0; where `strict`, also for notes."""
        counts = self.counts
        return int(bool(counts["error"] or counts["warning"] or (strict and counts["note"])))


def _place(finding: Finding) -> tuple[object, ...]:
    return (
        *_natural(finding.span.source.path),
        finding.span.start,
        SEVERITIES.index(finding.severity),
        finding.code,
    )


def _natural(path: str) -> tuple[tuple[int | str, ...], str]:
    """Sort `chapter10` behind `chapter9`: digits count as numbers."""
    parts: list[int | str] = []
    word = number = ""
    for sign in path:
        if sign.isascii() and sign.isdigit():
            number += sign
            continue
        if number:
            parts += [word, int(number)]
            word = number = ""
        word += sign
    parts += [word, int(number or -1)]
    return tuple(parts), path
