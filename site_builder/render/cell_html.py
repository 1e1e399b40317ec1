"""A cell with what it prints: its code, the output that the author wrote, the outputs that a notebook stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.draft import Fragment
from site_builder.render.escaping import escaped
from site_builder.render.highlight import code_html
from site_builder.render.markdown_html import render_inline
from site_builder.render.output_html import output_html

if TYPE_CHECKING:
    from site_builder.model.document import Cell, Expected
    from site_builder.render.draft import Draft


def cell_html(cell: Cell, draft: Draft) -> str:
    """Hold a cell; one without outputs is a block of code like others."""
    draft.cells += 1
    code = code_html(cell.text, cell.language)
    search = f"<pre><code>{escaped(cell.text)}</code></pre>"
    outputs = [
        *(_expected(each, draft) for each in cell.expected),
        *(output_html(each, draft, cell.span) for each in cell.outputs),
    ]
    if not outputs:
        return draft.hold(code, search) + "\n"
    html = "".join(each.html for each in outputs)
    searched = "".join(each.search for each in outputs)
    return draft.hold(f'<div class="course-cell">{code}{html}</div>', search + searched) + "\n"


def _expected(expected: Expected, draft: Draft) -> Fragment:
    kind = "error" if expected.is_trace else "expected"
    label = draft.finish(render_inline(expected.label, draft, expected.span)) if expected.label else None
    shown = label.html if label else word("Error output" if expected.is_trace else "Output")
    text = escaped(expected.text)
    return Fragment(
        f'<div class="course-output highlight" data-kind="{kind}"><p class="course-output__label">{shown}</p>'
        f"<pre><code>{text}</code></pre></div>",
        (f"<p>{label.search}</p>" if label else "") + f"<pre><code>{text}</code></pre>",
    )
