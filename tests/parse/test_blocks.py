from __future__ import annotations

import pytest

from site_builder.model.document import Callout, Cell, Code, Element, Heading, Prose, Switch
from site_builder.model.source import Source
from site_builder.parse.stage import parse


def page(text):
    document, findings = parse(Source("chapters/en/chapter1/1.mdx", text))
    return document, [each for each in findings if each.code != "no-title"]


def outline(blocks):
    """The blocks as nested lists of names."""
    made = []
    for block in blocks:
        match block:
            case Prose():
                made.append(["Prose", *outline(block.islands)] if block.islands else "Prose")
            case Callout() | Element():
                made.append([getattr(block, "kind", None) or block.name, *outline(block.children)])
            case Switch():
                made.append(["Switch", *([arm.key, *outline(arm.children)] for arm in block.arms)])
            case _:
                made.append(type(block).__name__)
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb", ["Prose"]),
        ("# a\n\nb\n\n```py\nc\n```\nd", ["Heading", "Prose", "Cell", "Prose"]),
        ("<Tip>a</Tip>", [["Tip", "Prose"]]),
        ("<Tip>\n\n# a\n\n> [!NOTE]\n> b\n\n</Tip>", [["Tip", "Heading", ["note", "Prose"]]]),
        ("- a\n  ```\n  b\n  ```\n  # c\n- d", [["Prose", "Code", "Heading"]]),
        ("- a\n\n  <Tip>\n  b\n\n  ```py\n  c\n  ```\n  </Tip>\n", [["Prose", ["Tip", "Prose", "Cell"]]]),
        ("> a\n> # b", [["Prose", "Heading"]]),
        ("{#if fw === 'pt'}\na\n{:else}\n# b\n{/if}", [["Switch", ["pt", "Prose"], ["tf", "Heading"]]]),
        ("{#if fw === 'tf'}\na\n{/if}", [["Switch", ["tf", "Prose"]]]),
        (
            "{#if fw !== 'tf'}\na\n{:else if fw === 'jax'}\nb\n{/if}",
            [["Switch", ["pt", "Prose"], ["jax", "Prose"]]],
        ),
        ("a <Youtube id='x'/> b", ["Prose", ["Youtube"], "Prose"]),
        ("# a <Youtube id='x'/>", ["Heading", ["Youtube"]]),
        ("| a |\n|---|\n| <Youtube id='x'/> |", [["Prose", ["Youtube"]]]),
        ("<div>\n<Youtube id='x'/>\n</div>", ["Prose", ["Youtube"], "Prose"]),
        ("<iframe src='a'></iframe>\n\nb", [["iframe"], "Prose"]),
        (
            "<hfoptions id='a'>\n<hfoption id='b'>\nc\n</hfoption>\n</hfoptions>",
            [["hfoptions", ["hfoption", "Prose"]]],
        ),
        ("<Tip>\n\na\n\n# b</Tip>\n\nc", [["Tip", "Prose", "Heading"], "Prose"]),
        ("a <MulBackward> b", ["Prose"]),
        ("<!-- a -->", []),
        ("<Tip>\n- a\n- b</Tip>\n\nc", [["Tip", "Prose"], "Prose"]),
        (
            "{#if fw === 'pt'}\n- a {:else}\n\n> b{/if}\n\nc",
            [["Switch", ["pt", "Prose"], ["tf", "Prose"]], "Prose"],
        ),
        ("<Tip>\n- a\n  > [!NOTE]\n  > b</Tip>\n\nc", [["Tip", ["Prose", ["note", "Prose"]]], "Prose"]),
        ("[^1]\n\n[^1]: a", ["Prose"]),
    ],
)
def test_blocks(text, expected):
    document, findings = page(text)
    assert outline(document.blocks) == expected
    assert not [each for each in findings if each.code != "empty-page"]


@pytest.mark.parametrize(
    ("text", "code", "place", "expected"),
    [
        ("<Tip>\n\na\n\n# b", "unclosed-component", "<Tip>", [["Tip"], "Prose", "Heading"]),
        ("a\n</Tip>\nb", "stray-close", "</Tip>", ["Prose"]),
        ("<Tip>\n<Note>\na\n</Tip>", "unclosed-component", "<Note>", [["Tip", ["Note"], "Prose"]]),
        ("{#if fw === 'pt'}\na", "unclosed-condition", "{#if fw === 'pt'}", ["Prose"]),
        (
            "{#if fw === 'pt'}\na\n{#else}\nb\n{/if}",
            "bad-condition",
            "{#else}",
            [["Switch", ["pt", "Prose"], ["tf", "Prose"]]],
        ),
        ("# a <Tip>", "unclosed-component", "<Tip>", ["Heading"]),
        ("a <Tipp> b", "unclosed-component", "<Tipp>", ["Prose", ["Tipp"], "Prose"]),
        ("a\n\n{:else}\n\nb", "bad-condition", "{:else}", ["Prose"]),
        ("{#if a > b}\nc\n{/if}", "bad-condition", "{#if a > b}", [["Switch", ["a > b", "Prose"]]]),
        ("<Tip a={b()}/>", "mdx-expression", "a={b()}", [["Tip"]]),
        ("<Tip {...b}/>", "mdx-expression", "{...b}", [["Tip"]]),
        ("<Tip onClick={1}/>", "mdx-expression", "onClick={1}", [["Tip"]]),
        ("import A from './a'\n\nb", "mdx-expression", "import A from './a'", ["Prose"]),
        ("export const a = 1\n\nb", "mdx-expression", "export const a = 1", ["Prose"]),
        ("<Tip a={[1 2]}/>", "bad-prop", "2", [["Tip"]]),
        ("a\n\n```py\nb", "unclosed-fence", "```", ["Prose", "Cell"]),
        ("```py:\na\n```", "info-string", "py:", ["Cell"]),
        ("```pyhton\na\n```", "info-string", "pyhton", ["Cell"]),
        ("> [!TIPP]\n> a", "unknown-component", "[!TIPP", [["note", "Prose"]]),
        ("- <Tip>\n  a\n- b\n\nc", "unclosed-component", "<Tip>", [["Prose", ["Tip"]]]),
    ],
)
def test_faults_are_found_and_their_content_stays(text, code, place, expected):
    document, findings = page(text)
    assert [(each.code, each.span.text) for each in findings] == [(code, place)]
    assert outline(document.blocks) == expected
    assert findings[0].help


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- a -->\n", "\t"])
def test_an_empty_page(text):
    document, findings = parse(Source("a.mdx", text))
    assert document.blocks == ()
    assert [each.code for each in findings] == ["empty-page"]


def test_title_and_headings():
    document, findings = parse(Source("a.mdx", "text\n\n# A `b`  **c**, <i>d</i> [[x y]]\n\nE\n---\n"))
    heading, underlined = (each for each in document.blocks if isinstance(each, Heading))
    assert document.title == "A b c, d"
    assert (heading.text, heading.explicit, heading.level) == ("A b c , d", "x y", 1)
    assert (underlined.text, underlined.explicit, underlined.level) == ("E", None, 2)
    assert not findings
    assert [each.code for each in parse(Source("a.mdx", "## b"))[1]] == ["no-title"]


@pytest.mark.parametrize(
    "mark",
    [
        "> [!TIP]\n> a",
        "> [!TIP] a",
        ">[!tip]\n>a",
        "> [!TIP]\na",
        "> \\[!TIP]\n> a",
        "> [!TIP]\n>\n> a",
        "text\n> [!TIP]\n> a",
    ],
)
def test_callouts(mark):
    callout = page(mark)[0].blocks[-1]
    assert isinstance(callout, Callout)
    assert callout.kind == "tip"
    assert [token.content for token in callout.children[0].syntax if token.type == "inline"] == ["a"]


def test_a_callout_in_a_list_with_everything():
    text = "- a\n\n  > [!WARNING]\n  > b\n  > - c\n  >\n  > ```py\n  > d\n  > ```\n  > <b>e</b>\n- f\n"
    (prose,) = page(text)[0].blocks
    (callout,) = prose.islands
    assert outline([callout]) == [["warning", "Prose", "Cell", "Prose"]]
    assert callout.children[1].text == "d\n"


def test_flags_and_references():
    text = (
        '<!-- WRAP CODE BLOCKS -->\na <!-- stretch tables --> [b](c "d") ![e](f/g.png) https://h.i\n\n'
        "<img src='j&amp;k' alt=''>\n\n<audio><source src=l></audio>\n\n<!-- DISABLE-FRONTMATTER-SECTIONS -->\n"
        '<Question choices={[{text: "m [n](o)", explain: \'<a href="p">q</a>\'}]}/>\n[![r](s)](t)'
    )
    document, _ = page(text)
    assert document.flags == {"wrap-code", "stretch-tables", "hide-contents"}
    assert [(each.address, each.kind) for each in document.references] == [
        *(("c", "link"), ("f/g.png", "image"), ("https://h.i", "link"), ("j&k", "image"), ("l", "media")),
        *(("o", "link"), ("p", "link"), ("s", "image"), ("t", "link")),
    ]
    assert [each.span.text for each in document.references] == [
        "c",
        "f/g.png",
        "https://h.i",
        "j&amp;k",
        "l",
        "o",
        "p",
        "s",
        "t",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "\t", "    "])
def test_spans_are_those_of_the_file(end, indent):
    lines = [
        "# Ä 🤗",
        "",
        f"{indent}<Tip a={{1}}>",
        "b",
        "",
        "```py",
        "c",
        "```",
        "",
        "</Tip>",
        "",
        "d <Foo b={x()}/>",
    ]
    document, findings = page(end.join(lines))
    heading, tip, prose, _ = document.blocks
    assert heading.span.text == "# Ä 🤗"
    assert (tip.span.line, tip.span.column) == (3, len(indent) + 1)
    assert tip.span.text == end.join(lines[2:10]).lstrip()
    assert tip.head.text == "<Tip a={1}>"
    assert [each.span.text for each in tip.children] == ["b", end.join(["```py", "c", "```"])]
    assert tip.children[1].text == "c\n"
    assert prose.span.text == "d"
    assert [(each.span.line, each.span.column, each.span.text) for each in findings] == [(12, 8, "b={x()}")]


def test_spans_where_a_list_item_closes_what_is_around_its_list():
    text = "{#if fw === 'pt'}\n<Tip>\n- a</Tip>\n- b {:else}\n- c\n\nd\n{/if}\n\ne"
    switch, last = page(text)[0].blocks
    assert [arm.span.text for arm in switch.arms] == [
        "{#if fw === 'pt'}\n<Tip>\n- a</Tip>\n- b {:else}\n- c",
        "\n\nd",
    ]
    assert switch.arms[0].children[0].span.text == "<Tip>\n- a</Tip>\n- b {:else}\n- c"
    assert (switch.span.end, last.span.text) == (text.index("{/if}") + 5, "e")


def test_spans_of_islands():
    document, _ = page("1. a\n\n   ```py\n   b\n   ```\n\n   > # c\n")
    code, heading = document.blocks[0].islands
    assert isinstance(code, Cell)
    assert code.span.text.strip() == "```py\n   b\n   ```"
    assert heading.span.text == "# c"


def test_properties():
    tag = "<A1b a=\"&lt;b\" c={[1, {d: 'e'}]} f g={-1} {h}/>"
    (element,) = page(tag)[0].blocks
    assert element.props == {"a": "<b", "c": [1, {"d": "e"}], "f": True, "g": -1, "h": True}
    assert {name: span.text for name, span in element.prop_spans.items()} == {
        "a": 'a="&lt;b"',
        "c": "c={[1, {d: 'e'}]}",
        "f": "f",
        "g": "g={-1}",
        "h": "{h}",
    }
    assert element.self_closed


def test_a_component_in_a_quote_reads_its_lines_without_the_marks():
    (prose,) = page("> <Question choices={[\n>   {text: 'a'},\n>   {text: 'b'},\n> ]}/>\n> c")[0].blocks
    (question,) = prose.islands
    assert question.props == {"choices": [{"text": "a"}, {"text": "b"}]}
    assert question.span.text.endswith("]}/>")


def test_footnotes():
    document, _ = page("a[^1]\n\n[^1]: b\n\n    ```\n    c\n    ```\n")
    assert document.footnotes[0].type == "footnote_block_open"
    assert [type(each) for each in document.footnote_islands] == [Code]


@pytest.mark.parametrize(
    ("text", "front", "first", "code"),
    [
        ("---\ntitle: a\n---\n# b", {"title": "a"}, "# b", None),
        ("---\n\n# b\n\n---\n", {}, "---", None),
        ("---\nb\n", {}, "---\nb", None),
        ("---\ntitle: [a\n---\n# b", {}, "# b", "front-matter"),
        ("---\na: &x 1\nb: *x\n---\n# b", {}, "# b", "front-matter"),
        ("---\n---\n# b", {}, "---\n---", None),
    ],
)
def test_front_matter(text, front, first, code):
    document, findings = page(text)
    assert document.front_matter == front
    assert document.blocks[0].span.text.startswith(first.split("\n")[0])
    assert [each.code for each in findings] == ([code] if code else [])
