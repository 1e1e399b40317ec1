"""Rules: author HTML as CommonMark has it, but for names that HTML does not know, and tags that Markdown follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.html_blocks import block_names
from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR
from markdown_it.rules_block.html_block import html_block as standard_block
from markdown_it.rules_inline.html_inline import html_inline as standard_inline

from site_builder.dialect.conditions import condition
from site_builder.dialect.jsx import LOOK, component, go_on_after, notes_of
from site_builder.dialect.splitting import first_mark
from site_builder.dialect.view import is_quoted

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_INLINE_NAMES = """
    a abbr acronym applet area audio b bdi bdo big br button canvas cite code data datalist del dfn em embed font i img input ins kbd
    label hgroup map mark meta meter nobr noembed noscript object output picture progress q rp rt ruby s samp rb rtc script select slot small span strike strong
    source style sub sup template textarea time tt u var video wbr svg math mi mn mo ms mtext mrow mfrac msqrt mroot
    msub msup msubsup munder mover munderover mtable mtr mtd annotation semantics pre plaintext xmp marquee
"""
_DRAWING_NAMES = frozenset(
    """
    g path circle ellipse line polygon polyline rect text tspan defs use symbol image lineargradient radialgradient stop clippath
    """.split()  # noqa: SIM905 - a list of words reads better so
)
"""Names inside drawings: elsewhere `<image>`, `<text>` and `<path>` stand for tokens and for what a reader puts there."""

NAMES = frozenset(block_names) | frozenset(_INLINE_NAMES.split()) | _DRAWING_NAMES
"""Every name that HTML knows, small letters; SVG's `mask` is left out, since chapters write `<mask>` for a token."""

_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_CUSTOM = re.compile(r"<[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9-]*\s+[A-Za-z_:][\w:.-]*\s*=")
_CUSTOM_CLOSE = re.compile(r"</([A-Za-z][A-Za-z0-9]*-[A-Za-z0-9-]*)\s*>")
_CODE = re.compile(r"<(script|style)(?=[\s>])[^>]*>[\s\S]*?</\1\s*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:" + "|".join(block_names) + r")(?=\s|/?>|$)", re.IGNORECASE)
_WHOLE_TAG = re.compile(HTML_OPEN_CLOSE_TAG_STR + r"\s*$")
_LONG_TAG = re.compile(
    r"<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*[ \t]*\n[ \t]*>"
)
_LONGEST_TAG = 3_000
_VERBATIM = re.compile(r"<(?:script|pre|style|textarea)(?=\s|>|$)|<[!?]", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "source", "track", "wbr"}
)
_MARKDOWN_LINE = re.compile(r"#{1,6}[ \t]|```|~~~|[-*+][ \t]+\S|\d{1,9}[.)][ \t]+\S|>|\||!\[|\$\$|\[\^")

_BLOCK_LINE = re.compile(r"#{1,6}[ \t]|```|~~~")
"""What is Markdown also under a closed tag that is no block: nobody means `## Next` under a picture as text."""


def is_html(text: str, start: int) -> bool:
    """Tell whether the tag at `start` has a name that HTML knows, or is a custom element with attributes."""
    match = _TAG_NAME.match(text, start)
    if match is None:
        return True
    name = match[1].lower()
    if name in _DRAWING_NAMES:
        return "<svg" in text
    return name in NAMES or ("-" in name and _is_custom(text, start))


def _is_custom(text: str, start: int) -> bool:
    """Tell whether a custom element starts or ends here; `<your-name>` is text, and what it ends must have started."""
    match = _CUSTOM_CLOSE.match(text, start)
    if match is None:
        return _CUSTOM.match(text, start) is not None
    at = text.rfind(f"<{match[1]}", 0, start)
    return at >= 0 and _CUSTOM.match(text, at) is not None


def html_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read an HTML tag inside a line; a name that HTML does not know is text, and a script is no text."""
    code = _CODE.match(state.src, state.pos, state.posMax)
    if code is None:
        return is_html(state.src, state.pos) and standard_inline(state, silent)
    if not silent:
        state.push("html_inline", "", 0).content = code[0]
    state.pos = code.end()
    return True


def html_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read lines of HTML, to a blank line, a component, or Markdown that follows a tag."""
    start = state.bMarks[line] + state.tShift[line]
    if _VERBATIM.match(state.src, start, state.eMarks[line]):
        return _is_closed(state, start) and standard_block(state, line, end, silent)
    is_block = _BLOCK_TAG.match(state.src, start, state.eMarks[line]) is not None
    if (
        not is_block
        and not _ends_below(state, line, start, end)
        and (silent or not _is_whole(state, line, start))
    ):
        return False
    if not silent:
        _push_lines(state, line, end)
    return True


def _is_closed(state: StateBlock, start: int) -> bool:
    """Tell whether a comment ends somewhere: one that does not would hide the rest of the page."""
    if not state.src.startswith("<!--", start):
        return True
    return notes_of(state.env).last_place(state.src, "-->") > start


def _is_whole(state: StateBlock, line: int, start: int) -> bool:
    return _WHOLE_TAG.match(state.src[start : state.eMarks[line]]) is not None and is_html(state.src, start)


def _ends_below(state: StateBlock, line: int, start: int, end: int) -> bool:
    """Tell whether a tag goes on below and its `>` begins a line, where it would be read as a quote's mark."""
    if line + 1 >= end or is_quoted(state, line, end) or ">" in state.src[start : state.eMarks[line]]:
        return False
    match = _LONG_TAG.match(state.src, start, min(state.eMarks[end - 1], start + _LONGEST_TAG))
    return match is not None and "\n\n" not in match[0] and is_html(state.src, start)


def _end(state: StateBlock, line: int, end: int) -> tuple[int, int]:
    """Give the line after the last one of the HTML that starts in `line`, and the offset of a mark that cuts it, or -1."""
    depth, markdown = 0, None
    first = state.bMarks[line] + state.tShift[line]
    under_closed = None if _BLOCK_TAG.match(state.src, first, state.eMarks[line]) else _BLOCK_LINE
    for each in range(line, end):
        start = state.bMarks[each] + state.tShift[each]
        if each > line:
            if state.isEmpty(each) or state.sCount[each] < state.blkIndent:
                return each, -1
            if state.src[start] in "<{" and (
                component(state, each, end, LOOK) or condition(state, each, end, LOOK)
            ):
                return each, -1
            if markdown and markdown.match(state.src, start, state.eMarks[each]):
                return each, -1
        mark = first_mark(state, each, end)
        if mark >= 0:
            return each + 1, mark
        text = state.src[start : state.eMarks[each]].rstrip()
        own = _depth(text)
        depth = max(0, depth + own)
        is_tags = text.startswith("<") and text.endswith(">")
        markdown = (_MARKDOWN_LINE if depth or own else under_closed) if is_tags else None
    return end, -1


def _depth(text: str) -> int:
    """Count the tags that a line opens and does not close, below nought where it closes more."""
    depth = 0
    for slash, name, closed in _ANY_TAG.findall(text):
        if not closed and name.lower() not in _VOID:
            depth += -1 if slash else 1
    return depth


def _push_lines(state: StateBlock, line: int, end: int) -> None:
    after, mark = _end(state, line, end)
    state.line = after
    token = state.push("html_block", "", 0)
    token.map = [line, after]
    if mark < 0:
        token.content = state.getLines(line, after, state.blkIndent, keepLastLF=True)
        return
    whole, state.eMarks[after - 1] = state.eMarks[after - 1], mark
    token.content = state.getLines(line, after, state.blkIndent, keepLastLF=False)
    token.meta = {"end": mark}
    state.eMarks[after - 1] = whole
    go_on_after(state, after - 1, mark)
