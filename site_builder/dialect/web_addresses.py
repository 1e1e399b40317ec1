"""Rule: bare addresses, `https://…` and `www.…`, become links; file names such as `app.py` do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_ADDRESS = re.compile(
    r"(?:https?://(?:localhost\b|[\w-]+(?:\.[\w-]+)+)|www(?:\.[\w-]+)+)(?::\d+)?"
    r"(?:[/?#](?:[^\s<>\[\]`*|\"\\{}$，。；：！？、）（】【」「』『》《“”‘’…])*)?"
)
_TAIL = re.compile(r"(?:[?!.,:*_~';]|&[a-zA-Z0-9]+;)+$")


def web_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read a bare address; the marks that end a sentence and a bracket that opens before it are not part of it."""
    match = _ADDRESS.match(state.src, state.pos, state.posMax)
    before = state.src[max(0, state.pos - 2) : state.pos].rstrip()
    if match is None or silent or state.linkLevel > 0 or before.endswith("<"):
        return False
    text = _trim(match[0])
    address = text if text.startswith("http") else "http://" + text
    for kind, nesting in (("link_open", 1), ("text", 0), ("link_close", -1)):
        token = state.push(kind, "a" if nesting else "", nesting)  # type: ignore[arg-type]  # the three numbers it knows
        token.markup, token.info = ("linkify", "auto") if nesting else ("", "")
        if nesting > 0:
            token.attrs = {"href": address}
        elif not nesting:
            token.content = text
    state.pos += len(text)
    return True


def _trim(text: str) -> str:
    while True:
        shorter = _TAIL.sub("", text)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == text:
            return text
        text = shorter
