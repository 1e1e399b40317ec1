"""The stage: a source to a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from site_builder.components.table import COMPONENTS
from site_builder.diagnostics.diagnostic import Finding
from site_builder.dialect.jsx import NOTES, Notes, notes_of
from site_builder.dialect.markdown import make_parser
from site_builder.model.document import Document
from site_builder.parse.blocks import container
from site_builder.parse.builder import Builder
from site_builder.parse.front_matter import read_front_matter
from site_builder.parse.nesting import Chunk, as_blocks, with_islands
from site_builder.parse.notebook_page import parse_notebook
from site_builder.parse.page_controls import page_controls
from site_builder.parse.page_rules import page_rules
from site_builder.parse.page_title import title_of
from site_builder.parse.place import place_of
from site_builder.parse.tag_properties import finding_of

if TYPE_CHECKING:
    from site_builder.model.source import Source
    from site_builder.parse.place import Place


def parse(source: Source) -> tuple[Document, tuple[Finding, ...]]:
    """Give the document of a page, and what is wrong with it; any text gives one."""
    if source.path.endswith(".ipynb"):
        document, findings = parse_notebook(source, parse_text)
    else:
        document, findings = parse_text(place_of(source))
    found = sorted(
        {*findings, *_missing(document)},
        key=lambda each: (each.span.start, each.span.end, each.code, each.message),
    )
    return document, tuple(found)


def parse_text(place: Place) -> tuple[Document, tuple[Finding, ...]]:
    """Give the document of Markdown that stands at `place`, and what is wrong with it but for what is missing."""
    front, start, findings = read_front_matter(place)
    text = place.text
    if start:
        text = "".join(char if char == "\n" else " " for char in text[:start]) + text[start:]
    env: dict[str, Any] = {NOTES: Notes(known=frozenset(COMPONENTS))}
    tokens = make_parser().parse(text, env)
    notes_end = next(
        (at for at, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens)
    )
    page = Builder(place, tokens)
    blocks = as_blocks(container(page, 0, notes_end), place)
    page.cursor = 0
    notes = [
        item
        for part in container(page, notes_end, len(tokens))
        if isinstance(part, Chunk)
        for item in part.items
    ]
    footnotes, islands = with_islands(notes)
    controls, wrong = page_controls(front, place.source)
    rules, unruly = page_rules(front, place.source)
    page.findings += (*findings, *wrong, *unruly)
    page.findings += (finding_of(fault, place) for fault in notes_of(env).faults.values())
    document = Document(
        place.source.whole,
        blocks,
        title_of(blocks),
        frozenset(page.flags),
        front,
        tuple(page.references),
        footnotes=tuple(footnotes),
        footnote_islands=tuple(islands),
        controls=controls,
        rules=rules,
    )
    return document, tuple(page.findings)


def _missing(document: Document) -> list[Finding]:
    start = document.span.source.lines(0, 0)
    if not document.blocks:
        return [Finding("empty-page", start, "the page is empty", "write `# Title` and some text")]
    if not document.title:
        return [Finding("no-title", start, "the page has no title", "start it with `# Title`")]
    return []
