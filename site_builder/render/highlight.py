"""Code becomes coloured HTML, each distinct text once: what Pygments finds, in the short classes that Material styles."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token
from pygments.util import ClassNotFound

from site_builder.render.escaping import escaped

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

memo: dict[tuple[str, str], str] = {}
"""What was highlighted, by (text, language): a caller may put in what it kept, and keep what is there."""

_PLAIN = frozenset({"", "text", "txt", "plain", "out", "output", "none", "plaintext", "console-output"})
_NAMES = {
    "py": "python",
    "python3": "python",
    "ipython": "python",
    "sh": "bash",
    "shell": "bash",
    "zsh": "bash",
    "js": "javascript",
    "ts": "typescript",
    "yml": "yaml",
    "jsonc": "json",
    "md": "markdown",
    "mdx": "markdown",
    "c++": "cpp",
}
_SILENT = frozenset({"", "w", "err", "x", "esc", "g", "l", "ld"})
"""Classes that no style colours: white space, and what a lexer could not read (a shell line in a cell)."""

_LONGEST = 100_000
"""Longer texts stay plain: colours help nobody there, and a lexer's time may grow faster than the text."""


def language_of(written: str) -> str:
    """Give Pygments' name for the language that an author wrote, `text` where there is none."""
    name = written.strip().lower().rstrip(":,;")
    return "text" if name in _PLAIN else _NAMES.get(name, name)


def highlight(text: str, language: str) -> str:
    """Give `text` as HTML: escaped, with `<span class="…">` around tokens, and nothing else.

    Args:
        text: the code.
        language: as the author wrote it; an unknown one gives plain text.
    """
    key = (text, language)
    found = memo.get(key)
    if found is None:
        found = memo[key] = _highlight(text, _session(text, language_of(language)))
    return found


def code_html(text: str, language: str) -> str:
    """Give a block of code in Material's form."""
    name = language_of(language)
    shown = name if _lexer(name) else "text"
    return (
        f'<div class="language-{shown} highlight"><pre><code>{highlight(text, language)}</code></pre></div>'
    )


def _session(text: str, language: str) -> str:
    """Tell a session, with its prompts, from a program."""
    start = text.lstrip()[:4]
    if language == "python" and start == ">>> ":
        return "pycon"
    if language == "bash" and start.startswith("$ "):
        return "console"
    return language


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    if language == "text" or not language:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _highlight(text: str, language: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lexer = _lexer(language)
    tokens = list(lexer.get_tokens(text)) if lexer and len(text) <= _LONGEST else []
    # Some lexers add a line end, and one may lose a character: the text comes first.
    if tokens and not text.endswith("\n") and tokens[-1][1].endswith("\n"):
        tokens[-1] = (tokens[-1][0], tokens[-1][1][:-1])
    return _coloured(tokens) if "".join(value for _, value in tokens) == text else escaped(text)


def _coloured(tokens: list[tuple[_TokenType, str]]) -> str:
    parts: list[str] = []
    last, stretch = "", ""
    for kind, value in tokens:
        name = _class(kind)
        # White space has no colour: it goes on with what stands before it.
        if name == last or (value.isspace() and "\n" not in value):
            stretch += value
            continue
        parts.append(_span(stretch, last))
        last, stretch = name, value
    parts.append(_span(stretch, last))
    return "".join(parts)


@lru_cache(maxsize=256)
def _class(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind is not Token:
        kind = kind.parent or Token
    name = STANDARD_TYPES.get(kind, "")
    return "" if name in _SILENT else name


def _span(text: str, name: str) -> str:
    written = escaped(text)
    return f'<span class="{name}">{written}</span>' if name and text else written
