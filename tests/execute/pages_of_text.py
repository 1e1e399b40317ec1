"""Documents and pages made of a text."""

from __future__ import annotations

from site_builder.model.course import Page
from site_builder.model.source import Source
from site_builder.parse.stage import parse


def document_of(text, language="en", ending="mdx"):
    return parse(Source(f"chapters/{language}/chapter1/1.{ending}", text))[0]


def page_of(document, language="en"):
    return Page("chapter1/1", "One", language, document.span.source, language)


def fences(*codes):
    """A page with a cell for each code; a code may begin with words for its fence (`no-run|x = 1`) and end with what is expected."""
    parts = ["# Title"]
    for each in codes:
        words, _, code = each.rpartition("|")
        code, _, expected = code.partition(" => ")
        parts.append(f"```python {words}\n{code}\n```")
        parts += [f"```out\n{expected}\n```"] if expected else ["Text."]
    return "\n\n".join(parts) + "\n"
