"""Looks for what must not stand in a finished body: written anew from the promise, not from the clean-up's lists."""

from __future__ import annotations

import re

import lxml.html

from site_builder.model.words import WORDS

ELEMENTS = frozenset(
    """
    a abbr article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p picture pre q rp rt ruby s samp section small
    source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr
    form fieldset legend label input
    math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover
    mmultiscripts mtable mtr mtd menclose merror
    """.split()  # noqa: SIM905 - a list of words reads better so
)
ATTRIBUTES = re.compile(
    r"""id|dir|lang|title|style|align|class|href|src|alt|width|height|controls|loop|muted|preload|playsinline|poster|type|kind|srclang
    |label|default|open|start|reversed|value|border|cellpadding|cellspacing|valign|colspan|rowspan|scope|span|datetime|loading|decoding
    |rel|target|for|name|checked|aria-[a-z]+|role|tabindex
    |data-(?:frame|image|media|alt|width|height|tabs|group|key|kind|question|choice|graded|shuffle|scoring)
    |min|max|inputmode|autocomplete|autocapitalize|spellcheck
    |display|displaystyle|scriptlevel|mathvariant|stretchy|fence|form|lspace|rspace|minsize|maxsize|movablelimits|accent|accentunder
    |linethickness|columnalign|rowspacing|columnspacing|columnlines|rowlines|frame|depth|voffset|mathcolor|mathbackground|linebreak
    |notation|largeop|symmetric|separator|bevelled""",
    re.VERBOSE,
)
ADDRESS = re.compile(r"https?://[^\x00-\x20]|mailto:|tel:|#|[\ue0f2\ue0f3]")
MADE = re.compile(r"\ue0f2outputs/[0-9a-f]{24}\.(?:png|jpg|gif|webp|svg|wav|flac|ogg|mp3|mp4|webm)")
STYLE = re.compile(
    r"url|expression|@|\\|position|inset|z-index|behavior|binding|(?<!-)content|(?<![a-z])-\w", re.IGNORECASE
)


def dangers(html: str, *, remote: bool = False) -> list[str]:
    """Give what is wrong with a body; `remote` tells whether pictures of other hosts may load at once."""
    tree = lxml.html.document_fromstring(f"<!doctype html><html><body><main>{html}</main></body></html>")
    frame = {"html", "body", "main"}
    nodes = [node for node in tree.iter() if node.tag not in frame or node.attrib]
    found = [problem for node in nodes for problem in _of_node(node, remote=remote)]
    words = [
        f"word {each!r}"
        for each in re.findall(r"\ue0f0([^\ue0f1]*)\ue0f1", html)
        if each.split("\ue0f4")[0] not in WORDS
    ]
    return found + words


def _of_node(node: lxml.html.HtmlElement, *, remote: bool) -> list[str]:
    if not isinstance(node.tag, str):
        return [f"no element: {node!r}"]
    found = [] if node.tag in ELEMENTS else [f"<{node.tag}>"]
    for name, value in node.attrib.items():
        if not ATTRIBUTES.fullmatch(name):
            found.append(f"{node.tag} {name}")
        if not _is_safe(node, name, value, remote=remote):
            found.append(f"{node.tag} {name}={value!r}")
    if node.tag in {"form", "input"} and not (node.getroottree() is not None and _is_ours(node)):
        found.append(f"<{node.tag}> of an author")
    return found


def _is_ours(node: lxml.html.HtmlElement) -> bool:
    if node.tag == "form":
        return node.get("class") == "course-question" and node.get("action") is None
    return node.get("type") in {"radio", "checkbox", "text", "number"}


def _is_safe(node: lxml.html.HtmlElement, name: str, value: str, *, remote: bool) -> bool:
    match name:
        case "href":
            return bool(ADDRESS.match(value))
        case "src" | "poster":
            local = value.startswith("\ue0f2media/") or MADE.fullmatch(value) is not None
            return local or (remote and value.startswith(("https://", "http://")))
        case "data-frame" | "data-image" | "data-media":
            return value.startswith(("https://", "http://"))
        case "style":
            return not STYLE.search(value)
        case "id":
            return not value.startswith("__") or (node.tag == "input" and value.startswith("__tabbed_"))
        case "name":
            return node.tag == "input"
        case "role" | "tabindex":
            return (name, value) in {("role", "region"), ("tabindex", "0")} and node.get(
                "class"
            ) == "course-table"
        case "target":
            return value == "_blank" and node.get("rel") == "noopener noreferrer"
        case "class":
            return not re.search(r"(?:^|\s)md-(?!typeset__(?:scrollwrap|table)\b|button\b)", value)
        case _:
            return True
