"""Under a page: what its cells were checked with, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.escaping import escaped, quoted
from site_builder.render.outputs.output_text import folded

if TYPE_CHECKING:
    from site_builder.model.run import Checked
    from site_builder.render.draft import Draft

_MOST = 6
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+!-]{0,60}")


def checked_line(draft: Draft) -> str:
    """Hold the line of a page that was run; a page that was not has none."""
    checked = draft.document.checked
    if checked is None or not _DATE.match(checked.date):
        return ""
    named = _packages(checked)
    python = [f"Python {'.'.join(checked.python.split('.')[:2])}"] if _PLAIN.fullmatch(checked.python) else []
    shown = ", ".join([*named[:_MOST], *python])
    date = checked.date[:10]
    line = word("Checked with {packages} on {date}.", packages=quoted(shown), date=date) if shown else date
    note = (
        word("Small stand-ins took the place of large or missing models and data when this code was run.")
        if checked.stand_ins
        else ""
    )
    more = _all(named) if len(named) > _MOST else ""
    html = f'<div class="course-checked"><p class="course-checked__line">{line}{" " if note else ""}{note}</p>{more}</div>'
    return draft.hold(html) + "\n"


def _packages(checked: Checked) -> list[str]:
    """Give the packages with their versions; what is no name or no version is passed over."""
    return [
        f"{name} {version}"
        for name, version in checked.packages
        if _PLAIN.fullmatch(name) and _PLAIN.fullmatch(version)
    ]


def _all(named: list[str]) -> str:
    items = "".join(f"<li>{escaped(each)}</li>" for each in named)
    return folded(
        word("All {number} packages", number=len(named)),
        f'<ul class="course-checked__list">{items}</ul>',
        kind="course-fold--packages",
    )
