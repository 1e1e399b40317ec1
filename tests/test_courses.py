"""Builds whole courses and looks at every page: small ones of ours, our own course, and real ones."""

from __future__ import annotations

import os
from pathlib import Path

import lxml.html
import pytest
from case_files import difference
from site_checks import (
    article_of,
    count_differences,
    every_page,
    leftover_marks,
    missing_pages,
    page_file,
    page_problems,
    visible_syntax,
    wrong_ids,
)

from site_builder.discover.stage import discover
from site_builder.model.source import Source
from site_builder.parse.stage import parse
from site_builder.pipeline import build

REPOSITORY = Path(__file__).parent.parent
COURSES = sorted(path.parent for path in (REPOSITORY / "tests" / "courses").glob("*/expected.txt"))
SHOWN = 20


@pytest.fixture(params=[path.name for path in COURSES])
def small_course(request, build_once):
    folder = REPOSITORY / "tests" / "courses" / request.param
    return folder, build_once(f"small-{request.param}", folder)


def summary(folder: Path) -> str:
    """Give a line for each page, file and finding of the course in `folder`."""
    made = build(folder, jobs=1, cache=False)
    lines = [f"{made.course.title} ({made.course.root})"]
    for edition in made.course.editions:
        lines.append(
            f"{edition.language} {edition.direction} {edition.name}: {edition.translated} of {len(edition.pages)}"
        )
        for page in edition.pages:
            marks = [f"from {page.source_language}"] if page.is_fallback else []
            marks += [f"quiz {page.quiz}"] if page.quiz else []
            marks += [f"framework {page.framework}"] if page.framework else []
            lines.append(f"  {page.id} -> {page.address}/ {page.title!r} {', '.join(marks)}".rstrip())
    lines += [f"file {path}" for path in sorted(made.course.files)]
    for each in made.report:
        place = f"{each.span.source.path}:{each.span.line}:{each.span.column}"
        lines.append(f"{each.severity}[{each.code}] {place}: {each.message}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("folder", COURSES, ids=lambda path: path.name)
def test_a_small_course_gives_what_is_expected(folder: Path) -> None:
    path, actual = folder / "expected.txt", summary(folder)
    if os.environ.get("UPDATE_CASES"):
        path.write_text(actual, encoding="utf-8")
    expected = path.read_text(encoding="utf-8")
    assert actual == expected, difference("expected.txt", expected, actual)


def problems(folder: Path, site: Path) -> list[str]:
    """Give all that is wrong with the built site of the course in `folder`, at most `SHOWN`."""
    course, _ = discover(folder)
    assert course.editions
    found = [f"not written: {each}" for each in missing_pages(site, course)]
    if not found:
        found = [each for page in every_page(course) for each in page_problems(site, course, page)]
    return found[:SHOWN]


def test_every_page_of_a_small_course(small_course) -> None:
    assert problems(*small_course) == []


def test_every_page_of_our_own_course(own_site) -> None:
    assert problems(REPOSITORY, own_site) == []


@pytest.mark.corpora
def test_every_page_of_the_audio_course(corpora, audio_site) -> None:
    assert problems(corpora / "audio-course", audio_site) == []


@pytest.mark.corpora
def test_every_page_of_the_llm_course(corpora, llm_site) -> None:
    assert problems(corpora / "llm-course-sample", llm_site) == []


def test_pages_say_their_language_and_direction(small_course) -> None:
    folder, site = small_course
    course, _ = discover(folder)
    for page in every_page(course):
        root = lxml.html.parse(str(page_file(site, course, page))).getroot()
        edition = course.edition(page.language)
        assert {each for each in (root.get("dir"), root.body.get("dir")) if each} == {edition.direction}, page
        assert root.get("lang"), page
        robots = [each.get("content") for each in root.xpath("//meta[@name='robots']")]
        assert bool(robots) == page.is_fallback, (page, robots)
        if page.is_fallback:
            title = root.xpath("//article//h1")[0]
            languages = [each.get("lang") for each in title.iterancestors() if each.get("lang")]
            assert languages[0] == page.source_language, page


def test_every_page_shows_a_title(small_course) -> None:
    folder, site = small_course
    course, _ = discover(folder)
    for page in every_page(course):
        titles = lxml.html.parse(str(page_file(site, course, page))).getroot().xpath("//article//h1")
        assert [each.text_content() for each in titles if each.text_content().strip("¶ ")], page


def test_links_inside_a_site_lead_somewhere(small_course) -> None:
    _, site = small_course
    dead = []
    for file in site.rglob("*.html"):
        if file.name == "404.html":
            continue
        for address in (
            lxml.html.parse(str(file))
            .getroot()
            .xpath("//article//a/@href | //nav//a/@href | //article//img/@src")
        ):
            path, _, fragment = str(address).partition("#")
            if "//" in path or ":" in path:
                continue
            target = (file.parent / path).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                dead.append(f"{file.relative_to(site)}: {address}")
            elif fragment and not _has_id(target, fragment):
                dead.append(f"{file.relative_to(site)}: {address} has no such id")
    assert dead == []


def _has_id(file: Path, fragment: str) -> bool:
    from urllib.parse import unquote  # noqa: PLC0415 - needed here alone

    ids = lxml.html.parse(str(file)).getroot().xpath("//@id")
    return unquote(fragment) in ids or fragment in ids or fragment.startswith("__")


def test_what_a_small_course_hides_is_not_published() -> None:
    course, _ = discover(REPOSITORY / "tests" / "courses" / "bread")
    assert not [path for path in course.files if "drafts" in path]


# ---- controls: the checks find what they are there for ----------------------------------------------------

FRAME = '<html><body><article class="md-content__inner md-typeset">{}</article></body></html>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;Tip&gt;</p>", "<p>text &lt;/Question&gt;</p>", '<p>&lt;Youtube id="x" /&gt;</p>', "<p>{#if fw === 'pt'}</p>",
        "<p>{:else}</p>", "<p>{/if}</p>", "<p>{#else}</p>", "<blockquote><p>[!TIP]</p></blockquote>", "<p>choices={[</p>",
        "<p>correct: true</p>", "<h2 id='a'>A [[a]]</h2>", "<p>$$ x</p>", "<p>\\\\(x\\\\)</p>", "<p>```python</p>",
        "<p>&lt;hfoption id='a'&gt;</p>", "<p>&lt;!-- note --&gt;</p>", "<p>&lt;Tipp&gt;</p>",
    ],
)  # fmt: skip
def test_visible_syntax_is_found(html) -> None:
    assert visible_syntax(article_of(FRAME.format(html)))


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;UNK&gt; and &lt;mask&gt;, {braces} and {'a': 1}</p>", "<pre><code>&lt;Tip&gt; {#if}</code></pre>", "<p><code>[!TIP]</code></p>",
        "<p>A tip: if it is correct: good.</p>", "<p>$5 and $7</p>", "<p>&lt;Tips&gt;</p>",
    ],
)  # fmt: skip
def test_what_is_meant_as_text_is_not_called_syntax(html) -> None:
    assert visible_syntax(article_of(FRAME.format(html))) == []


def test_marks_that_are_left_are_found() -> None:
    assert leftover_marks("<p>\ue0f0Tip\ue0f1</p><a href='\ue0f2media/x'>")
    assert leftover_marks("<p>Tip</p>") == []


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<h2 id='a-b'>A b</h2>", False), ("<h2 id='a_b'>A b</h2>", True), ("<h2 id='own'>A b</h2>", False),
        ("<h2 id='a'>A</h2><h2 id='a'>A</h2>", True), ("<h2 id='a'>A</h2><h2 id='a-1'>A</h2>", False), ("<h2 id='a-1'>A</h2>", True),
        ("<h2 id='中文-x'>中文！ <code>x</code></h2>", False),
    ],
)  # fmt: skip
def test_wrong_ids_are_found(html, wrong) -> None:
    assert bool(wrong_ids(article_of(FRAME.format(html)), "## A b [[own]]\n")) == wrong


def test_different_counts_are_found() -> None:
    text = "# A\n\n- one\n- two\n\n| a |\n|---|\n| b |\n\n> q\n\n```py\nx\n```\n"
    document = parse(Source("a.mdx", text))[0]
    html = "<h1 id='a'>A</h1><ul><li>one<li>two</ul><table><tr><td>b</table><blockquote>q</blockquote><pre>x</pre>"
    assert count_differences(article_of(FRAME.format(html)), document) == []
    for lost in ("<li>two", "<blockquote>q</blockquote>", "<pre>x</pre>", "<h1 id='a'>A</h1>"):
        assert count_differences(article_of(FRAME.format(html.replace(lost, ""))), document)
