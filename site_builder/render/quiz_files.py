"""The bank of a quiz: its key once, and its words in all languages as finished HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.model.artifact import WORD_CLOSE, WORD_OPEN
from site_builder.model.document import Quiz
from site_builder.model.quiz import ORDER, Bank, Item, ItemText
from site_builder.model.tree import walk
from site_builder.model.words import VALUE
from site_builder.render.draft import Draft
from site_builder.render.escaping import escaped
from site_builder.render.inline_html import author_inline
from site_builder.render.quiz_form import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.course import Page
    from site_builder.model.document import Document
    from site_builder.model.quiz import Question, Rules

_WORD = re.compile(f"{WORD_OPEN}([^{WORD_CLOSE}{VALUE}]*)({VALUE}[^{WORD_CLOSE}]*)?{WORD_CLOSE}")


def page_rules(document: Document, page: Page) -> Rules:
    """Give the rules of a page's quiz: the settings', changed by the front matter."""
    return replace(page.rules, **document.rules) if document.rules else page.rules


def bank_of_page(pages: Sequence[tuple[Page, Document]]) -> Bank:
    """Give the bank of a page.

    Args:
        pages: the page in each language that has it, the original's first, with its document after resolve, which has its key.

    Texts are finished HTML. Addresses in them start with the marks `artifact.SITE_ROOT` and `artifact.EDITION_ROOT`, as in bodies:
    who shows a text fills them in. Questions that the original does not have are left out.
    """
    page, document = pages[0]
    texts: dict[str, dict[str, ItemText]] = {}
    for each, theirs in pages:
        for question, text in _texts(theirs):
            texts.setdefault(question.id, {})[each.language] = text
    items = tuple(_item(question, texts[question.id]) for question, _ in _texts(document))
    titles = {each.language: theirs.title or each.title for each, theirs in pages}
    return Bank(page.id, titles, page.language, items, page_rules(document, page))


def _texts(document: Document) -> list[tuple[Question, ItemText]]:
    """Give the questions of a document with their words."""
    draft = Draft(document)
    found = []
    for block in walk(document.blocks):
        if isinstance(block, Quiz):
            question = block.question
            choices = tuple(
                (
                    each.id,
                    _finished(each.text, draft, question),
                    _finished(each.explanation, draft, question),
                )
                for each in shown(question)
            )
            explanation = _finished(question.explanation, draft, question)
            found.append((question, ItemText(escaped(question.prompt), choices, explanation)))
    return found


def _finished(text: str, draft: Draft, question: Question) -> str:
    """Give inline Markdown as HTML; the few words of ours in it, such as those of a picture's card, are English."""
    html = author_inline(text, draft, question.span).html if text else ""
    return _WORD.sub(_english, html)


def _english(match: re.Match[str]) -> str:
    values = dict(each.split("=", 1) for each in (match[2] or "").split(VALUE) if "=" in each)
    return re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], name[0]), match[1])


def _item(question: Question, texts: dict[str, ItemText]) -> Item:
    choices = shown(question)
    right = question.choices if question.kind == ORDER else [each for each in choices if each.correct]
    return Item(
        question.id, question.kind, tuple(each.id for each in choices), tuple(each.id for each in right),
        question.accepted, question.fold, question.low, question.high, question.shuffle, texts,
    )  # fmt: skip
