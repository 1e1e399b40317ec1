"""Markdown tokens become HTML, still a stream that has to pass the clean-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from markdown_it.presets import commonmark
from markdown_it.renderer import RendererHTML
from markdown_it.utils import OptionsDict

from site_builder.dialect.embedded import is_embedded
from site_builder.model.words import word
from site_builder.render.author_html import pictures_without_text, prepare
from site_builder.render.escaping import escaped, quoted
from site_builder.render.formulas import formula_html
from site_builder.render.highlight import code_html

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from site_builder.model.document import Block
    from site_builder.model.source import Span
    from site_builder.render.draft import Draft

_OPTIONS = OptionsDict(commonmark.make()["options"])
_STANDARD = RendererHTML()
_HTML_FORMULA = re.compile(
    r"<[^>]*>|(?<![^\n>])[ \t]*\$\$(?P<block>[^$]+)\$\$(?=[ \t]*(?:[\n<]|$))|\$\$(?P<amid>[^$]+)\$\$|\\\\\((?P<line>.+?)\\\\\)"
)
_EMBEDDED_TAG = re.compile(
    r"""<img\s(?:[^<>]*?\s)?src\s*=\s*["']?(?P<address>data:image/[^\s"'<>]+)[^<>]*>""", re.IGNORECASE
)
_SAID = re.compile(r"""\s(alt|width|height)\s*=\s*["']([^"'<>]*)["']""")
_CODE_TAG = re.compile(r"<(?:code|pre|kbd|samp|tt|var)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """Where tokens stand: the page, the stretch that they come from, and what their islands are."""

    draft: Draft
    span: Span
    islands: Sequence[Block] = ()
    render_block: Callable[[Block], str] | None = None


def render_tokens(
    tokens: Sequence[Token],
    draft: Draft,
    span: Span,
    islands: Sequence[Block] = (),
    render_block: Callable[[Block], str] | None = None,
) -> str:
    """Give the stream for block tokens; `render_block` gives that of an island."""
    place = _Place(draft, span, islands, render_block)
    parts: list[str] = []
    for at, token in enumerate(tokens):
        if token.type == "inline":
            parts.append(_inline(token.children or (), place))
        elif rule := _RULES.get(token.type):
            parts.append(rule(token, place))
        else:
            parts.append(_STANDARD.renderToken(tokens, at, _OPTIONS, {}))
    return "".join(parts)


def render_inline(tokens: Sequence[Token], draft: Draft, span: Span) -> str:
    """Give the stream for inline tokens."""
    return _inline(tokens, _Place(draft, span))


def _inline(tokens: Sequence[Token], place: _Place) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type == "text":
            parts.append(escaped(token.content))
        elif rule := _RULES.get(token.type):
            parts.append(rule(token, place))
        else:
            parts.append(_tag(token))
    return "".join(parts)


def _tag(token: Token) -> str:
    if token.nesting < 0:
        return f"</{token.tag}>"
    return f"<{token.tag}{_STANDARD.renderAttrs(token) if token.attrs else ''}>"


def _code(token: Token, _: _Place) -> str:
    return f"<code>{escaped(token.content)}</code>"


def _picture(token: Token, place: _Place) -> str:
    alt = _STANDARD.renderInlineAsText(token.children, _OPTIONS, {})
    if not alt.strip():
        _report_picture(str(token.attrs.get("src", ""))[:200], place)
    address = str(token.attrs.get("src", ""))
    title = f' title="{quoted(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
    html = f'<img src="{quoted(address)}" alt="{quoted(alt)}"{title}'
    if is_embedded(address):  # the clean-up passes no `data:`
        return place.draft.hold(f'{html} loading="lazy" decoding="async">', inline=True)
    return f"{html}>"


def _report_picture(written: str, place: _Place) -> None:
    message = "a picture has no alternative text"
    place.draft.report(
        "missing-alt", place.span.find(written), message, "say what it shows, for those who do not see it"
    )


def _author_html(token: Token, place: _Place) -> str:
    html, lost = prepare(token.content)
    for each in lost:
        name = each[1:].split(None, 1)[0].partition(">")[0].lower()
        message = f"`<{name}>` was removed or lost what it acts by"
        place.draft.report("cleaned-html", place.span.find(each), message, "use a component of the manual")
    for tag in pictures_without_text(token.content):
        _report_picture(tag, place)
    if "data:image/" in html:
        html = _EMBEDDED_TAG.sub(lambda match: _embedded(match, place), html)
    return _with_formulas(html, token, place)


def _embedded(match: re.Match[str], place: _Place) -> str:
    """Hold a picture that stands in its own address, with what else its tag says of it."""
    if not is_embedded(match["address"]):
        return match[0]
    said = dict(_SAID.findall(match[0]))
    kept = "".join(f' {name}="{quoted(unescape(value))}"' for name, value in said.items())
    return place.draft.hold(
        f'<img src="{match["address"]}"{kept} loading="lazy" decoding="async">', inline=True
    )


def _with_formulas(html: str, token: Token, place: _Place) -> str:
    """Put formulas in author HTML, where their marks are plain and no code is near."""
    if token.type != "html_block" or not ("$$" in html or "\\\\(" in html) or _CODE_TAG.search(html):
        return html

    def formula(match: re.Match[str]) -> str:
        tex = unescape(match["block"] or match["amid"] or match["line"] or "").strip()
        return _tex(tex, place, display=bool(match["block"])) if tex else match[0]

    return _HTML_FORMULA.sub(formula, html)


def _fence(token: Token, place: _Place) -> str:
    return hold_code(place.draft, token.content, (token.info.split() or [""])[0])


def hold_code(draft: Draft, text: str, language: str) -> str:
    """Hold highlighted code; the search index gets it without colours."""
    plain = f"<pre><code>{escaped(text)}</code></pre>"
    return draft.hold(code_html(text, language), plain) + "\n"


def _math_inline(token: Token, place: _Place) -> str:
    return _formula(token, place, display=token.markup == "$$")


def _math_block(token: Token, place: _Place) -> str:
    return f"<p>{_formula(token, place, display=True)}</p>\n"


def _formula(token: Token, place: _Place, *, display: bool) -> str:
    return _tex(token.content, place, display=display)


def _tex(tex: str, place: _Place, *, display: bool) -> str:
    html, fault = formula_html(tex, display=display)
    if fault:
        place.draft.report("math", place.span.find(tex), fault, "readers see it as it is written here")
    return place.draft.hold(html, inline=True)


def _island(token: Token, place: _Place) -> str:
    return place.render_block(place.islands[token.meta["island"]]) if place.render_block else ""


def _footnote_place(token: Token) -> tuple[int, str]:
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return number, f"fnref-{number}-{again}" if again else f"fnref-{number}"


def _footnote_mark(token: Token, place: _Place) -> str:
    number, id_ = _footnote_place(token)
    link = f'<a class="footnote-ref" href="#fn-{number}">{number}</a>'
    return place.draft.hold(f'<sup id="{id_}">{link}</sup>', inline=True)


def _footnote_back(token: Token, place: _Place) -> str:
    back = word("Back to the text")
    href = f"#{_footnote_place(token)[1]}"
    link = f' <a class="footnote-backref" href="{href}" title="{back}" aria-label="{back}">\u21a9</a>'
    return place.draft.hold(link, inline=True)


_RULES: dict[str, Callable[[Token, _Place], str]] = {
    "softbreak": lambda _, __: "\n",
    "hardbreak": lambda _, __: "<br>\n",
    "code_inline": _code,
    "image": _picture,
    "html_inline": _author_html,
    "html_block": _author_html,
    "fence": _fence,
    "code_block": _fence,
    "math_inline": _math_inline,
    "math_block": _math_block,
    "table_open": lambda _, __: (
        '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>\n'
    ),
    "table_close": lambda _, __: "</table></div></div>\n",
    "island": _island,
    "footnote_ref": _footnote_mark,
    "footnote_anchor": _footnote_back,
    # The frame of footnotes is made by `page_html`.
    "footnote_block_open": lambda _, __: "",
    "footnote_block_close": lambda _, __: "",
    "footnote_open": lambda _, __: "",
    "footnote_close": lambda _, __: "",
}
"""What each kind of token becomes; a kind that is not here is a tag by its name."""
