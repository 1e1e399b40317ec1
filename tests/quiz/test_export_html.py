from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT
from site_builder.quiz.exports.export_html import xhtml


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a &lt; b &amp; c", "a &lt; b &amp; c"),
        ("one<br>two", "one<br/>two"),
        ("<em>open <b>twice", "<em>open <b>twice</b></em>"),
        ("</em>stray", "stray"),
        ("<em><b>x</em></b>", "<em><b>x</b></em>"),
        ('<span class="x"><u>bare</u></span>', "bare"),
        ("<button>gone</button>stays", "stays"),
        ("<script>a<b</script>stays", "stays"),
        ('<a href="https://e.org/?a&amp;b">x</a>', '<a href="https://e.org/?a&amp;b">x</a>'),
        ('<a href="javascript:x">x</a>', "x"),
        (f'<a href="{EDITION_ROOT}b/">x</a>', '<a href="https://e.org/c/fr/b/">x</a>'),
        (f'<img src="{SITE_ROOT}media/a.png" alt="A">', '<img src="https://e.org/c/media/a.png" alt="A"/>'),
        ('<img src="a.png" alt="only words">', "only words"),
        (
            "<math><mi>x</mi><mspace/></math>",
            '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mspace></mspace></math>',
        ),
        ("bell\x07", "bell"),
    ],
)
def test_html_becomes_what_other_systems_read(html, expected):
    assert xhtml(html, "https://e.org/c", "fr/") == expected


def test_links_into_a_site_without_an_address_are_text():
    assert xhtml(f'<a href="{SITE_ROOT}b/">x</a><img src="{SITE_ROOT}a.png" alt="A">') == "xA"


PIECES = st.sampled_from(
    ["<em>", "</em>", "<b>", "</b>", "<math>", "</math>", "<mi>", "</mi>", "<br>", "<a href='https://x'>", "</a>", "<script>", "</script>",
     "<button>", "</button>", "<img alt='&lt;'>", "&amp;", "<", ">", "&", '"', "x", "<mi a='1' b c=\"d\"/>", "\x00", "<!--", "-->"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_any_html_becomes_well_formed(html):
    etree.fromstring(f"<r>{xhtml(html)}</r>")
