"""Pages made of payloads: as chapters, and in each place of a page where an author's text ends up."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from site_builder.dialect.markdown import make_parser
from site_builder.model.atlas import Atlas
from site_builder.model.course import Page
from site_builder.model.document import (
    Arm,
    Callout,
    Cell,
    Code,
    Demo,
    Document,
    Expected,
    Heading,
    NotebookLinks,
    Quiz,
    Switch,
    Target,
    Video,
)
from site_builder.model.notebook import Output
from site_builder.model.quiz import Choice, Question
from site_builder.model.source import Source
from site_builder.parse.stage import parse
from site_builder.render.stage import render
from site_builder.resolve.stage import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.document import Block

ATLAS = Atlas(
    "en", {"chapter1/1": "chapter1/1"}, {"chapter1": "chapter1/1"}, {"chapter1/1": frozenset({"a"})}
)


def payloads() -> list[tuple[str, str]]:
    """Give all payloads with their names, such as `url-3`."""
    kinds = tomllib.loads(Path(__file__).with_name("payloads.toml").read_text(encoding="utf-8"))
    return [(f"{kind}-{at}", text) for kind, texts in kinds.items() for at, text in enumerate(texts, 1)]


def page_of(source: Source) -> Page:
    """Give the page of a source."""
    return Page("chapter1/1", "A page", "en", source, "en", address="chapter1/1")


def cleaned(text: str, remote_images: str = "ask") -> str:
    """Give the body of a chapter with `text`."""
    source = Source("chapters/en/chapter1/1.mdx", text)
    page = page_of(source)
    document, _ = resolve(parse(source)[0], page, ATLAS, None)
    return render(document, page, remote_images=remote_images)[0].html


def naive(text: str) -> str:
    """Give what a renderer makes of `text` that trusts its authors: the control."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = lambda _: True
    return parser.render(text)


def in_slot(name: str, text: str) -> str:
    """Give the body of a page with `text` as the value that `SLOTS` names."""
    source = Source("chapters/en/chapter1/1.mdx", text)
    blocks = SLOTS[name](text, source)
    targets = {text: Target("outside", text)}
    body, _ = render(Document(source.whole, blocks, targets=targets), page_of(source))
    return body.html


def _inline(text: str) -> tuple[object, ...]:
    tokens = make_parser().parseInline(text, {})
    return tuple(tokens[0].children or ())


def _heading(text: str, source: Source) -> tuple[Block, ...]:
    return (Heading(source.whole, 2, text, _inline(text), text, text, (text,)),)


def _callout(text: str, source: Source) -> tuple[Block, ...]:
    return (Callout(source.whole, text, text, ()), Callout(source.whole, "tip", text, ()))


def _video(text: str, source: Source) -> tuple[Block, ...]:
    return (Video(source.whole, text, text, text),)


def _demo(text: str, source: Source) -> tuple[Block, ...]:
    addresses = (text, f"https://{text}", f"https://example.org/{text}")
    return tuple(Demo(source.whole, kind, each, text) for kind in ("space", "embed") for each in addresses)


def _notebooks(text: str, source: Source) -> tuple[Block, ...]:
    return (NotebookLinks(source.whole, ((text, text), (text, f"https://example.org/{text}"))),)


def _switch(text: str, source: Source) -> tuple[Block, ...]:
    return (Switch(source.whole, text, (Arm(source.whole, text, text, ()), Arm(source.whole, "b", "B", ()))),)


def _question(text: str, source: Source) -> tuple[Block, ...]:
    choices = (Choice(source.whole, text, text, correct=True, id="c0"), Choice(source.whole, "b", id="c1"))
    return (Quiz(source.whole, Question(source.whole, f"chapter1/1#{text}", choices, text, text)),)


def _code(text: str, source: Source) -> tuple[Block, ...]:
    return (
        Code(source.whole, text, text, text),
        Code(source.whole, text, "html"),
        Code(source.whole, text, "diff"),
    )


def _cell(text: str, source: Source) -> tuple[Block, ...]:
    expected = (
        Expected(source.whole, text, _inline(text), text),
        Expected(source.whole, text, is_trace=True),
    )
    return (Cell(source.whole, text, "python", (text,), expected),)


def _outputs(text: str, source: Source) -> tuple[Block, ...]:
    kinds = (
        "text/html",
        "text/markdown",
        "text/latex",
        "text/plain",
        "image/png",
        "image/svg+xml",
        "application/x",
    )
    outputs = [Output("display_data", data={kind: text, "text/plain": text}) for kind in kinds]
    outputs += [Output("stream", text), Output("error", text), Output(text, text, {text: text})]
    return (Cell(source.whole, "x", outputs=tuple(outputs)),)


SLOTS: dict[str, Callable[[str, Source], tuple[Block, ...]]] = {
    "heading": _heading,
    "callout": _callout,
    "video": _video,
    "demo": _demo,
    "notebooks": _notebooks,
    "switch": _switch,
    "question": _question,
    "code": _code,
    "cell": _cell,
    "outputs": _outputs,
}
"""Places that hold an author's text as a value, each with everything in it made of one payload."""

WRAPPINGS: dict[str, Callable[[str], str]] = {
    "list item": lambda text: "- x\n\n" + _indented(text, "  "),
    "quote": lambda text: _indented(text, "> "),
    "callout": lambda text: "> [!WARNING]\n" + _indented(text, "> "),
    "component": lambda text: f"<Tip>\n\n{text}\n\n</Tip>",
    "variant": lambda text: f"{{#if fw === 'pt'}}\n{text}\n{{:else}}\n{text}\n{{/if}}",
    "heading": lambda text: "## " + " ".join(text.split("\n")),
    "cell of a table": lambda text: (
        "| a |\n|---|\n| " + " ".join(text.split("\n")).replace("|", "\\|") + " |"
    ),
    "link's text": lambda text: f"[{text}](https://example.org)",
    "link's address": lambda text: f"[x](<{text}>)",
    "link's title": lambda text: f"[x](https://example.org {json.dumps(text, ensure_ascii=False)})",
    "picture's alt": lambda text: f"![{text}](https://example.org/a.png)",
    "footnote": lambda text: f"x[^1]\n\n[^1]: {text}",
    "title of a tag": lambda text: f'<div title="{text}">x</div>',
    "formula": lambda text: f"$${text}$$",
    "text of a formula": lambda text: f"$$\\text{{{text}}}$$",
    "choice": lambda text: (
        f"<Question choices={{[{{text: {json.dumps(text)}, correct: true}}, {{text: 'b'}}]}} />"
    ),
    "property": lambda text: f"<Tip title={{{json.dumps(text)}}}>\n\nx\n\n</Tip>",
    "info string": lambda text: f"```{' '.join(text.split()).replace('`', '')}\nx\n```",
    "unclosed HTML": lambda text: f'<div class="a"><b title="{text}\n\n{text}',
}
"""Chapters around a payload."""


def _indented(text: str, mark: str) -> str:
    return "\n".join(mark + line for line in text.split("\n"))
