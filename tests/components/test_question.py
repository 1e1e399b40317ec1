from __future__ import annotations

from site_builder.components.choice_places import key_span, object_spans
from site_builder.components.table import lower
from site_builder.model.document import Element
from site_builder.model.source import Source
from site_builder.parse.stage import parse


def question(choices):
    document, _ = parse(Source("a.mdx", f"<Question choices={{[{choices}]}} />\n"))
    element = next(each for each in document.blocks if isinstance(each, Element))
    blocks, findings = lower(element)
    return (blocks[0].question if blocks else None), findings


def test_choices_are_as_written_and_have_their_places():
    made, findings = question(
        '\n {text: "a {b} [", explain: "c", correct: true}, // {\n {"text": \'d\', explain: "e }"},\n'
    )
    assert [(each.text, each.explanation, each.correct) for each in made.choices] == [
        ("a {b} [", "c", True),
        ("d", "e }", False),
    ]
    assert [each.span.text for each in made.choices] == [
        '{text: "a {b} [", explain: "c", correct: true}',
        '{"text": \'d\', explain: "e }"}',
    ]
    assert findings == ()


def test_a_slip_in_a_key_is_healed_and_found_at_its_place():
    made, (finding,) = question('{text: "corect: x", explain: "a", corect: true}, {text: "b", explain: "c"}')
    assert [each.correct for each in made.choices] == [True, False]
    assert (finding.span.text, finding.span.column) == ("corect", 55)


def test_an_empty_explanation_is_the_authors_word():
    assert question('{text: "a", explain: "", correct: true}, {text: "b", explain: "c"}')[1] == ()


def test_a_question_of_another_kind_does_no_harm():
    made, findings = question('1, "two", null, {text: {a: 1}}')
    assert made is None
    assert [each.code for each in findings] == ["choice-key"] * 4 + ["no-choices"]


def test_numbers_are_texts():
    made, _ = question(
        '{text: 3, explain: "a", correct: "true"}, {text: 0.5, explain: "b", correct: "false"}'
    )
    assert [(each.text, each.correct) for each in made.choices] == [("3", True), ("0.5", False)]


def test_places_of_objects_and_keys():
    span = Source("a", "={[{a: 'b: {', \"c\": [{d: 1}]}, {}]}").whole
    first, second = object_spans(span)
    assert (first.text, second.text) == ("{a: 'b: {', \"c\": [{d: 1}]}", "{}")
    assert (key_span(first, "b").text, key_span(first, "c").text, key_span(first, "a").text) == (
        first.text,
        '"c"',
        "a",
    )
