"""The clean-up that all HTML of authors passes once: what is allowed is listed here, the rest does not reach readers."""

from __future__ import annotations

import nh3

HELD = "data-held"
"""The attribute of placeholders, see `draft`."""

_TAGS = """
    a abbr article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt
    em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p picture pre q rp rt ruby s samp section
    small source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr
"""
TAGS = frozenset(_TAGS.split())
"""Elements that authors may use. Formulas, forms, frames and drawings are made by us or not at all."""

_DROPPED = "script style iframe object embed noembed noframes noscript template svg math xmp plaintext textarea title select"

_FOR_ALL = {"id", "dir", "lang", "title", "style", "align", "aria-label", "aria-hidden", HELD}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "video": {"src", "poster", "controls", "loop", "muted", "preload", "playsinline", "width", "height"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "details": {"open"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "td": {"colspan", "rowspan", "width", "valign"},
    "th": {"colspan", "rowspan", "width", "valign", "scope"},
    "tr": {"valign"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "time": {"datetime"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What links may begin with; in `src` and `poster` only the first two mean anything."""

_BOXES = " ".join(
    f"{kind} {kind}-top {kind}-right {kind}-bottom {kind}-left" for kind in ("margin", "padding")
)
_STYLES = f"""
    {_BOXES} text-align vertical-align width height max-width max-height min-width color background-color border border-radius
    border-collapse display flex flex-direction flex-wrap flex-grow flex-shrink flex-basis justify-content align-items gap float clear
    font-size font-weight font-style text-decoration white-space direction line-height list-style-type object-fit
"""
CLASSES = frozenset(
    """
    md-typeset__scrollwrap md-typeset__table footnotes footnote contains-task-list task-list-item
    flex justify-center text-center hidden block dark:hidden dark:block
    """.split()  # noqa: SIM905 - a list of words reads better so
)
"""Classes that our own Markdown gives, and those of authors that `finished_html` knows; no other class passes."""

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_DROPPED.split()),
    attributes={"*": _FOR_ALL, **_ATTRIBUTES},
    allowed_classes={tag: set(CLASSES) for tag in TAGS},
    filter_style_properties=set(_STYLES.split()),
    url_schemes=set(SCHEMES),
    strip_comments=True,
    link_rel=None,
)


def clean(html: str) -> str:
    """Give `html` with nothing but what is listed above, well-formed, as HTML serialises it.

    In the result `<` and `>` stand around tags only and attributes have double quotes, so that tags can be found by a pattern.
    """
    return _CLEANER.clean(html)
