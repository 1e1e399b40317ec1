"""A page that is a Jupyter notebook: its Markdown cells as text, its code cells with their stored outputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Cell, Code, Document
from site_builder.model.notebook import joined, output_of
from site_builder.parse.attachments import with_attachments
from site_builder.parse.cell_controls import tag_controls
from site_builder.parse.page_title import title_of
from site_builder.parse.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from site_builder.model.source import Source, Span

    ParseText = Callable[[Place], tuple[Document, tuple[Finding, ...]]]


def parse_notebook(source: Source, parse_text: ParseText) -> tuple[Document, tuple[Finding, ...]]:
    """Give the document of a notebook, and what is wrong; `parse_text` reads a cell of Markdown."""
    try:
        notebook = json.loads(source.text) if source.text.strip() else {"cells": []}
        cells = notebook["cells"]
        if not isinstance(cells, list) or not all(isinstance(each, dict) for each in cells):
            raise TypeError("`cells` is no list")  # noqa: TRY301 - told as the other faults of form are
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return _unreadable(source, error)
    language = _language(notebook)
    documents: list[Document] = []
    findings: list[Finding] = []
    at = 0
    for cell in cells:
        place = _place(source, cell, at)
        at = place.in_file(len(place.text))
        document, found = _document(cell, place, language, parse_text)
        documents.append(document)
        findings += found
    return _joined(source, documents), tuple(findings)


def _unreadable(source: Source, error: Exception) -> tuple[Document, tuple[Finding, ...]]:
    at = min(getattr(error, "pos", 0), len(source.text))
    span = source.whole if not at else type(source.whole)(source, at, min(at + 1, len(source.text)))
    reason = getattr(error, "msg", "it has no list of cells")
    finding = Finding(
        "bad-notebook",
        span,
        f"the notebook cannot be read: {reason.lower()}",
        "open it in Jupyter and save it again",
    )
    return Document(source.whole, ()), (finding,)


def _language(notebook: dict[str, Any]) -> str:
    metadata = notebook.get("metadata")
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(part, dict) and isinstance(part.get(name), str):
            return str(part[name]).lower()
    return "python"


def _place(source: Source, cell: dict[str, Any], at: int) -> Place:
    """Find a cell's lines in the file, which has each as a JSON string, from offset `at` on."""
    text = joined(cell.get("source")).replace("\r\n", "\n").replace("\r", "\n")
    starts = []
    for line in text.split("\n"):
        inside = json.dumps(line, ensure_ascii=False)[1:-1]
        found = source.text.find(inside, at) if inside else at
        if found < 0 and not inside.isascii():
            found = source.text.find(json.dumps(line)[1:-1], at)
        starts.append(max(found, at))
        at = starts[-1] + (len(inside) if found >= 0 else 0)
    return Place(source, text, tuple(starts))


def _document(
    cell: dict[str, Any], place: Place, language: str, parse_text: ParseText
) -> tuple[Document, tuple[Finding, ...]]:
    kind = cell.get("cell_type")
    if kind == "markdown":
        document, findings = parse_text(place)
        return with_attachments(document, cell), findings
    if kind != "code" or not place.text.strip():
        return Document(place.source.whole, ()), ()
    span = place.span(0, len(place.text))
    text = place.text if place.text.endswith("\n") else place.text + "\n"
    outputs = tuple(output_of(each) for each in cell.get("outputs") or () if isinstance(each, dict))
    if language != "python":
        return Document(place.source.whole, (Code(span, text, language, language),)), ()
    controls, wrong = tag_controls(cell.get("metadata"), place.span(0, text.find("\n")))
    block = Cell(span, text, "python", (), (), outputs, place.source.path, controls)
    return Document(place.source.whole, (block,)), tuple(wrong)


def _joined(source: Source, documents: list[Document]) -> Document:
    """Put the cells' documents together, their footnotes numbered on."""
    blocks = tuple(block for each in documents for block in each.blocks)
    first = next((each for each in documents if each.front_matter), Document(_whole(source), ()))
    return Document(
        span=_whole(source),
        blocks=blocks,
        title=title_of(blocks),
        flags=frozenset().union(*(each.flags for each in documents)),
        front_matter=first.front_matter,
        controls=first.controls,
        references=tuple(reference for each in documents for reference in each.references),
        footnotes=_footnotes(documents),
        footnote_islands=tuple(island for each in documents for island in each.footnote_islands),
    )


def _whole(source: Source) -> Span:
    return source.whole


def _footnotes(documents: list[Document]) -> tuple[Token, ...]:
    made: list[Token] = []
    number = islands = 0
    for each in documents:
        if not each.footnotes:
            continue
        _renumber(each, number, islands)
        number += sum(token.type == "footnote_open" for token in each.footnotes)
        islands += len(each.footnote_islands)
        inner = each.footnotes[1:-1]
        made = [*made[:-1], *inner, each.footnotes[-1]] if made else list(each.footnotes)
    return tuple(made)


def _renumber(document: Document, number: int, islands: int) -> None:
    """Count a cell's footnotes on from `number`, and their islands from `islands`."""
    todo = [token for block in document.blocks for token in getattr(block, "syntax", ())] + list(
        document.footnotes
    )
    notes = {id(token) for token in document.footnotes}
    while todo:
        token = todo.pop()
        todo += token.children or ()
        if token.type.startswith("footnote_") and "id" in token.meta:
            token.meta = {**token.meta, "id": token.meta["id"] + number}
        elif token.type == "island" and id(token) in notes:
            token.meta = {"island": token.meta["island"] + islands}
