from __future__ import annotations

import pytest

from site_builder.dialect.markdown import make_parser


def html_of(text):
    parser = make_parser()
    return parser.renderer.render(parser.parse(text, {}), parser.options, {})


def kinds(text):
    """The types of all tokens, inline ones too, without closing ones and plain text."""
    found = []
    for token in make_parser().parse(text, {}):
        found.append(token)
        found += token.children or ()
    return [
        each.type
        for each in found
        if each.nesting >= 0 and each.type not in {"inline", "text", "paragraph_open"}
    ]


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**注意：**不要", "注意："),
        ("**샘플링(rate)**은", "샘플링(rate)"),
        ("请看**《书》**的", "《书》"),
        ("ดู**“คำ”**ต่อ", "“คำ”"),
        ("これは**「文」**です", "「文」"),
    ],
)
def test_emphasis_beside_scripts_without_spaces(text, strong):
    assert f"<strong>{strong}</strong>" in html_of(text)


@pytest.mark.parametrize("text", ["a**(b)**c", "** a **", "2 * 3 * 4", "注 **意 ** 不", "snake_case_名_x"])
def test_no_emphasis_where_commonmark_has_none(text):
    assert "<strong>" not in html_of(text)
    assert "<em>" not in html_of(text)


@pytest.mark.parametrize(
    ("text", "kind", "tex"),
    [
        ("a $x_1$ b", "math_inline", "x_1"),
        ("a $n$ b", "math_inline", "n"),
        ("a $\\frac{1}{2}$ b", "math_inline", "\\frac{1}{2}"),
        ("a \\\\( a_b * c_d \\\\) b", "math_inline", "a_b * c_d"),
        ("a \\(a < b\\) b", "math_inline", "a < b"),
        ("a $$x$$ b", "math_inline", "x"),
        ("$$\na_b\n\n- c\\\\\n$$", "math_block", None),
        ("text\n$$\na \\\\\n= b\n$$\nmore", "math_block", "a \\\\\n= b"),
        ("$$ x $$", "math_block", "x"),
        ("\\\\[\nx < y\n\\\\]", "math_block", "x < y"),
        ("> $$\n> x\n> $$", "math_block", "x"),
        ("- $$\n  x\n  $$", "math_block", "x"),
    ],
)
def test_formulas(text, kind, tex):
    if tex is None:  # a list in it: these are dollars in prose
        assert kind not in kinds(text)
        return
    tokens = [each for token in make_parser().parse(text, {}) for each in (token, *(token.children or ()))]
    assert [each.content for each in tokens if each.type == kind] == [tex]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10.",
        "$5 or 10$ more",
        "from US$3 to CA$4",
        "\\$x\\$",
        "$ a $",
        "`$x$`",
        "between $20-$30",
        "$$",
        "a $$ b",
    ],
)
def test_prices_are_no_formulas(text):
    assert not any(kind.startswith("math") for kind in kinds(text))


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("see https://a.b/c_d_e.", "https://a.b/c_d_e"),
        ("(https://a.b/c(d))", "https://a.b/c(d)"),
        ("www.a.de, x", "http://www.a.de"),
        ("**http://a.b**", "http://a.b"),
        ("去https://a.b/c，好", "https://a.b/c"),
        ("http://localhost:7860/x", "http://localhost:7860/x"),
    ],
)
def test_bare_addresses(text, href):
    assert f'<a href="{href}">' in html_of(text)


@pytest.mark.parametrize("text", ["app.py", "a.com", "x@y.org", "`https://a.b`", "https://", "www."])
def test_no_bare_addresses(text):
    assert "<a " not in html_of(text)


def test_an_address_in_a_link_text_stays_text():
    assert html_of("[https://a.b](c)") == '<p><a href="c">https://a.b</a></p>\n'


@pytest.mark.parametrize(
    "name", ["UNK", "mask", "run_id name", "COMMA", "s1", "pad", "my-token", "MulBackward0"]
)
def test_what_html_does_not_know_is_text(name):
    assert f"a &lt;{name}&gt; b" in html_of(f"a <{name}> b")


def test_tag_lines_that_markdown_follows():
    assert html_of('<div dir="rtl">\n# T\n</div>\n') == '<div dir="rtl">\n<h1>T</h1>\n</div>\n'
    assert html_of("<details>\n<summary>s</summary>\n- a\n</details>\n").count("<li>a</li>") == 1
    assert html_of("<div>\n*a*\n</div>\n") == "<div>\n*a*\n</div>\n"


def test_a_comment_that_never_ends_hides_nothing():
    assert "text" in html_of("<!-- a\n\ntext")
    assert "&lt;!--" in html_of("<!-- a\n\ntext")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("<Tip>text", ["component"]),
        ("a\n<Tip>\nb", ["component"]),
        ("a <Tip>b</Tip> c", ["component", "component"]),
        ("\t<Youtube id='x'/>", ["component"]),
        ("a\n\t\t<Youtube id='x'/>", ["component"]),
        ("<div><Youtube id='x'/></div>", ["html_block", "component", "html_block"]),
        ("`<Tip>`", ["code_inline"]),
        ("`` <Tip> ` ``", ["code_inline"]),
        ("```\n<Tip>\n```", ["fence"]),
        ("{#if fw === 'pt'}", ["condition"]),
        ("a {#if fw === 'pt'}b{:else}c{/if}", ["condition", "condition", "condition"]),
        ("a {b} {c: d} {}", []),
        ("\\<Tip>", []),
        (
            "- a\n  <Tip>\n  b\n  </Tip>\n- c",
            ["bullet_list_open", "list_item_open", "component", "component", "list_item_open"],
        ),
        ("> a\n> <Tip\n> title='x'>\n> b", ["blockquote_open", "component"]),
        ("# a <Youtube id='x'/>", ["heading_open", "mark_inline"]),
    ],
)
def test_where_components_and_conditions_are_found(text, marks):
    assert [kind for kind in kinds(text) if kind != "softbreak"] == marks


def test_footnotes_without_a_note_are_text():
    assert kinds("a[^1]") == []
    assert "footnote_ref" in kinds("a[^1]\n\n[^1]: b")


def test_deep_nesting_is_no_recursion_without_end():
    assert make_parser().parse("> " * 5000 + "a", {})
    assert make_parser().parse("[" * 5000 + "a" + "](b)" * 5000, {})
