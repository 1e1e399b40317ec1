"""What a cell's run, or a notebook, holds as its outputs becomes HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from site_builder.model.words import word
from site_builder.render.author_html import prepare
from site_builder.render.draft import Fragment
from site_builder.render.escaping import escaped
from site_builder.render.formulas import formula_html
from site_builder.render.inline_html import author_blocks
from site_builder.render.outputs.frame_table import scrolling
from site_builder.render.outputs.output_figures import figure_html, names_of, picture_of
from site_builder.render.outputs.output_players import is_player, with_files
from site_builder.render.outputs.output_text import searched_text, text_html, trace_html
from site_builder.render.page_sections import plain
from site_builder.render.tag_attributes import without_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from site_builder.model.document import Cell
    from site_builder.model.notebook import Output
    from site_builder.render.draft import Draft
    from site_builder.render.outputs.output_figures import Picture

_WIDGET = "application/vnd.jupyter.widget-view+json"
_NO_TEXT = re.compile(r"\s*<IPython\.(?:core|lib)\.display\.\w+(?: object| at 0x[0-9a-f]+)*>\s*")
_STYLE = re.compile(r"</?style\b", re.IGNORECASE)
_MEDIA = re.compile(r"<(?:img|audio|video|math)\b")
_MOST_HTML = 20_000_000
_MOST_SHOWN = 500_000
_PARAGRAPH = '<p class="course-output__text">'
"""Not a paragraph of the page's: what it says is no sentence of the author's."""
_NOTHING = (Fragment("", ""), True)


@dataclass(frozen=True)
class _Part:
    """An output in the form that is shown. `kind` is `stdout`, `stderr`, `figure`, `error` or `rich`."""

    kind: str
    value: Any
    own_line: bool = False


def outputs_html(cell: Cell, draft: Draft) -> Iterator[Fragment]:
    """Give the outputs of a cell in boxes: those that follow each other are one, an error has its own."""
    parts = [part for each in cell.outputs if (part := _form(each, cell, draft))]
    recorded = cell.outputs_from == cell.span.source.path
    pictures = [each.value for each in parts if each.kind == "figure"]
    names = iter(names_of(cell, len(pictures)))
    for is_error, group in groupby(parts, lambda each: each.kind == "error"):
        pieces = list(_pieces(group, names, cell, draft))
        if is_error:
            yield boxed(pieces, "error", word("Error output"))
        else:
            yield boxed(pieces, "recorded" if recorded else "fresh", word("Output"))


def boxed(pieces: Iterable[Fragment], kind: str, label: str) -> Fragment:
    """Put what a cell gave into a box; nothing where there is nothing in it."""
    pieces = [each for each in pieces if each.html]
    if not pieces:
        return Fragment("", "")
    head = f'<div class="course-output highlight no-copy" data-kind="{kind}"><p class="course-output__label">{label}</p>'
    return Fragment(
        f"{head}{''.join(each.html for each in pieces)}</div>", "".join(each.search for each in pieces)
    )


def _pieces(parts: Iterable[_Part], names: Iterator[str], cell: Cell, draft: Draft) -> Iterator[Fragment]:
    """Join what belongs together: text to text, pictures to a figure."""
    for kind, group in groupby(parts, lambda each: each.kind):
        same = list(group)
        values = [each.value for each in same]
        match kind:
            case "stdout" | "stderr":
                yield text_html(_joined(same), "course-output__stderr" if kind == "stderr" else "")
            case "error":
                yield from (trace_html(each.text, each.name) for each in values)
            case "figure":
                yield _figure(values, [next(names, "") for _ in values], cell, draft)
            case _:
                yield from values


def _joined(parts: Iterable[_Part]) -> str:
    text = ""
    for each in parts:
        gap = "\n" if each.own_line and text and not text.endswith("\n") else ""
        text += gap + each.value
    return text.rstrip().lstrip("\n")


def _figure(pictures: list[Picture], names: list[str], cell: Cell, draft: Draft) -> Fragment:
    caption = cell.controls.caption
    return Fragment(
        figure_html(pictures, names, caption, cell, draft), f"<p>{escaped(caption)}</p>" if caption else ""
    )


def _form(output: Output, cell: Cell, draft: Draft) -> _Part | None:
    """Choose the richest form of an output that loses nothing by being shown on a page."""
    if output.kind == "error":
        return _Part("error", output)
    if output.kind == "stream":
        return _Part("stderr" if output.name == "stderr" else "stdout", output.text)
    data = output.data or {}
    if _WIDGET in data:  # a live control, or a progress bar as it was in the beginning
        return None
    picture = picture_of(output) if cell.outputs_from else None
    if picture:
        return _Part("figure", picture)
    text = output.text or _text_of(data, "text/plain")
    made, loses = _rich(data, cell, draft)
    says = bool(text.strip()) and not _NO_TEXT.fullmatch(text)
    if made and not (loses and says):
        return _Part("rich", made)
    return _Part("stdout", text.rstrip("\n") + "\n", own_line=True) if says else None


def _text_of(data: Mapping[str, object], kind: str) -> str:
    found = data.get(kind)
    return found if isinstance(found, str) else ""


def _rich(data: Mapping[str, object], cell: Cell, draft: Draft) -> tuple[Fragment | None, bool]:
    """Give an output's HTML, Markdown or TeX as HTML, and whether that lost something by which it acts."""
    for kind, make in _FORMS.items():
        text = _text_of(data, kind)
        if text.strip() and len(text) <= _MOST_HTML:
            made, loses = make(text, cell, draft)
            if made.html and len(made.html) <= _MOST_SHOWN:
                return made, loses
    return None, False


def _html(text: str, cell: Cell, draft: Draft) -> tuple[Fragment, bool]:
    # What it loses is not reported: tools made it, not the author.
    text = with_files(text, cell, draft)
    if len(text) > _MOST_SHOWN:
        return _NOTHING
    stream, lost = prepare(text)
    made = draft.finish(stream)
    html = without_ids(made.html).replace("<p>", _PARAGRAPH)
    if not (_MEDIA.search(html) or plain(html)):
        return _NOTHING
    shown = scrolling(html, cell.controls.caption) if "<table" in html else _rich_box(html)
    return Fragment(shown, _searched(made)), any(not _STYLE.match(each) for each in lost)


def _rich_box(html: str) -> str:
    if is_player(html):
        return html.strip()
    return f'<div class="course-rich">{html}</div>' if html.strip() else ""


def _searched(made: Fragment) -> str:
    return searched_text([unescape(plain(made.search.replace("<", " <")))])


def _markdown(text: str, cell: Cell, draft: Draft) -> tuple[Fragment, bool]:
    made = author_blocks(text, draft, cell.span)
    html = made.html.replace("<p>", _PARAGRAPH)
    return Fragment(_rich_box(html), _searched(made)), False


def _latex(text: str, cell: Cell, draft: Draft) -> tuple[Fragment, bool]:  # noqa: ARG001 - the form of the table below
    formula = formula_html(text.strip().strip("$"), display=True)[0]
    return Fragment(_rich_box(formula), ""), False


_FORMS: dict[str, Callable[[str, Cell, Draft], tuple[Fragment, bool]]] = {
    "text/html": _html,
    "text/markdown": _markdown,
    "text/latex": _latex,
}
