r"""Rules: formulas, `$$ … $$`, `\\[ … \\]`, `\\( … \\)`, `\( … \)`, and `$ … $` where it looks like TeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.dialect.jsx import notes_of, push

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_PAIRS = (("$$", "$$"), ("\\\\(", "\\\\)"), ("\\\\[", "\\\\]"), ("\\(", "\\)"))
_BLOCK_PAIRS = (("$$", "$$"), ("\\\\[", "\\\\]"))
_DOLLAR = re.compile(r"(?<!\\)\$")
_NO_FORMULA_LINE = re.compile(r"[ \t]*(?:```|~~~|#{1,6} |</?[A-Za-z]|\{[#:/]|>|[-*+] \S)")
_NO_TEX_LINE = re.compile(r"[ \t]*(?:```|~~~|#{1,6} |</?[A-Za-z]|\{[#:/])")
"""The same below an opener that is alone on its line: there a line may begin with `-`, `+` or `>` as a term does."""
_TEX = re.compile(r"\\[a-zA-Z,;!|{}]|[\^_{}]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FUNCTIONS = frozenset(
    {"sin", "cos", "tan", "log", "ln", "exp", "max", "min", "arg", "mod", "lim", "det", "dim", "softmax"}
)
_LONGEST = 500


def looks_like_tex(text: str) -> bool:
    """Tell whether what stands between two dollar signs is a formula rather than prose between two prices."""
    if not text or text[0].isspace() or text[-1].isspace() or "`" in text:
        return False
    if _TEX.search(text):
        return True
    if any(char.isalpha() and not (char.isascii() or "Ͱ" <= char <= "Ͽ") for char in text):
        return False
    return all(word in _FUNCTIONS or (len(word) == 2 and " " not in text) for word in _WORD.findall(text))  # noqa: PLR2004 - `dx`


def math_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read a formula inside a line."""
    src, start = state.src, state.pos
    for opener, closer in _PAIRS:
        if src.startswith(opener, start):
            at = start + len(opener)
            end = src.find(closer, at, state.posMax) if state.html_terminator_last(closer) >= at else -1
            if end >= 0 and src[at:end].strip():
                after = end + len(closer)
                markup = "$" if opener == "$$" and not _stands_alone(state, start, after) else opener
                return _push_inline(state, src[at:end].strip(), markup, after, silent=silent)
            if opener == "$$":
                return False
    return src[start] == "$" and _dollars(state, silent=silent)


def _stands_alone(state: StateInline, start: int, end: int) -> bool:
    """Tell whether nothing else is on a formula's lines: amid words even `$$ … $$` is part of the sentence."""
    before = state.src.rfind("\n", 0, start) + 1
    after = state.src.find("\n", end)
    return not (state.src[before:start] + state.src[end : len(state.src) if after < 0 else after]).strip()


def _dollars(state: StateInline, *, silent: bool) -> bool:
    src, start = state.src, state.pos
    end = _DOLLAR.search(src, start + 1, min(state.posMax, start + _LONGEST))
    if end is None or (start and src[start - 1].isalnum()) or src[end.end() : end.end() + 1].isalnum():
        return False
    tex = src[start + 1 : end.start()]
    return looks_like_tex(tex) and _push_inline(state, tex, "$", end.end(), silent=silent)


def _push_inline(state: StateInline, tex: str, markup: str, end: int, *, silent: bool) -> bool:
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = tex
        token.markup = markup
    state.pos = end
    return True


def math_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Read a formula that starts a line, to the line that ends it."""
    start = state.bMarks[line] + state.tShift[line]
    for opener, closer in _BLOCK_PAIRS:
        if state.src.startswith(opener, start):
            last = _last_line(state, line, start + len(opener), end, closer)
            if last is None:
                return False
            if not silent:
                _push_block(state, line, last, opener, closer)
            return True
    return False


def _last_line(state: StateBlock, line: int, start: int, end: int, closer: str) -> int | None:
    if notes_of(state.env).last_place(state.src, closer) < start:
        return None
    is_alone = not state.src[start : state.eMarks[line]].strip()
    for each in range(line, end):
        first = start if each == line else state.bMarks[each]
        bad = _NO_TEX_LINE if is_alone and not state.isEmpty(each - 1) else _NO_FORMULA_LINE
        if each > line and _is_no_formula(state, each, closer, bad):
            return None
        at = state.src.find(closer, first, state.eMarks[each])
        if at >= 0:
            whole = not state.src[at + len(closer) : state.eMarks[each]].strip()
            return each if whole else None
    return None


def _is_no_formula(state: StateBlock, line: int, closer: str, bad: re.Pattern[str]) -> bool:
    """Tell whether a line cannot stand in a formula: it starts a block, or stands left of the container's text."""
    start = state.bMarks[line] + state.tShift[line]
    if state.isEmpty(line) or state.src.startswith(closer, start):
        return False
    return state.sCount[line] < state.blkIndent or bad.match(state.src, start, state.eMarks[line]) is not None


def _push_block(state: StateBlock, line: int, last: int, opener: str, closer: str) -> None:
    text = state.getLines(line, last + 1, state.blkIndent, keepLastLF=False).strip()
    state.line = last + 1
    token = push(state, "math_block", {}, line)
    token.tag = "math"
    token.markup = opener
    token.content = text.removeprefix(opener).removesuffix(closer).strip()
