"""What must hold for every page of every built site: functions that give what is wrong, empty where nothing is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import lxml.html
from markdown_it import MarkdownIt

from site_builder.components.table import COMPONENTS
from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT, WORD_CLOSE, WORD_OPEN
from site_builder.model.words import VALUE
from site_builder.parse.stage import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from site_builder.model.course import Course, Page
    from site_builder.model.document import Document

PLAIN = MarkdownIt("commonmark")
MARKS = re.compile(f"[{WORD_OPEN}{WORD_CLOSE}{VALUE}{SITE_ROOT}{EDITION_ROOT}]")
CODE = ("pre", "code", "kbd", "samp", "tt", "math", "script", "style", "var")
SYNTAX = re.compile(
    r"</?(?:" + "|".join([*COMPONENTS, "Tipp", "Quiz"]) + r")(?![\w-])[^<]*"
    r"|\{\s*[#:/]\s*(?:if|else|each|await|key|html)\b[^}]*\}?"
    r"|\b(?:choices|notebooks|options|classNames|fw)=\{"
    r"|\bexplain:\s*[\"'`]|\bcorrect:\s*true"
    r"|\[!(?:TIP|NOTE|IMPORTANT|WARNING|CAUTION)\]"
    r"|\[\[[^\]]+\]\]\s*$|^\s*\$\$|\\\\\(|^\s*`{3,}|<!--|-->"
)
COUNTED = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "blockquote", "pre")
TOKENS = {
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "table_open": "table",
    "blockquote_open": "blockquote",
    "fence": "pre",
    "code_block": "pre",
}
OURS = (
    "self::form[contains(@class,'course-question')] or self::section[contains(@class,'footnotes')]"
    " or contains(@class,'course-output')"
)


# ---- places ----------------------------------------------------------------------------------------------


def page_file(site: Path, course: Course, page: Page) -> Path:
    """Give the file of `page` in the built `site`."""
    edition = "" if page.language == course.original.language else page.language
    return site / edition / page.address / "index.html"


def every_page(course: Course) -> Iterator[Page]:
    """Give all pages of all editions."""
    for edition in course.editions:
        yield from edition.pages


def article_of(html: str) -> Any:
    """Give the part of a page that is the chapter's."""
    (article,) = lxml.html.document_fromstring(html).xpath("//article[contains(@class,'md-content__inner')]")
    ours = ("course-source", "course-notice", "course-title")
    for frame in article.xpath(" | ".join(f".//*[@class='{name}']" for name in ours)):
        frame.drop_tree()
    return article


# ---- checks ----------------------------------------------------------------------------------------------


def missing_pages(site: Path, course: Course) -> list[str]:
    """Give the pages that were not written."""
    return [
        f"{page.language} {page.id}"
        for page in every_page(course)
        if not page_file(site, course, page).is_file()
    ]


def visible_syntax(article: Any) -> list[str]:
    """Give the places where a reader sees component, brace or Markdown syntax outside of code."""
    return [found[0] for text in _texts(article) for found in SYNTAX.finditer(text)]


def leftover_marks(html: str) -> list[str]:
    """Give the marks of words and roots that nobody filled."""
    return [html[max(0, found.start() - 40) : found.end() + 40] for found in MARKS.finditer(html)]


def wrong_ids(article: Any, source: str) -> list[str]:
    """Give ids that occur twice, and headings whose id is not what the rule makes of their text."""
    ids = Counter(article.xpath(".//@id"))
    wrong = [f"twice: {each}" for each, count in ids.items() if count > 1]
    written = _written_slugs(source)
    explicit = {each.strip() for each in re.findall(r"\[\[([^\[\]]+)\]\]", source)}
    taken: Counter[str] = Counter()
    for heading in _headings(article):
        rule = slug(_heading_text(heading))
        if heading.get("id") in explicit:
            continue
        allowed = {
            rule,
            *(f"{rule}-{number}" for number in range(1, taken[rule] + 2) if taken[rule] or rule in explicit),
        }
        if heading.get("id") not in allowed | written and rule and not heading.xpath(".//math"):
            wrong.append(f"{heading.get('id')!r} is not {rule!r}")
        taken[rule] += 1
    return wrong


def slug(text: str) -> str:
    """Give the id that the rule makes of a heading's text, written anew here so that both can be compared."""
    joined = re.sub(r"\s+", "-", text.strip().lower())
    return "".join(each for each in joined if each == "-" or unicodedata.category(each)[0] in "LN")


def _written_slugs(source: str) -> set[str]:
    """Give the ids of the headings with HTML tags in their text, whose names the rule counts as text."""
    lines = re.findall(r"^#{1,6}[ \t]+(.*<[a-z]+>.*?)[ \t#]*$", source, flags=re.MULTILINE)
    inlines = [PLAIN.parseInline(line)[0].children or () for line in lines]
    return {slug(" ".join(leaf.content.strip() for leaf in each if leaf.content.strip())) for each in inlines}


def count_differences(article: Any, document: Document) -> list[str]:
    """Compare the numbers of elements on a page with those that its blocks have."""
    shown, meant = Counter(_shown(article)), Counter(_meant(document.blocks))
    return [
        f"{name}: {meant[name]} in the text, {shown[name]} shown"
        for name in COUNTED
        if shown[name] != meant[name]
    ]


def page_problems(site: Path, course: Course, page: Page) -> list[str]:
    """Give everything that is wrong on a built page."""
    html = page_file(site, course, page).read_text(encoding="utf-8")
    article = article_of(html)
    problems = [
        *(f"visible: {each}" for each in visible_syntax(article)),
        *(f"mark: {each!r}" for each in leftover_marks(html)),
        *(f"id: {each}" for each in wrong_ids(article, page.source.text)),
        *(f"count: {each}" for each in count_differences(article, parse(page.source)[0])),
    ]
    return [f"{page.language}/{page.id}: {each}" for each in problems]


# ---- what is shown ---------------------------------------------------------------------------------------


def _texts(article: Any) -> Iterator[str]:
    hidden = " or ".join(f"ancestor::{name}" for name in CODE)
    for text in article.xpath(f".//text()[not({hidden})]"):
        yield str(text)


def _headings(article: Any) -> list[Any]:
    return article.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][@id]")


def _heading_text(heading: Any) -> str:
    leaves = heading.xpath(
        ".//text()[not(ancestor::a[@class='headerlink']) and not(ancestor::*[@class='course-alias'])]"
    )
    return " ".join(leaf.strip() for leaf in map(str, leaves) if leaf.strip())


def _shown(article: Any) -> Iterator[str]:
    for name in COUNTED:
        for _ in article.xpath(f".//{name}[not(ancestor-or-self::*[{OURS}])]"):
            yield name


# ---- what is meant ---------------------------------------------------------------------------------------


def _meant(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        kind = type(block).__name__
        if kind == "Element" and block.name == "Question":
            continue  # a list in it is its choices
        if kind == "Heading":
            yield f"h{block.level}"
        elif kind in {"Code", "Cell"}:
            yield "pre"
        elif kind == "Prose":
            yield from _of_tokens(block.syntax)
        for field in ("children", "arms", "islands"):
            yield from _meant(getattr(block, field, ()))


def _of_tokens(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type in TOKENS:
            yield TOKENS[token.type]
        elif token.type == "heading_open":
            yield token.tag
        elif token.type in {"html_block", "html_inline"}:
            content = re.sub(r"<!--.*?(?:-->|$)", "", token.content, flags=re.DOTALL)
            yield from (
                name.lower()
                for name in re.findall(r"<([A-Za-z]+[1-6]?)(?=[\s/>])", content)
                if name.lower() in COUNTED
            )
        yield from _of_tokens(token.children or ())
