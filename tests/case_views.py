"""Makes a case's course and shows it: each view is a function of what the stages gave."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.frame import frame
from site_builder.discover.stage import discover
from site_builder.keep.cache import Cache
from site_builder.keep.page_work import find_facts
from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT, WORD_CLOSE, WORD_OPEN, Body
from site_builder.model.controls import Controls, PageControls
from site_builder.model.source import Span
from site_builder.model.words import VALUE
from site_builder.parse.stage import parse
from site_builder.pipeline import build, draw_atlases
from site_builder.quiz.bank_files import bank_text
from site_builder.quiz_banks import banks_of
from site_builder.render.stage import render
from site_builder.resolve.stage import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.course import Page
    from site_builder.model.document import Document

MARKS = str.maketrans({
    WORD_OPEN: "⟦", WORD_CLOSE: "⟧", VALUE: "|", SITE_ROOT: "⟦site⟧", EDITION_ROOT: "⟦edition⟧",
})  # fmt: skip
NAMES = {"Prose": 64, "Code": 48, "Cell": 48, "Expected": 48}
"""Blocks that show the start of their text in an outline, and how much of it."""


class CaseCourse:
    """A case's course on disk; stages run when a view asks for them."""

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        self.folder = folder
        for path, content in {**_outlines(files), **files}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self.course, _ = discover(folder)

    def pages(self) -> list[Page]:
        """The pages that have a text of their own, in reading order, the original's first."""
        return [page for edition in self.course.editions for page in edition.pages if not page.is_fallback]

    def document(self, page: Page) -> Document:
        """The page as `parse` gives it."""
        return parse(page.source)[0]

    def resolved(self, page: Page) -> Document:
        """The page as `resolve` gives it."""
        original = parse(page.made_from)[0] if page.made_from else None
        return resolve(self.document(page), page, self._atlases()[page.language], original)[0]

    def _atlases(self) -> Mapping[str, Any]:
        facts = find_facts(self.pages())
        places = [(page.language, page.id) for page in self.pages()]
        return draw_atlases(self.course, dict(zip(places, facts, strict=True)))

    def body(self, page: Page) -> Body:
        """The page as `render` gives it."""
        return render(self.resolved(page), page)[0]

    def findings(self) -> Iterable[Finding]:
        """All findings, as the command line gives them."""
        return build(self.folder, jobs=1, cache=False).report.findings


def _outlines(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give an outline for each language folder of `files` that has none, with all its pages in order."""
    outlines: dict[str, list[str]] = {}
    for path in files:
        root, _, rest = path.partition("/")
        language, _, page = rest.partition("/")
        stem, _, ending = page.rpartition(".")
        if ending in {"md", "mdx", "ipynb"} and f"{root}/{language}/_toctree.yml" not in files:
            lines = outlines.setdefault(
                f"{root}/{language}/_toctree.yml", ["- title: Chapter", "  sections:"]
            )
            lines += [f"  - local: {stem}", f"    title: {stem.rpartition('/')[2].capitalize()}"]
    return {path: ("\n".join(lines) + "\n").encode() for path, lines in outlines.items()}


# ---- views ---------------------------------------------------------------------------------------------


def diagnostics(course: CaseCourse) -> str:
    """All findings in the text format."""
    return "\n\n".join(map(frame, course.findings()))


def document(course: CaseCourse) -> str:
    """The outline of each parsed page."""
    return _by_page(course, lambda page: outline(course.document(page)))


def resolved(course: CaseCourse) -> str:
    """The outline of each resolved page."""
    return _by_page(course, lambda page: outline(course.resolved(page)))


def html(course: CaseCourse) -> str:
    """Each page's body, its marks made visible."""
    return _by_page(course, lambda page: course.body(page).html.translate(MARKS).rstrip("\n"))


def bank(course: CaseCourse) -> str:
    """The bank of each quiz as a file."""
    found = banks_of(course.course, Cache(None)).values()
    return "\n".join(bank_text(each).translate(MARKS).rstrip("\n") for each in found)


VIEWS: dict[str, Callable[[CaseCourse], str]] = {
    "diagnostics": diagnostics,
    "document": document,
    "resolved": resolved,
    "html": html,
    "bank": bank,
}


def _by_page(course: CaseCourse, view: Callable[[Page], str]) -> str:
    pages = course.pages()
    if len(pages) == 1:
        return view(pages[0])
    return "\n".join(f"--- {page.source.path}\n{view(page)}".rstrip("\n") for page in pages)


# ---- the outline of a document -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    depth: int
    span: Span
    text: str

    def __str__(self) -> str:
        first, last = self.span.line, Span(self.span.source, max(self.span.start, self.span.end - 1), 0).line
        place = f"{first}" if first == last else f"{first}-{last}"
        return f"{place:<8}{'  ' * self.depth}{self.text}"


def outline(page: Document) -> str:
    """Give a line for each block: its lines in the file, its type, and the fields that say something."""
    facts = _facts(page, skip={"blocks", "references", "targets"})
    head = [f"page    {facts}"] if facts else []
    links = [f"link    {address} -> {_plain(target)}" for address, target in page.targets.items()]
    return "\n".join([*head, *map(str, _lines(page.blocks, 0)), *links])


def _lines(blocks: Iterable[Any], depth: int) -> Iterable[_Line]:
    for block in blocks:
        name = type(block).__name__
        words = [name, _facts(block, skip=set())]
        if name in NAMES:
            words.append(_start(getattr(block, "text", None) or block.span.text, NAMES[name]))
        yield _Line(depth, block.span, " ".join(word for word in words if word))
        for field in ("children", "arms", "islands", "expected"):
            yield from _lines(getattr(block, field, ()), depth + 1)
        if name == "Quiz":
            yield from _lines(block.question.choices, depth + 1)


SILENT = (None, "", (), {}, frozenset(), False, Controls(), PageControls())
NESTED = {
    "span",
    "syntax",
    "children",
    "arms",
    "islands",
    "expected",
    "footnotes",
    "prop_spans",
    "label",
    "choices",
}


def _facts(value: Any, skip: set[str]) -> str:
    name = type(value).__name__
    hidden = (NESTED | skip | ({"text"} if name in NAMES else set())) - (
        {"label"} if name == "Arm" else set()
    )
    pairs = [(each, getattr(value, each.name)) for each in fields(value) if each.name not in hidden]
    usual = isinstance(value, Controls | PageControls)
    return " ".join(
        f"{each.name}={_plain(fact)}"
        for each, fact in pairs
        if (fact != each.default if usual else fact not in SILENT)
    )


def _plain(fact: Any) -> str:
    if isinstance(fact, Span):
        return f"{fact.line}:{fact.column}"
    if isinstance(fact, frozenset):
        return repr(sorted(fact))
    if hasattr(fact, "__dataclass_fields__"):
        return f"{type(fact).__name__}({_facts(fact, set())})"
    return repr(fact)


def _start(text: str, length: int) -> str:
    text = text.strip()
    return repr(text if len(text) <= length else f"{text[:length]}…")
