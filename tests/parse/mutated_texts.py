"""Texts of chapters, real and small, changed at random as hurried hands and broken tools change them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[2]
CORPORA = REPOSITORY.parent / "shared" / "corpora"

PIECES = (
    *(
        "<Tip>",
        "</Tip>",
        "<Tip",
        "<Tip warning={true}>",
        '<Youtube id="a"/>',
        "<Question choices={[",
        "]}/>",
        "{[",
        "]}",
    ),
    *(
        "{#if fw === 'pt'}",
        "{:else}",
        "{/if}",
        "{#else}",
        "{#if",
        "{",
        "}",
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<UNK>",
    ),
    *(
        "<div>",
        "</div>",
        "<details>",
        "<iframe src='",
        "<b>",
        "<a href=",
        "<script>",
        "<hfoptions id=x>",
        "</hfoption>",
    ),
    *(
        "```",
        "````",
        "~~~",
        "```py\n",
        "```out\n",
        "`",
        "``",
        "$$",
        "$",
        "\\\\(",
        "\\\\)",
        "\\(",
        "\\[",
        "\\",
        "[^1]",
        "[^1]: ",
    ),
    *(
        "> ",
        ">",
        "> [!TIP]\n",
        "- ",
        "1. ",
        "# ",
        "---\n",
        "===\n",
        "|",
        "|-|-|\n",
        "\t",
        "    ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
    ),
    *(
        "**",
        "__",
        "*",
        "_",
        "~~",
        "[",
        "](",
        "![",
        ")",
        "[[x]]",
        "http://a.b",
        "www.",
        "&amp;",
        "&",
        "'",
        '"',
        "\x00",
        "\u2028",
    ),
    *("：**", "한", "ไทย", "\u200d", "\ufeff", "import a from 'b'\n", "export const a = 1\n", "\ud800"),
)

SMALL = (
    "# A page\n\nSome *text* with `code` and a [link](a/b#c).\n\n- one\n- two\n\n  <Tip>\n  in a list\n  </Tip>\n",
    "---\ntitle: x\n---\n\n# A\n\n> [!NOTE]\n> quoted\n> - list\n\n```py\nprint(1)\n```\n\n**Output:**\n\n```out\n1\n```\n",
    "{#if fw === 'pt'}\n\n## A\n\n```py\nx\n```\n{:else}\n\ntext\n\n{/if}\n\n| a | b |\n|---|---|\n| $x_1$ | **c** |\n",
    '### 1. What?\n\n<Question\n\tchoices={[\n\t\t{text: "a", explain: \'b\', correct: true},\n\n\t\t{text: "c"}\n\t]}\n/>\n',
    '<div dir="rtl">\n# Title\n\n<iframe src="https://a.hf.space" width="100%"></iframe>\n\n</div>\n\n$$\na_b\n$$\n\nx[^1]\n\n[^1]: y\n',
)


def read_texts() -> tuple[str, ...]:
    """All real pages of the corpora, where they are, the repository's own, and a few small ones."""
    files = [*sorted(CORPORA.rglob("*.md*")), *sorted((REPOSITORY / "chapters").rglob("*.md*"))]
    files += sorted((REPOSITORY / "tests" / "cases").rglob("*.md"))
    return (*SMALL, *(path.read_bytes().decode("utf-8-sig") for path in files))


TEXTS = read_texts()


def _insert(text: str, at: int, to: int, piece: str) -> str:
    return text[:at] + piece * (1 + to % 3) + text[at:]


def _drop(text: str, at: int, to: int, piece: str) -> str:
    return text[:at] + text[at + to % 200 :] if piece else text


def _repeat(text: str, at: int, to: int, piece: str) -> str:
    stretch = text[at : at + to % 60] + piece
    return text[:at] + stretch * 40 + text[at:]


def _swap(text: str, at: int, to: int, piece: str) -> str:
    first, second = sorted((at, to))
    return text[:first] + text[second:] + piece + text[first:second]


def _cut(text: str, at: int, to: int, piece: str) -> str:
    return (text[:at] if to % 2 else text[at:]) + piece


def _prefix(text: str, at: int, to: int, piece: str) -> str:
    first, second = sorted((at, to))
    return text[:first] + text[first:second].replace("\n", "\n" + piece.strip("\r\n")) + text[second:]


def _line_ends(text: str, at: int, to: int, piece: str) -> str:
    return text.replace("\n", "\r\n" if to % 2 else "\r") + piece * (at % 2)


CHANGES: tuple[Callable[[str, int, int, str], str], ...] = (
    *(_insert, _insert, _insert, _drop, _drop),
    *(_repeat, _swap, _cut, _prefix, _line_ends),
)


@st.composite
def mutated(draw: st.DrawFn, longest: int = 30_000) -> str:
    """A text of a chapter after one to eight changes."""
    text = draw(st.sampled_from(TEXTS))[:longest]
    for _ in range(draw(st.integers(1, 8))):
        change = draw(st.sampled_from(CHANGES))
        places = st.integers(0, max(1, len(text)))
        text = change(text, draw(places), draw(places), draw(st.sampled_from(PIECES)))[: 2 * longest]
    return text
