"""A README to the course's title: its first heading, without what is only decoration."""

from __future__ import annotations

import html
import re

HEADING = re.compile(
    r"^ {0,3}#{1,2}[ \t]+(?P<atx>[^\n]+?)[ \t]*#*[ \t]*$"
    r"|^(?P<setext>[^\s#>`<!\[|*-][^\n]*?)[ \t]*\n[ ]{0,3}=+[ \t]*$"
    r"|<h1\b[^>]*>(?P<html>.*?)</h1>",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
FENCE = re.compile(r"^(```+|~~~+).*?^\1", re.MULTILINE | re.DOTALL)
CLEAN = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)"), ""),  # badges
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\[[^\]]*\]\]\s*$"), ""),
    (re.compile(r"<[^>]*>"), ""),
    (re.compile(r":[a-z0-9_+-]+:"), ""),  # :hugs:
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)
PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U000e0020-\U000e007f]+")
LONGEST = 120


def readme_title(text: str) -> str:
    """Give the first heading of a README as plain text; an empty string where there is none."""
    text = FENCE.sub("", text[:50_000].replace("\r\n", "\n"))
    for match in HEADING.finditer(text):
        title = plain(match["atx"] or match["setext"] or match["html"] or "")
        if title:
            return title
    return ""


def plain(markdown: str) -> str:
    """Take Markdown, HTML, badges and pictures out of a heading."""
    for pattern, kept in CLEAN:
        markdown = pattern.sub(kept, markdown)
    words = PICTURES.sub(" ", html.unescape(markdown)).split()
    return " ".join(words)[:LONGEST].strip(" -–—|:") if words else ""


def folder_title(name: str) -> str:
    """Make a title of a folder's name: `audio-course` is `Audio course`."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or "Course"
