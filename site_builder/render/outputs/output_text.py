"""Text that code printed, and tracebacks: short ones as they are, long ones folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.draft import Fragment
from site_builder.render.escaping import escaped
from site_builder.render.outputs.terminal_text import plain_lines, screen_lines, terminal_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LINES, _SHOWN_LINES = 25, 15
"""A longer text is folded; then so many lines are seen at once."""
_TRACE_LINES, _TRACE_END = 12, 6
"""The same for tracebacks, of which the end is seen."""
_LINES_ON_A_PAGE, _SIGNS_ON_A_PAGE, _LONGEST_LINE = 2_000, 400_000, 4_000
_SEARCHED = 2_000
"""How many characters of an output the search knows: nobody looks for line 3000 of what a cell printed."""


def text_html(text: str, classes: str = "") -> Fragment:
    """Give a text as terminals show it; nothing where it is empty."""
    given = screen_lines(text)
    raw = _with_room(given)
    plain = plain_lines(raw[:_SHOWN_LINES])
    lines = terminal_lines(raw)
    if not any(lines):
        return Fragment("", "")
    html = _pre(lines, classes) if len(given) <= _MOST_LINES else _folded_text(lines, len(given), classes)
    return Fragment(html, "" if classes else searched_text(plain))


def _folded_text(lines: Sequence[str], number: int, classes: str) -> str:
    """Give a long text that has `number` lines, of which the page has room for `lines`."""
    left = number - len(lines)
    said = word("The other {number} lines stand in the notebook.", number=left)
    note = f'<p class="course-output__note">{said}</p>' if left else ""
    head, rest = lines[:_SHOWN_LINES], lines[_SHOWN_LINES:]
    fold = folded(
        word("Show all {number} lines", number=number), _pre(rest, classes) + note, word("Show fewer lines")
    )
    return f'<div class="course-long">{_pre(head, classes)}{fold if rest else note}</div>'


def trace_html(text: str, name: str = "") -> Fragment:
    """Give a traceback; of a long one, what follows the exception's `name` is seen at once."""
    given = screen_lines(text)
    raw = _with_room(given[::-1])[::-1]
    plain, lines = plain_lines(raw), terminal_lines(raw)
    if not any(lines):
        return Fragment("", "")
    start = _last_part(plain, name)
    search = searched_text(plain[start:])
    if len(lines) <= _TRACE_LINES or not start:
        return Fragment(_pre(lines), search)
    before = lines[: 1 + max((at for at in range(start) if plain[at].strip()), default=0)]
    fold = folded(word("Show the whole traceback"), _pre(before))
    return Fragment(f'<div class="course-trace">{fold}{_pre(lines[start:])}</div>', search)


def _with_room(lines: Sequence[str]) -> list[str]:
    """Give as many lines as a page has room for, endless ones cut."""
    kept: list[str] = []
    room = _SIGNS_ON_A_PAGE
    for line in lines[:_LINES_ON_A_PAGE]:
        short = line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
        room -= len(short)
        if room < 0:
            break
        kept.append(short)
    return kept


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
    return f"{opening}<code>{chr(10).join(lines)}\n</code></pre>"
