"""Pass: questions get their ids and their prompts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Heading, Quiz
from site_builder.model.tree import rebuilt, walk

if TYPE_CHECKING:
    from site_builder.model.course import Page
    from site_builder.model.document import Document
    from site_builder.model.tree import Blocks


def number_questions(document: Document, page: Page) -> tuple[Document, tuple[Finding, ...]]:
    """Set the id of each question, `page#1` and on, and its prompt, the heading above it."""
    placed: dict[int, Quiz] = {}
    findings = []
    heading: Heading | None = None
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            heading = block
        elif isinstance(block, Quiz):
            placed[id(block)] = _placed(block, f"{page.id}#{len(placed) + 1}", heading)
            if heading is None:
                action = "put the question into a heading, such as `### What is a token?`"
                findings.append(
                    Finding("no-prompt", block.span, "the question has no heading above it", action)
                )
    if not placed:
        return document, ()

    def put(siblings: Blocks) -> tuple[Blocks, ...]:
        return tuple((placed[id(each)],) if isinstance(each, Quiz) else (each,) for each in siblings)

    return replace(document, blocks=rebuilt(document.blocks, put)), tuple(findings)


def _placed(quiz: Quiz, id_: str, heading: Heading | None) -> Quiz:
    prompt, anchor = (heading.text, heading.anchor) if heading else ("", "")
    return replace(quiz, question=replace(quiz.question, id=id_, prompt=prompt, prompt_anchor=anchor))
