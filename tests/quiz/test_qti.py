"""QTI packages are read and run by other programs: pyslet scores them as we do, qti_convert and onyx2moodle understand them."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import chain, combinations, permutations

import pytest
from exported_bank import CHOICES, choices_item, whole_bank, written_item
from lxml import etree

from site_builder.model.quiz import SCORINGS
from site_builder.quiz.check import grade_item
from site_builder.quiz.exports.export_html import xhtml
from site_builder.quiz.exports.qti import NAMESPACE, qti_item
from site_builder.quiz.exports.qti_package import PACKAGING, identifier_of, qti_files, qti_package

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

Q = f"{{{NAMESPACE}}}"


def item_xml(item, scoring="exact"):
    return qti_item(item, item.texts["en"], "q-1", scoring, xhtml)


def score(xml, response):
    """What pyslet's response processing makes of a response; formulas are the one thing of QTI that it does not read."""
    xml = re.sub("<math.*?</math>", "", xml)
    pyslet = pytest.importorskip("pyslet.qtiv2.xml")
    variables = pytest.importorskip("pyslet.qtiv2.variables")
    document = pyslet.QTIDocument()
    document.read(src=xml)
    session = variables.ItemSessionState(document.root)
    session.begin_session()
    session.map["RESPONSE"].set_value(response)
    session.end_attempt()
    told = session["FEEDBACK"].value or {}
    return session["SCORE"].value or 0.0, set(told)


SUBSETS = list(chain.from_iterable(combinations(CHOICES, count) for count in range(5)))


@pytest.mark.parametrize("scoring", SCORINGS)
@pytest.mark.parametrize("right", [CHOICES[:1], CHOICES[1:3], CHOICES[:3]])
def test_another_program_gives_each_set_our_score(scoring, right):
    item = choices_item("multiple", right)
    xml = item_xml(item, scoring)
    for chosen in SUBSETS:
        given, told = score(xml, [f"c{each}" for each in chosen] or None)
        assert given == pytest.approx(grade_item(item, list(chosen), scoring).score), chosen
        assert told == {*(f"c{each}" for each in chosen), "explained"}


@pytest.mark.parametrize("scoring", SCORINGS)
def test_another_program_gives_each_single_choice_our_score(scoring):
    item = choices_item("single", CHOICES[2:3])
    for chosen in CHOICES:
        given, _ = score(item_xml(item, scoring), f"c{chosen}")
        assert given == pytest.approx(grade_item(item, [chosen], scoring).score)


@pytest.mark.parametrize("scoring", ["exact", "each"])
def test_another_program_gives_each_order_our_score(scoring):
    item = choices_item("order", (CHOICES[2], CHOICES[0], CHOICES[3], CHOICES[1]))
    xml = item_xml(item, scoring)
    for order in permutations(CHOICES):
        given, _ = score(xml, [f"c{each}" for each in order])
        assert given == pytest.approx(grade_item(item, list(order), scoring).score), order


@pytest.mark.parametrize(
    "limits", [{"low": 44090, "high": 44110}, {"low": 3}, {"high": -0.5}, {"low": 0.1, "high": 0.1}]
)
def test_another_program_takes_our_numbers(limits):
    item = written_item("number", **limits)
    for number in (44089.5, 44090.0, 44100.0, 44110.0, 3.0, 2.9, -0.5, -1.0, 0.1):
        assert score(item_xml(item), number)[0] == grade_item(item, number, "exact").score


def test_the_readers_control_is_that_another_key_gives_another_score():
    xml = item_xml(choices_item("single", CHOICES[:1]))
    assert score(xml, f"c{CHOICES[0]}")[0] == 1
    assert score(xml, f"c{CHOICES[1]}")[0] == 0
    assert score(xml.replace(f"<value>c{CHOICES[0]}", f"<value>c{CHOICES[1]}"), f"c{CHOICES[1]}")[0] == 1


# ---- structure -----------------------------------------------------------------------------------------

ORDER = [
    "responseDeclaration", "outcomeDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback",
]  # fmt: skip
"""The order of an assessment item's parts, which the schema's sequence asks for."""

ALLOWED = """
em strong code kbd var samp cite dfn abbr q sub sup tt i b big small br img a p
prompt simpleChoice choiceInteraction orderInteraction textEntryInteraction itemBody modalFeedback
"""


@pytest.mark.parametrize("scoring", SCORINGS)
def test_items_have_the_structure_that_the_specification_asks_for(scoring):
    files = qti_files(whole_bank(scoring), "en", "https://example.org/course")
    for path, text in files.items():
        root = etree.fromstring(text.encode())
        if path == "imsmanifest.xml":
            continue
        assert root.tag == f"{Q}assessmentItem"
        assert {"identifier", "title", "adaptive", "timeDependent"} <= set(root.attrib)
        names = [etree.QName(each).localname for each in root]
        assert list(dict.fromkeys(names)) == [each for each in dict.fromkeys(ORDER) if each in names]
        declared = root.find(f"{Q}responseDeclaration").get("identifier")
        (interaction,) = [each for each in root.iter() if each.get("responseIdentifier")]
        assert interaction.get("responseIdentifier") == declared
        offered = {each.get("identifier") for each in root.iter(f"{Q}simpleChoice")}
        right = {each.text for each in root.iter(f"{Q}value")} - {"0"}
        assert right <= offered or not offered
        told = {each.get("identifier") for each in root.iter(f"{Q}modalFeedback")}
        assert told <= offered | {"explained"}
        inside = {
            etree.QName(each).localname
            for part in (root.find(f"{Q}itemBody"), *root.iter(f"{Q}modalFeedback"))
            for each in part.iter()
            if each.tag.startswith(Q)
        }
        assert inside <= set(ALLOWED.split())


def test_the_manifest_lists_the_items_that_the_package_has():
    with zipfile.ZipFile(io.BytesIO(qti_package(whole_bank(), "fr"))) as package:
        names = package.namelist()
        root = etree.fromstring(package.read("imsmanifest.xml"))
    resources = root.findall(f".//{{{PACKAGING}}}resource")
    assert [each.get("href") for each in resources] == [each for each in names if each != "imsmanifest.xml"]
    assert {each.get("type") for each in resources} == {"imsqti_item_xmlv2p1"}
    assert "Son / image" in "".join(root.itertext())


def test_equal_banks_give_equal_packages():
    assert qti_package(whole_bank(), "en") == qti_package(whole_bank(), "en")


def test_identifiers_stay_apart():
    ids = ["a/b#1", "a/b#11", "a_b#1", "a.b#1", "a b#1", "ä#1", "a/b#x"]
    made = [identifier_of(each) for each in ids]
    assert len(set(made)) == len(ids)
    assert all(each.isascii() and each.startswith("q-") for each in made)


# ---- other readers -------------------------------------------------------------------------------------


def test_a_converter_makes_qti_3_of_a_package(tmp_path):
    converter = pytest.importorskip("qti_convert")
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    old.write_bytes(qti_package(whole_bank("each"), "en"))
    converter.upgrade_package(str(old), str(new))
    with zipfile.ZipFile(new) as package:
        items = [package.read(each).decode() for each in package.namelist() if each.startswith("items/")]
    assert len(items) == len(whole_bank().items)
    assert sum("<qti-choice-interaction" in each for each in items) == 2
    assert sum("<qti-order-interaction" in each for each in items) == 1
    assert sum("<qti-text-entry-interaction" in each for each in items) == 3


def test_a_reader_for_moodle_finds_choices_and_keys(tmp_path):
    parser = pytest.importorskip("onyx2moodle.parser")
    path = tmp_path / "item.xml"
    path.write_text(item_xml(choices_item("multiple", CHOICES[1:3]), "partial"), encoding="utf-8")
    read = parser.parse_item(path)
    assert read.response_decls["RESPONSE"].correct_values == [f"c{each}" for each in CHOICES[1:3]]
    assert [each.identifier for each in read.interactions[0].choices] == [f"c{each}" for each in CHOICES]
