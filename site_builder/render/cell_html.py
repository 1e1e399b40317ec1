"""A cell with what it prints: its code, what its run gave, and the output that the author wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.draft import Fragment
from site_builder.render.escaping import escaped
from site_builder.render.highlight import code_html
from site_builder.render.markdown_html import render_inline
from site_builder.render.outputs.output_html import boxed, outputs_html
from site_builder.render.outputs.output_text import folded, text_html, trace_html

if TYPE_CHECKING:
    from site_builder.model.document import Cell, Expected
    from site_builder.render.draft import Draft


def cell_html(cell: Cell, draft: Draft) -> str:
    """Hold a cell; one without outputs is a block of code."""
    draft.cells += 1
    # The class is what cell numbers count.
    code = code_html(cell.text, cell.language).replace(' highlight">', ' highlight course-code">', 1)
    search = f"<pre><code>{escaped(cell.text)}</code></pre>"
    if cell.controls.hide_input:
        code = folded(word("Show code"), code, kind="course-fold--code")
    outputs = _outputs(cell, draft) if cell.outputs or cell.expected else []
    if not outputs:
        return draft.hold(code, search) + "\n"
    html = "".join(each.html for each in outputs)
    searched = "".join(each.search for each in outputs)
    if cell.controls.hide_output:
        html = folded(word("Show output"), html, kind="course-fold--output")
    return draft.hold(f'<div class="course-cell">{code}{html}</div>', search + searched) + "\n"


def _outputs(cell: Cell, draft: Draft) -> list[Fragment]:
    fresh = [each for each in outputs_html(cell, draft) if each.html]
    recorded = [_expected(each, draft, beside=bool(fresh)) for each in cell.expected]
    return [*fresh, *recorded]


def _expected(expected: Expected, draft: Draft, *, beside: bool) -> Fragment:
    """Box an output that the author wrote; `beside` tells whether there is a fresh one above it."""
    label = draft.finish(render_inline(expected.label, draft, expected.span)) if expected.label else None
    name = "Error output" if expected.is_trace else "Recorded output" if beside else "Output"
    made = trace_html(expected.text) if expected.is_trace else text_html(expected.text)
    box = boxed([made], "error" if expected.is_trace else "recorded", label.html if label else word(name))
    return Fragment(box.html, (f"<p>{label.search}</p>" if label else "") + box.search)
