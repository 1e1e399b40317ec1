"""TeX becomes MathML, which browsers show without scripts or fonts of ours."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from latex2mathml.converter import Converter

from site_builder.render.escaping import escaped, quoted

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST = 5_000
_MOST_DEPTH = 60
_ALIASES = {
    "aligned": "align*",
    "alignedat": "align*",
    "alignat": "align*",
    "alignat*": "align*",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
    "align": "align*",
    "gather": "matrix",
    "gather*": "matrix",
    "gathered": "matrix",
    "multline": "matrix",
    "multline*": "matrix",
    "dcases": "cases",
    "equation": "",
    "equation*": "",
    "displaymath": "",
    "math": "",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([a-zA-Z]+\*?)\}(?:(?<=at\})\s*\{\d+\}|(?<=at\*\})\s*\{\d+\})?")
_MACROS = re.compile(
    r"\\(?:newcommand|renewcommand|providecommand|def|let|gdef|edef|require|input|include)(?![a-zA-Z])"
)
_COMMAND = re.compile(r"\\[a-zA-Z]+|\\\\|[{}]|(?<!\\)&")
_LIMITS = frozenset(
    {
        "max",
        "min",
        "lim",
        "sup",
        "inf",
        "argmax",
        "argmin",
        "limsup",
        "liminf",
        "arg&#x02009;max",
        "arg&#x02009;min",
    }
)
_UNKNOWN = re.compile(r"\\[a-zA-Z]*")
_DROPPED = re.compile(r"\\(?:label|eqref|ref)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])|(?<!\\)%[^\n]*")
_RENAMED = (
    (re.compile(r"\\(?:lvert|rvert|vert)(?![a-zA-Z])"), "|"),
    (re.compile(r"\\bm(?![a-zA-Z])"), r"\\boldsymbol"),
    (re.compile(r"\\arg\s*\\(max|min)(?![a-zA-Z])"), r"\\arg\1"),
    (re.compile(r"\\(arg|Pr|hom|Var|Cov)(?![a-zA-Z])"), r"\\operatorname{\1}"),
)

_TAGS = frozenset(
    """
    math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd menclose none
    """.split()  # noqa: SIM905 - a list of words reads better so
)
_ATTRIBUTES = frozenset(
    """
    display displaystyle scriptlevel mathvariant stretchy fence form lspace rspace minsize maxsize movablelimits accent accentunder
    linethickness columnalign rowspacing columnspacing columnlines rowlines frame width height depth voffset mathcolor
    mathbackground linebreak notation largeop symmetric separator bevelled
    """.split()  # noqa: SIM905 - a list of words reads better so
)
_VALUE = re.compile(r"[\w .,%#+-]*")


@lru_cache(maxsize=4096)
def formula_html(tex: str, *, display: bool) -> tuple[str, str]:
    """Give a formula as HTML, and what is wrong with it.

    Args:
        tex: the formula without its delimiters.
        display: whether it stands on lines of its own.

    Returns:
        `<math>` and an empty text; or, where it cannot be read, the formula in `<code>` and a message.
    """
    fault = _refusal(tex)
    if not fault:
        try:
            tree = Converter(display="block" if display else "inline").convert_to_element(_prepared(tex))
            return _written(_checked(_with_limits(tree) if display else tree)), ""
        except Exception as error:  # noqa: BLE001 - latex2mathml raises what it happens to meet
            fault = str(error) if isinstance(error, _UnknownCommandError) else "the formula cannot be read"
    return f'<code class="course-formula">{escaped(tex)}</code>', fault


class _UnknownCommandError(ValueError):
    """A command that latex2mathml does not know: it would show its name."""


def _refusal(tex: str) -> str:
    macro = _MACROS.search(tex)
    if macro:
        return f"`{macro[0]}` does not work in a formula"
    depth = deepest = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    if depth:
        return "the formula's braces do not match" if not re.search(r"\\[{}]", tex) else ""
    return "the formula is too long or too deep" if len(tex) > _LONGEST or deepest > _MOST_DEPTH else ""


def _prepared(tex: str) -> str:
    """Rewrite what latex2mathml does not know in terms of what it does."""
    tex = _DROPPED.sub("", tex)
    for pattern, new in _RENAMED:
        tex = pattern.sub(new, tex)
    tex = _ENVIRONMENT.sub(_renamed, tex).strip()
    if _has_rows(tex):
        return rf"\begin{{align*}}{tex}\end{{align*}}"
    return tex


def _renamed(match: re.Match[str]) -> str:
    name = _ALIASES.get(match[2], match[2])
    return rf"\{match[1]}{{{name}}}" if name else ""


def _has_rows(tex: str) -> bool:
    r"""Tell whether `&` or `\\` stands outside all environments and braces: TeX needs an environment, people write none."""
    depth = 0
    for match in _COMMAND.finditer(tex):
        if match[0] in {r"\begin", "{", r"\left"}:
            depth += 1
        elif match[0] in {r"\end", "}", r"\right"}:
            depth -= 1
        elif match[0] in {"&", r"\\"} and depth == 0:
            return True
    return False


def _with_limits(tree: Element) -> Element:
    """In display style what stands at `max` and its like goes below it."""
    for node in [*tree.iter("msub"), *tree.iter("msubsup")]:
        if node[0].tag == "mo" and "".join((node[0].text or "").split()) in _LIMITS:
            node.tag = {"msub": "munder", "msubsup": "munderover"}[node.tag]
    return tree


def _checked(tree: Element) -> Element:
    for node in tree.iter():
        if node.tag not in _TAGS:
            raise ValueError(node.tag)
        if node.tag in {"mi", "mo"} and _UNKNOWN.fullmatch(node.text or ""):
            raise _UnknownCommandError(f"`{node.text}` is not known in formulas")
    return tree


def _written(node: Element) -> str:
    """Write a tree of MathML ourselves: latex2mathml writes text without escaping it, so `<script>` would be a script."""
    attributes = "".join(
        f' {name}="{quoted(value)}"'
        for name, value in node.attrib.items()
        if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    inner = escaped(unescape(node.text or "")) + "".join(map(_written, node))
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"
