"""Render over real courses: nothing dangerous, nothing open, no text lost on the way to the search."""

import re
import sys
from pathlib import Path

import pytest

from site_builder.model.atlas import Atlas
from site_builder.model.course import Page
from site_builder.model.source import Source
from site_builder.parse.stage import parse
from site_builder.render.stage import render
from site_builder.resolve.stage import resolve

sys.path.insert(0, str(Path(__file__).parent.parent / "security"))
from dangers import dangers

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?: [^\s=>"]+(?:="[^"]*")?)*>')
VOID = frozenset({"img", "br", "hr", "input", "wbr", "col", "source", "track"})
FAULTS = {"cleaned-html": 0, "math": 0, "unsafe-link": 0}


def unclosed(html):
    """Give the tags that do not match, and text with `<` or `>`."""
    open_tags, found = [], []
    for match in TAG.finditer(html):
        if match[2] in VOID:
            continue
        if not match[1]:
            open_tags.append(match[2])
        elif not open_tags or open_tags.pop() != match[2]:
            found.append(match[0])
    return found + open_tags + re.findall(r".{,30}[<>].{,30}", TAG.sub("", html))


def test_control_what_is_not_closed_is_found():
    assert unclosed("<p>a</p><br>") == []
    assert unclosed("<p><b>a</p></b>")
    assert unclosed("a < b")


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["audio-course", "llm-course-sample"])
def test_real_pages(corpora, name):
    found, wrong = dict.fromkeys(FAULTS, 0), []
    for file in sorted((corpora / name / "chapters").rglob("*.mdx")):
        source = Source(file.relative_to(corpora / name).as_posix(), file.read_bytes().decode("utf-8-sig"))
        page = Page(file.stem, "A page", "en", source, "en", address=file.stem)
        document, _ = resolve(parse(source)[0], page, Atlas("en", {}, {}, {}), None)
        body, findings = render(document, page)
        for each in findings:
            if each.code in found:
                found[each.code] += 1
        wrong += [(source.path, each) for each in (*dangers(body.html), *unclosed(body.html))]
        text = "".join(each.text for each in body.sections)
        wrong += [(source.path, each) for each in unclosed(text)]
        assert body.minutes >= (1 if source.text.strip() else 0)
    assert wrong == []
    assert found == FAULTS
