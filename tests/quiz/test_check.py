from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.quiz import SCORINGS, Bank, Item, Rules
from site_builder.quiz.check import grade, grade_item

LETTERS = [f"c{number}" for number in range(7)]
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))

subsets = st.sets(st.sampled_from(LETTERS))
scorings = st.sampled_from(SCORINGS)


def a_set(right):
    return Item("a/b#1", "multiple", tuple(LETTERS), tuple(each for each in LETTERS if each in right))


def an_order(count=5):
    return Item("a/b#1", "order", tuple(reversed(LETTERS[:count])), tuple(LETTERS[:count]))


# ---- sets ----------------------------------------------------------------------------------------------


@given(subsets.filter(bool), st.lists(st.sampled_from(LETTERS)), scorings, st.randoms())
def test_neither_the_order_of_choices_nor_that_of_answers_matters(right, answer, scoring, random):
    item = a_set(right)
    mixed = random.sample(item.choices, len(item.choices))
    other = Item(item.id, item.kind, tuple(mixed), tuple(random.sample(item.right, len(item.right))))
    assert grade_item(item, answer, scoring) == grade_item(
        other, random.sample(answer, len(answer)) * 2, scoring
    )


@given(subsets.filter(bool), subsets.filter(bool))
def test_exact_is_at_most_partial_and_partial_at_most_each(right, answer):
    exact, partial, each = (grade_item(a_set(right), sorted(answer), rule) for rule in SCORINGS)
    assert 0 <= exact.score <= partial.score <= each.score <= 1
    assert exact.score == (1 if answer == right else 0)
    assert (exact.state, exact.wrong, exact.missing) == (each.state, each.wrong, each.missing)


@given(subsets.filter(bool), subsets.filter(bool), scorings)
def test_a_set_is_worth_all_only_if_it_is_right(right, answer, scoring):
    mark = grade_item(a_set(right), sorted(answer), scoring)
    assert (mark.score == 1) == (mark.state == "right") == (answer == right)
    assert (mark.state == "partly") == (answer < right)
    assert (mark.wrong, mark.missing) == (len(answer - right), len(right - answer))


@given(subsets.filter(bool), subsets, st.sampled_from(LETTERS), scorings)
def test_another_correct_choice_never_costs_and_a_wrong_one_never_pays(right, answer, further, scoring):
    before = grade_item(a_set(right), sorted(answer), scoring)
    after = grade_item(a_set(right), sorted({*answer, further}), scoring)
    if answer and further in right:
        assert after.score >= before.score
    elif answer:
        assert after.score <= before.score


@given(subsets.filter(bool), scorings)
def test_what_is_not_answered_is_not_wrong(right, scoring):
    for item in (
        a_set(right),
        an_order(),
        Item("a", "text", accepted=("x",)),
        Item("a", "number", low=0, high=9),
    ):
        for nothing in (
            (None, "") if item.kind in ("text", "number") else (None, [], "" if item.kind != "order" else [])
        ):
            mark = grade_item(item, nothing, scoring)
            assert (mark.state, mark.score, mark.wrong) == ("unanswered", 0, 0)


def test_a_question_without_a_correct_choice_gives_nothing_and_does_not_fail():
    for scoring in ("exact", "partial"):
        assert grade_item(a_set(()), ["c0"], scoring).score == 0


# ---- orders --------------------------------------------------------------------------------------------


@given(st.permutations(LETTERS[:5]), scorings)
def test_an_order_is_worth_all_only_if_it_is_right(given_order, scoring):
    mark = grade_item(an_order(), given_order, scoring)
    assert (mark.score == 1) == (mark.state == "right") == (given_order == LETTERS[:5])
    assert 0 <= mark.score <= 1


@given(st.permutations(LETTERS[:5]))
def test_pairs_of_an_order_by_the_formula(given_order):
    pairs = [(a, b) for at, a in enumerate(given_order) for b in given_order[at + 1 :]]
    net = sum(1 if a < b else -1 for a, b in pairs)
    assert grade_item(an_order(), given_order, "partial").score == max(0, net / 10)
    places = sum(a == b for a, b in zip(given_order, LETTERS, strict=False))
    assert grade_item(an_order(), given_order, "each").score == places / 5


# ---- whole quizzes -------------------------------------------------------------------------------------


@given(st.lists(subsets.filter(bool), min_size=1, max_size=9), st.data())
def test_a_quiz_is_worth_the_mean_of_its_items(rights, data):
    items = tuple(
        Item(f"a#{number}", "multiple", tuple(LETTERS), tuple(right)) for number, right in enumerate(rights)
    )
    bank = Bank("a", {}, "en", items, Rules(data.draw(scorings), pass_mark=0.5))
    answers = {item.id: sorted(data.draw(subsets)) for item in items if data.draw(st.booleans())}
    result = grade(bank, answers)
    assert [mark.item for mark in result.marks] == [item.id for item in items]
    assert math.isclose(result.score, sum(mark.score for mark in result.marks) / len(items))
    assert result.passed == (result.score >= 0.5 - 1e-9)
    everything_right = grade(bank, {item.id: list(item.right) for item in items})
    assert (everything_right.score, everything_right.passed) == (1, True)


def test_seven_tenths_pass_a_mark_of_seventy_percent():
    items = tuple(Item(f"a#{number}", "single", ("x", "y"), ("x",)) for number in range(10))
    bank = Bank("a", {}, "en", items, Rules(pass_mark=0.7))
    answers = {item.id: "x" if at < 7 else "y" for at, item in enumerate(items)}
    assert grade(bank, answers).passed
    assert not grade(bank, {**answers, "a#0": "y"}).passed


def test_an_empty_quiz_is_not_passed():
    assert not grade(Bank("a", {}, "en", ()), {}).passed


# ---- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "answer", "message"),
    [
        (a_set({"c0"}), ["nothing"], "`a/b#1` has no choice `nothing`"),
        (a_set({"c0"}), ["c0", 3], "no choice `3`"),
        (a_set({"c0"}), [["c0"]], "no choice"),
        (a_set({"c0"}), 3.0, "no list of choices"),
        (a_set({"c0"}), True, "neither choices nor a text"),
        (a_set({"c0"}), {"c0": True}, "neither choices nor a text"),
        (an_order(), "c0", "no list of choices"),
        (an_order(), ["c0", "c0"], "has a choice twice"),
        (Item("a#1", "text", accepted=("x",)), ["x"], "is a list, not a text"),
        (Item("a#1", "number", low=1, high=2), ["1"], "is a list, not a number"),
    ],
)
def test_answers_that_no_form_gives_are_refused(item, answer, message):
    with pytest.raises(ValueError, match=message):
        grade_item(item, answer, "exact")


def test_an_unknown_rule_and_an_unknown_question_are_refused():
    with pytest.raises(ValueError, match="no scoring rule `kind`"):
        grade_item(a_set({"c0"}), ["c0"], "kind")
    with pytest.raises(ValueError, match="`a` has no question `a#2`"):
        grade(Bank("a", {}, "en", (Item("a#1", "text"),)), {"a#2": "x"})


@given(
    st.sampled_from(["single", "multiple", "text", "number", "order"]),
    st.recursive(
        st.none() | st.booleans() | st.text() | st.floats() | st.integers() | st.sampled_from(LETTERS),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    scorings,
)
def test_any_answer_at_all_has_a_mark_or_is_refused(kind, answer, scoring):
    item = Item("a#1", kind, tuple(LETTERS), tuple(LETTERS), ("x",), low=0, high=1)
    with suppress(ValueError):
        mark = grade_item(item, answer, scoring)
        assert 0 <= mark.score <= 1
        assert mark.score < 1 or mark.state == "right"


# ---- cases that the page's script must give as well ----------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS, ids=[each["title"] for each in VECTORS])
def test_vector(vector):
    values = {key: tuple(each) if isinstance(each, list) else each for key, each in vector["item"].items()}
    item = Item(**values)
    for scoring, expected in vector["marks"].items():
        mark = grade_item(item, vector["answer"], scoring)
        assert {
            "state": mark.state,
            "score": pytest.approx(mark.score),
            "wrong": mark.wrong,
            "missing": mark.missing,
        } == expected


def test_the_vectors_have_all_kinds_states_and_rules():
    assert {each["item"]["kind"] for each in VECTORS} == {"single", "multiple", "text", "number", "order"}
    for kind in ("multiple", "order"):
        marks = [mark for each in VECTORS if each["item"]["kind"] == kind for mark in each["marks"].items()]
        assert {rule for rule, _ in marks} == set(SCORINGS)
        assert {mark["state"] for _, mark in marks} == {"right", "partly", "wrong", "unanswered"}
