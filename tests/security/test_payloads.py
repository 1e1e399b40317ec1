import pytest
from dangers import dangers
from payload_pages import SLOTS, WRAPPINGS, cleaned, in_slot, naive, payloads

PAYLOADS = payloads()


def test_the_corpus_is_large_and_each_payload_stands_once():
    assert len(PAYLOADS) >= 150
    assert len({text for _, text in PAYLOADS}) == len(PAYLOADS)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PAYLOADS])
def test_a_page_with_a_payload_is_clean(text):
    assert dangers(cleaned(text)) == []


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PAYLOADS])
def test_a_page_that_loads_pictures_at_once_is_clean(text):
    assert dangers(cleaned(text, "load"), remote=True) == []


@pytest.mark.parametrize("slot", SLOTS)
def test_each_payload_is_harmless_as_a_value(slot):
    found = {name: dangers(in_slot(slot, text)) for name, text in PAYLOADS}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_each_payload_is_harmless_inside_other_markup(wrapping):
    found = {name: dangers(cleaned(WRAPPINGS[wrapping](text))) for name, text in PAYLOADS}
    assert {name: each for name, each in found.items() if each} == {}


def test_control_most_payloads_are_dangerous_without_the_clean_up():
    found = [name for name, text in PAYLOADS if dangers(naive(text))]
    assert len(found) > len(PAYLOADS) * 0.75
