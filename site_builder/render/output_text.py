"""Text that code printed, and tracebacks: short ones as they are, long ones folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.draft import Fragment
from site_builder.render.escaping import escaped
from site_builder.render.terminal_text import plain_lines, terminal_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LINES, _SHOWN_LINES = 25, 15
"""A longer text is folded; then so many lines are seen at once."""
_TRACE_LINES, _TRACE_END = 12, 6
"""The same for tracebacks, of which the end is seen."""
_LINES_ON_A_PAGE = 2_000
_LONGEST_LINE = 4_000
_SEARCHED = 2_000
"""How many characters of an output the search knows: nobody looks for line 3000 of what a cell printed."""


def text_html(text: str, classes: str = "") -> Fragment:
    """Give a text as terminals show it; nothing where it is empty."""
    lines = terminal_lines(text)
    if not any(lines):
        return Fragment("", "")
    if len(lines) <= _MOST_LINES:
        html = _pre(lines, classes)
    else:
        rest = lines[_SHOWN_LINES:_LINES_ON_A_PAGE]
        left = len(lines) - _LINES_ON_A_PAGE
        note = (
            f'<p class="course-output__note">{word("The other {number} lines stand in the notebook.", number=left)}</p>'
            if left > 0
            else ""
        )
        shown = word("Show all {number} lines", number=len(lines))
        fold = folded(shown, _pre(rest, classes) + note, word("Show fewer lines"))
        html = f'<div class="course-long">{_pre(lines[:_SHOWN_LINES], classes)}{fold}</div>'
    return Fragment(html, "" if classes else searched_text(plain_lines(text)[:_SHOWN_LINES]))


def trace_html(text: str, name: str = "") -> Fragment:
    """Give a traceback; of a long one, what follows the exception's `name` is seen at once."""
    lines = terminal_lines(text)
    if not any(lines):
        return Fragment("", "")
    plain = plain_lines(text)
    start = _last_part(plain, name)
    search = searched_text(plain[start:])
    if len(lines) <= _TRACE_LINES or not start:
        return Fragment(_pre(lines[:_LINES_ON_A_PAGE]), search)
    fold = folded(word("Show the whole traceback"), _pre(_trimmed(lines[:start])))
    return Fragment(f'<div class="course-trace">{fold}{_pre(lines[start:])}</div>', search)


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    """Give the last of `lines` that a page has room for, without empty ones at the end."""
    end = max((at for at, line in enumerate(lines, 1) if line.strip()), default=0)
    return lines[max(0, end - _LINES_ON_A_PAGE) : end]


def _last_part(lines: Sequence[str], name: str) -> int:
    """Find where a traceback tells what went wrong: the last line that begins with the exception's name, or else the last one."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=0)
    nearest = max(0, last - _TRACE_END + 1)
    named = [at for at in range(nearest, last + 1) if name and lines[at].startswith(name)]
    return named[-1] if named else last


def folded(label: str, inner: str, open_label: str = "", kind: str = "") -> str:
    """Give HTML of ours that is folded away; `open_label` is what the switch says when it is open."""
    said = f"<span>{label}</span><span>{open_label}</span>" if open_label else label
    classes = f"course-fold {kind}".rstrip()
    return f'<details class="{classes}"><summary>{said}</summary>{inner}</details>'


def searched_text(lines: Sequence[str]) -> str:
    """Give what the search knows of a text."""
    text = "\n".join(lines)[:_SEARCHED]
    return f"<pre><code>{escaped(text)}</code></pre>" if text.strip() else ""


def _pre(lines: Sequence[str], classes: str = "") -> str:
    opening = f'<pre class="{classes}">' if classes else "<pre>"
    return f"{opening}<code>{chr(10).join(map(_cut, lines))}\n</code></pre>"


def _cut(line: str) -> str:
    """Shorten a line that no one reads; one with colours is left, as its tags must stay whole."""
    return line if len(line) <= _LONGEST_LINE or "<" in line else _without_half_entity(line[:_LONGEST_LINE])


def _without_half_entity(text: str) -> str:
    start = text.rfind("&", len(text) - 8)
    return (text if start < 0 or ";" in text[start:] else text[:start]) + "…"
