"""What a notebook stores as a cell's outputs becomes HTML."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.author_html import prepare
from site_builder.render.draft import Fragment
from site_builder.render.escaping import quoted
from site_builder.render.formulas import formula_html
from site_builder.render.inline_html import author_blocks
from site_builder.render.terminal_text import terminal_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from site_builder.model.notebook import Output
    from site_builder.model.source import Span
    from site_builder.render.draft import Draft

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


def output_html(output: Output, draft: Draft, span: Span) -> Fragment:
    """Give an output as finished HTML, the richest form that it has; `span` is the cell's."""
    if output.kind == "error":
        return _framed(_text(output.text), "error", "Error output")
    inner = _rich(output.data or {}, draft, span) or _text(
        output.text or str((output.data or {}).get("text/plain", ""))
    )
    return _framed(inner, "expected", "Output")


def _framed(inner: Fragment, kind: str, label: str) -> Fragment:
    if not inner.html:
        return inner
    head = f'<div class="course-output highlight" data-kind="{kind}"><p class="course-output__label">{word(label)}</p>'
    return Fragment(f"{head}{inner.html}</div>", inner.search)


def _text(text: str) -> Fragment:
    if not text.strip():
        return Fragment("", "")
    html = f"<pre><code>{terminal_html(text)}</code></pre>"
    return Fragment(html, html)


def _rich(data: Mapping[str, object], draft: Draft, span: Span) -> Fragment | None:
    for kind in _PICTURES:
        picture = _picture(kind, str(data[kind]), str(data.get("text/plain", ""))) if kind in data else ""
        if picture:
            return Fragment(picture, "")
    for kind, make in _FORMS.items():
        if kind in data:
            made = make(str(data[kind]), draft, span)
            if made.html.strip():
                return made
    return None


def _picture(kind: str, content: str, alt: str) -> str:
    """Give a picture as an image: scripts in a drawing do not run there."""
    encoded = b64encode(content.encode()).decode() if kind.endswith("xml") else "".join(content.split())
    if not _BASE64.fullmatch(encoded):
        return ""
    return f'<img src="data:{kind};base64,{encoded}" alt="{quoted(alt)}" loading="lazy" decoding="async">'


def _html(text: str, draft: Draft, span: Span) -> Fragment:  # noqa: ARG001 - the form of the table below
    # What it loses is not reported: tools made it, not the author.
    return draft.finish(prepare(text)[0])


def _latex(text: str, draft: Draft, span: Span) -> Fragment:  # noqa: ARG001 - the form of the table below
    return Fragment(f"<p>{formula_html(text.strip().strip('$'), display=True)[0]}</p>", "")


_FORMS: dict[str, Callable[[str, Draft, Span], Fragment]] = {
    "text/html": _html,
    "text/markdown": author_blocks,
    "text/latex": _latex,
}
