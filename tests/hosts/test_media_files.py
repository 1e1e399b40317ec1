"""Pictures that would run something are not published; plain ones are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_course import SQUARE, build_site, write_course

from site_builder.hosts.media_files import copy_media, refusal_of
from site_builder.pipeline import build

if TYPE_CHECKING:
    from pathlib import Path

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{attributes}>{inside}</svg>'


def svg(inside: str = "", attributes: str = "", head: str = "") -> str:
    return head + _SVG.format(inside=inside, attributes=attributes)


@pytest.mark.parametrize(
    "text",
    [
        SQUARE,
        svg('<defs><path id="a" d="M0 0"/></defs><use href="#a"/><use xlink:href="#a"/>'),
        svg('<style>path { fill: red }</style><path style="fill:blue" d="M0 0"/>'),
        svg('<a href="https://example.org/"><text>link</text></a>'),
        svg('<animate attributeName="opacity" values="0;1" dur="1s"/>'),
        svg('<image href="data:image/png;base64,AAAA"/>'),
        svg(head='<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg>\n<!-- drawn by hand -->'),
        svg("<text>é</text>", head='\ufeff<?xml version="1.0" encoding="utf-8" standalone="no"?>'),
        svg("<text>encoding='utf-16' onload=</text>"),
    ],
)  # fmt: skip
def test_plain_drawings_are_published(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.svg").write_text(text, encoding="utf-8")
    assert refusal_of(tmp_path / "a.svg") == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg('<g><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></g>'), "<script>"),
        (svg("<SCRIPT>alert(1)</SCRIPT>"), "<script>"),
        (svg('<script href="https://evil.example/a.js"/>'), "<script>"),
        (svg(attributes=' onload="alert(1)"'), "onload"),
        (svg('<path OnClick="alert(1)"/>'), "onclick"),
        (svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "<foreignobject>"),
        (svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>'), "<iframe>"),
        (svg('<a href="javascript:alert(1)"><text>a</text></a>'), "href"),
        (svg('<a xlink:href=" java&#10;script:alert(1)"><text>a</text></a>'), "href"),
        (svg('<a href="JAVASCRIPT:alert(1)"/>'), "href"),
        (svg('<image href="data:image/svg+xml;base64,AAAA"/>'), "href"),
        (svg('<a href="data:text/html,x"/>'), "href"),
        (svg('<use href="other.svg#a"/>'), "<use>"),
        (svg('<a><set attributeName="href" to="x"/></a>'), "changes a link"),
        (svg('<a><animate attributeName="xlink:href" values="x;y"/></a>'), "changes a link"),
        (svg('<a><animateTransform attributeName=" href " values="x;y"/></a>'), "changes a link"),
        (svg('<handler xmlns="http://www.w3.org/2001/xml-events" type="x"/>'), "<handler>"),
        (svg("<text>&x;</text>", head='<!DOCTYPE svg [<!ENTITY x "y">]>'), "entities"),
        (svg(head='<?xml-stylesheet href="a.xsl" type="text/xsl"?>'), "style sheets"),
        ("<svg><path></svg>", "cannot be read"),
        ("", "cannot be read"),
        ("<html>no drawing", "cannot be read"),
        (svg(head='<?xml version="1.0" encoding="no-such-code"?>'), "UTF-8"),
        (svg(head='<?xml version="1.0" encoding="utf-7"?>'), "UTF-8"),
        (svg(head="<?xml version='1.0' encoding = 'cp037'?>"), "UTF-8"),
    ],
)  # fmt: skip
def test_drawings_that_do_something_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.SVG").write_text(text, encoding="utf-8")
    assert reason in refusal_of(tmp_path / "a.SVG")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_what_is_written_so_that_we_cannot_see_it_is_refused(tmp_path: Path, encoding: str) -> None:
    text = svg(head='<!DOCTYPE svg [<!ENTITY x "&#60;script>alert(1)&#60;/script>">]>', inside="&x;")
    (tmp_path / "a.svg").write_bytes(text.encode(encoding))
    assert refusal_of(tmp_path / "a.svg")
    (tmp_path / "a.svg").write_bytes(SQUARE.encode(encoding))
    assert "UTF-8" in refusal_of(tmp_path / "a.svg")


def test_too_large_a_drawing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(svg("<path/>" + " " * 5_000_000))
    assert "too large" in refusal_of(tmp_path / "a.svg")


def test_other_files_are_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"<script>")
    assert refusal_of(tmp_path / "a.png") == ""


def test_only_what_pages_show_is_copied_and_what_is_refused_is_told(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {
        "chapters/en/one/2.mdx": "# Second\n\n![a](a.svg) ![b](b.svg)\n",
        "chapters/en/one/a.svg": SQUARE,
        "chapters/en/one/b.svg": svg(attributes=' onload="x()"'),
        "chapters/en/one/unused.svg": SQUARE,
    })  # fmt: skip
    found = copy_media(build(course, jobs=1, cache=False), tmp_path / "media")
    copied = {file.relative_to(tmp_path / "media").as_posix() for file in (tmp_path / "media").rglob("*.svg")}
    assert copied == {"chapters/en/one/a.svg", "chapters/en/pictures/square.svg"}
    assert [(each.code, each.span.source.path) for each in found] == [
        ("unsafe-file", "chapters/en/one/b.svg")
    ]
    site = build_site(course, tmp_path / "site")
    assert {path for path in site if path.startswith("media/")} == {f"media/{path}" for path in copied}
