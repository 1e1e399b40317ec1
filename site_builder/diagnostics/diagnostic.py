"""A finding: something wrong, with a code and a span."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from site_builder.diagnostics.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.model.source import Span


@dataclass(frozen=True)
class Finding:
    """Something wrong in a course's content.

    `code` stands in `codes.CODES` (KeyError otherwise), which gives the severity. `message` is one lower-case phrase
    with names in backticks that says what is wrong here; `help` is an action. `notes` point at further places.
    """

    code: str
    span: Span
    message: str
    help: str = ""
    notes: tuple[tuple[Span, str], ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse a code that the table does not have."""
        CODES[self.code]

    @property
    def severity(self) -> str:
        """`error`, `warning` or `note`."""
        return CODES[self.code].severity


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give ``did you mean `x`?`` for the known name that is nearest to `name`, or an empty string."""
    folded = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
    return f"did you mean `{folded[near[0]]}`?" if near else ""
