"""Rule: `import` and `export` lines of MDX, which chapters do not have: dropped, and noted as faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.dialect.jsx import push
from site_builder.dialect.tag_scan import Fault

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_STATEMENT = re.compile(
    r"import\s+(?:[\w*{][^\n\"']*\sfrom\s*)?[\"'][^\"'\n]+[\"'];?[ \t]*$"
    r"|export\s+(?:default\b|(?:const|let|var|function|class|async)\s+[\w*{\[]|\{|\*\s+from\b)"
)


def expression(state: StateBlock, line: int, end: int) -> bool:
    """Read an `import` or `export` statement, to the next empty line."""
    start = state.bMarks[line] + state.tShift[line]
    match = _STATEMENT.match(state.src, start, state.eMarks[line])
    if match is None or state.level:
        return False
    after = line + 1
    if match[0].startswith("export"):
        while after < end and not state.isEmpty(after):
            after += 1
    word = match[0].split(None, 1)[0]
    fault = Fault(
        "mdx-expression",
        start,
        state.eMarks[line],
        f"`{word}` does not work in chapters",
        "remove the statement",
    )
    state.line = after
    push(state, "fault", {"fault": fault}, line)
    return True
