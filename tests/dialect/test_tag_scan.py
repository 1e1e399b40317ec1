from __future__ import annotations

import pytest

from site_builder.dialect.tag_scan import Fault, Tag, scan_tag


def scan(text):
    return scan_tag(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("<Tip>", "open", {}),
        ("</Tip >", "close", {}),
        ("<Tip/>", "self", {}),
        ("<Youtube id='a b'/>", "self", {"id": "a b"}),
        ('<A1b x="1" y={2} z />', "self", {"x": "1", "y": "2", "z": ""}),
        ("<Banner {fw} a={{b: '}'}}/>", "self", {"fw": "fw", "a": "{b: '}'}"}),
        (
            '<Question\n\tchoices={[\n\t\t{text: "a > b"},\n\n\t]}\n/>',
            "self",
            {"choices": '[\n\t\t{text: "a > b"},\n\n\t]'},
        ),
        ("<Tip a={1 /* } */}>", "open", {"a": "1 /* } */"}),
        ("<Tip a={`}`}>", "open", {"a": "`}`"}),
        ("<Tip a={'it\\'s }'}>", "open", {"a": "'it\\'s }'"}),
        ("<iframe width=100% src=https://a.b/c></iframe>", "open", {"width": "100%", "src": "https://a.b/c"}),
        ("<hfoption id=x>", "open", {"id": "x"}),
        ("<Tip a=b/>", "self", {"a": "b"}),
    ],
)
def test_tags(text, kind, values):
    tag = scan(text)
    assert isinstance(tag, Tag)
    assert tag.kind == kind
    assert {each.name: each.text for each in tag.attributes} == values
    assert not tag.faults
    assert text[: tag.end].endswith(">")


@pytest.mark.parametrize(
    "text", ["<UNK>", "<mask>", "<div>", "< Tip>", "<tip>", "<T>", "<Tip.", "</Tip x>", "<3"]
)
def test_no_tags(text):
    assert scan(text) is None


def test_places():
    text = '<Tip  a={ 1 }\n b="2">'
    first, second = scan(text).attributes
    assert text[first.start : first.end] == "a={ 1 }"
    assert text[second.start : second.end] == 'b="2"'


@pytest.mark.parametrize(
    ("text", "end", "code"),
    [
        ("<Tip\n\nSome text", "<Tip", "unclosed-component"),
        ('<Youtube id="a"\n\ntext', '<Youtube id="a"', "unclosed-component"),
        ("<Question choices={[ {text: 1} ] />\n\ntext", "<Question choices={[ {text: 1} ] />", "bad-prop"),
        ('<Youtube id="abc/>\n\ntext', '<Youtube id="abc/>', "bad-prop"),
    ],
)
def test_tags_that_are_never_finished(text, end, code):
    tag = scan(text)
    assert isinstance(tag, Tag)
    assert text[: tag.end] == end
    assert [fault.code for fault in tag.faults] == [code]


def test_a_tag_that_may_be_words_is_left_as_text():
    assert isinstance(scan("<Tip some words, and more"), Fault)
    assert isinstance(scan("<Tip some\n\nwords"), Fault)


def test_a_value_ends_before_the_next_tag():
    assert isinstance(scan("<Tip a={[\n<Tip b={1}>"), Fault)
