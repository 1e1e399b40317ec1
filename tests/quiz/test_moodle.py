"""Moodle XML: its structure as Moodle's documentation has it, and a reader of its own."""

from __future__ import annotations

import pytest
from exported_bank import CHOICES, choices_item, whole_bank
from lxml import etree

from site_builder.model.quiz import Bank, Rules
from site_builder.quiz.exports.moodle import FRACTIONS, moodle_xml


def questions(bank, language="en", address=""):
    text, left_out = moodle_xml(bank, language, address)
    root = etree.fromstring(text.encode())
    assert root.tag == "quiz"
    category, *found = root
    assert category.get("type") == "category"
    return category, found, left_out


def test_all_kinds_have_moodles_types_and_parts():
    category, found, left_out = questions(whole_bank())
    assert category.findtext("category/text") == "$course$/top/Sound & <vision>"
    assert [each.get("type") for each in found] == [
        "multichoice",
        "multichoice",
        "ordering",
        "shortanswer",
        "numerical",
    ]
    assert left_out == ("chapter1/quiz#6",)
    for each in found:
        assert each.findtext("name/text") == each.findtext("idnumber")
        assert each.find("questiontext").get("format") == "html"
        assert each.findtext("defaultgrade") == "1"
        assert each.find("generalfeedback/text") is not None
        assert all(answer.findtext("text") for answer in each.iterfind("answer"))
    single, several, order, text, number = found
    assert (single.findtext("single"), several.findtext("single")) == ("true", "false")
    assert (single.findtext("shuffleanswers"), several.findtext("shuffleanswers")) == ("true", "false")
    assert order.findtext("gradingtype") == "ALL_OR_NOTHING"
    assert [answer.get("fraction") for answer in order.iterfind("answer")] == ["1", "2", "3", "4"]
    assert text.findtext("usecase") == "0"
    assert [each.text for each in text.iterfind("answer/text")] == ["Sampling rate", r"sample \*rate\*"]
    assert (number.findtext("answer/text"), number.findtext("answer/tolerance")) == ("44100.0", "10.0")


@pytest.mark.parametrize("scoring", ["exact", "partial", "each"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_fractions_are_those_that_moodle_takes(scoring, count):
    bank = Bank("q", {"en": "Q"}, "en", (choices_item("multiple", CHOICES[:count]),), Rules(scoring))
    _, (question,), _ = questions(bank)
    fractions = [float(each.get("fraction")) for each in question.iterfind("answer")]
    assert {abs(each) for each in fractions} <= {*FRACTIONS, 0}
    assert sum(each for each in fractions if each > 0) == pytest.approx(100, abs=0.001)
    assert all(each < 0 for each in fractions[count:])


def test_titles_with_a_slash_are_no_folders():
    assert questions(whole_bank(), "fr")[0].findtext("category/text") == "$course$/top/Son // image"


def test_links_lead_to_the_edition():
    _, (single, *_), _ = questions(whole_bank(), "fr", "https://example.org/c/")
    assert 'href="https://example.org/c/fr/chapter1/2/"' in single.findtext("answer/feedback/text")


def test_a_reader_of_moodle_xml_finds_words_and_keys():
    parser = pytest.importorskip("moodle_xml_parser.parser")
    text, _ = moodle_xml(whole_bank(), "en")
    single, several = parser.parse_bytes(text.encode())["multichoice"]
    assert (single.single, several.single) == (True, False)
    assert [each.score_fraction for each in single.options] == [0, 100, 0, 0]
    assert [each.score_fraction for each in several.options] == [50, -100, 50, -100]
    assert "<em>c</em>" in single.options[0].answer
    assert single.general_feedback == "All <b>in all</b>."
