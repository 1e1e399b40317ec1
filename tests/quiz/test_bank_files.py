from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.quiz import EXPLANATIONS, FOLDS, KINDS, SCORINGS, Bank, Item, ItemText, Rules
from site_builder.quiz.bank_files import BankFault, bank_of, bank_text

languages = st.sampled_from(["en", "es", "zh-CN"])
words = st.text(st.characters(codec="utf-8"), max_size=12)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
ids = st.lists(st.text("0123456789abcdef", min_size=8, max_size=8), unique=True, max_size=5)


@st.composite
def items(draw, id_):
    choices = tuple(draw(ids))
    kind = draw(st.sampled_from(KINDS))
    right = tuple(draw(st.permutations(choices)))
    right = right if kind == "order" else right[: draw(st.integers(0, len(right)))]
    shown = st.permutations(choices).flatmap(
        lambda each: st.builds(
            lambda *texts: tuple(texts), *(st.tuples(st.just(id_), words, words) for id_ in each)
        )
    )
    texts = draw(st.dictionaries(languages, st.builds(ItemText, words, shown, words)))
    fold = tuple(draw(st.lists(st.sampled_from(FOLDS), unique=True)))
    accepted = tuple(draw(st.lists(words)))
    return Item(
        id_, kind, choices, right, accepted, fold, draw(numbers), draw(numbers), draw(st.booleans()), texts
    )


rules = st.builds(
    Rules, st.sampled_from(SCORINGS), st.integers(0, 99), st.floats(0, 1), st.booleans(), st.sampled_from(EXPLANATIONS),
    words, st.integers(0, 10**6),
)  # fmt: skip


@st.composite
def banks(draw):
    count = draw(st.integers(0, 4))
    made = tuple(draw(items(f"chapter1/quiz#{number}")) for number in range(1, count + 1))
    return Bank(draw(words), draw(st.dictionaries(languages, words)), draw(languages), made, draw(rules))


@given(banks())
def test_a_bank_read_back_is_the_bank(bank):
    text = bank_text(bank)
    assert bank_of(text) == bank
    assert bank_text(bank_of(text)) == text


def good():
    text = ItemText("How?", (("a", "A", "so"), ("b", "B", "")), "")
    item = Item("q#1", "single", ("a", "b"), ("a",), texts={"en": text})
    return json.loads(bank_text(Bank("q", {"en": "Q"}, "en", (item,))))


def test_the_control_is_read():
    assert bank_of(json.dumps(good())).items[0].right == ("a",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda bank: bank.update(version=2), "of version 2"),
        (lambda bank: bank.update(items={}), "`items` is no list"),
        (lambda bank: bank.update(quiz=None), "`quiz` is no text"),
        (lambda bank: bank.pop("rules"), "`rules` is no mapping"),
        (lambda bank: bank["rules"].update(attempts=True), "`attempts` is no int"),
        (lambda bank: bank["rules"].update(attempts=-1), "`attempts` is -1"),
        (lambda bank: bank["rules"].update(pass_mark=float("nan")), "`pass_mark` is nan"),
        (lambda bank: bank["rules"].update(scoring="kind"), "`scoring` is none of exact"),
        (lambda bank: bank["items"].append(bank["items"][0]), "the same id"),
        (lambda bank: bank["items"][0].update(kind="essay"), "the kind of item 1 is none of single"),
        (lambda bank: bank["items"][0].update(right=["c"]), "one is right that it does not have"),
        (lambda bank: bank["items"][0].update(kind="order"), "does not put all its choices in order"),
        (lambda bank: bank["items"][0].update(low="3"), "a limit of item 1 is no number"),
        (lambda bank: bank["items"][0]["texts"]["en"]["choices"].pop(), "has other choices than the item"),
        (
            lambda bank: bank["items"][0]["texts"]["en"]["choices"][0].pop(),
            "not its id, text and explanation",
        ),
        (lambda bank: bank["items"][0].update(fold=["smell"]), "folds is none of case"),
    ],
)
def test_what_is_no_bank_is_refused_with_its_fault(change, message):
    value = good()
    change(value)
    with pytest.raises(BankFault, match=message):
        bank_of(json.dumps(value))


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_at_all_does_harm(text):
    with pytest.raises(BankFault):
        bank_of(text)


def test_deep_nesting_does_no_harm():
    with pytest.raises(BankFault):
        bank_of("[" * 100_000)
