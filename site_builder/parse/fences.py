"""Fences, and slips in the word that names their language."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Code

if TYPE_CHECKING:
    from markdown_it.token import Token

    from site_builder.parse.place import Place

_SLIP = re.compile(r"([\w+#.-]*\w)[:;,.]+$")
_MARKS = {"`": "backticks", "~": "tildes"}
_RIGHT = frozenset({"python", "python2", "python3", "ipython", "ipython3", "cython", "pycon", "pytb", "pyi"})


def read_fence(token: Token, place: Place, start: int, end: int) -> tuple[Code, list[Finding]]:
    """Give the code of a fence between two offsets, and what is wrong with it."""
    info = " ".join(token.info.split())
    word = info.split(" ", 1)[0]
    language, findings = word.lower(), []
    meant = _meant(language)
    if meant:
        at = place.text.find(word, start, end)
        span = place.span(at, at + len(word)) if at >= 0 else place.trimmed(start, end)
        findings.append(
            Finding("info-string", span, f"no language is called `{word}`", f"did you mean `{meant}`?")
        )
        language = meant
    if not _is_closed(token, place, end):
        at = place.text.find(token.markup, start)
        span = place.span(at, at + len(token.markup)) if at >= 0 else place.span(start, end)
        findings.append(
            Finding(
                "unclosed-fence",
                span,
                "the code block is never closed",
                f"close it with a line of {len(token.markup)} {_MARKS[token.markup[0]]}",
            )
        )
    return Code(place.trimmed(start, end), token.content, language, info), findings


def _meant(language: str) -> str:
    slip = _SLIP.fullmatch(language)
    if slip:
        return slip[1]
    if language.startswith("p") and language not in _RIGHT and language.isalpha():
        return "python" if get_close_matches(language, ("python",), cutoff=0.8) else ""
    return ""


def _is_closed(token: Token, place: Place, end: int) -> bool:
    if token.map is None or token.map[1] - token.map[0] < 2:  # noqa: PLR2004 - the fence's two lines
        return False
    last = place.text[place.line_start(token.map[1] - 1) : end].rstrip()
    mark = token.markup[0]
    return last.endswith(token.markup) and not last.rstrip(mark).lstrip(" \t>")
