"""Which pages run together, in what order, and what is wrong with where they go on from."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.execute.jobs.page_chains import chains_of, groups_of


def place(name: str) -> tuple[str, str]:
    return "en", name


def chains(**after: str):
    found, faults = chains_of(
        {place(page): place(before) if before else None for page, before in after.items()}
    )
    return {page: [name for _, name in each] for (_, page), each in found.items()}, {
        page: text for (_, page), text in faults.items()
    }


def test_a_chain_leads_to_its_page() -> None:
    found, faults = chains(a="", b="a", c="b", d="a")
    assert found == {"a": ["a"], "b": ["a", "b"], "c": ["a", "b", "c"], "d": ["a", "d"]}
    assert faults == {}


@pytest.mark.parametrize(
    ("after", "faults"),
    [
        ({"a": "a"}, {"a": "the page goes on from itself"}),
        (
            {"a": "b", "b": "a"},
            {
                "a": "the page goes on from itself by way of `b`",
                "b": "the page goes on from itself by way of `a`",
            },
        ),
        ({"a": "x"}, {"a": "there is no page `x` to go on from"}),
    ],
)
def test_a_page_without_a_place_is_alone_and_told(after: dict[str, str], faults: dict[str, str]) -> None:
    found, told = chains(**after, z="a")
    assert told == faults
    assert {page: found[page] for page in faults} == {page: [page] for page in faults}
    assert found["z"] == ["a", "z"]


def test_what_goes_on_from_each_other_runs_once_in_one_kernel() -> None:
    made, _ = chains_of(
        {place("a"): None, place("b"): place("a"), place("c"): place("b"), place("d"): place("a")}
    )
    groups = groups_of([place("a"), place("b"), place("c"), place("d")], made)
    assert [([name for _, name in each], sorted(name for _, name in wanted)) for each, wanted in groups] == [
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a", "d"], ["d"]),
    ]
    assert groups_of([place("c")], made) == [(made[place("c")], frozenset({place("c")}))]


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefgh"])), st.data())
def test_whatever_pages_say_each_that_is_due_is_wanted_once(
    after: dict[str, str], data: st.DataObject
) -> None:
    made, _ = chains_of({place(page): place(before) if before else None for page, before in after.items()})
    assert set(made) == {place(page) for page in after}
    due = data.draw(st.sets(st.sampled_from(sorted(made)))) if made else set()
    groups = groups_of(due, made)
    assert Counter(chain.from_iterable(wanted for _, wanted in groups)) == Counter(due)
    assert all(wanted <= set(each) and len(set(each)) == len(each) for each, wanted in groups)
