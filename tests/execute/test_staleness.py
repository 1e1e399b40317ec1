"""Why a run is out of date, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.execute.kept.staleness import changed_cells, counted, reasons
from site_builder.model.run import Depends

OLD, NEW = "0" * 32, "1" * 32
BEFORE = Depends(
    OLD,
    (("chapter1/first", OLD),),
    (("chapter1/bells.csv", OLD),),
    (("before_cells.py", OLD),),
    "python3 3.11",
    (("librosa", "0.11.0"), ("numpy", "2.4.1")),
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, []),
        ({"code": NEW}, ["cell 3 (line 57) changed"]),
        ({"after": (("chapter1/first", NEW),)}, ["`chapter1/first`, which it goes on from, changed"]),
        ({"after": (("chapter1/renamed", OLD),)}, []),
        ({"after": ()}, ["it no longer goes on from `chapter1/first`"]),
        (
            {"after": (("chapter1/first", OLD), ("chapter1/zero", NEW))},
            ["it goes on from `chapter1/zero` now"],
        ),
        ({"files": (("chapter1/bells.csv", NEW),)}, ["`chapter1/bells.csv` changed"]),
        ({"files": (("chapter1/bells.csv", ""),)}, ["`chapter1/bells.csv` is gone"]),
        ({"files": (("chapter1/a.csv", NEW), ("chapter1/bells.csv", OLD))}, ["`chapter1/a.csv` is new"]),
        ({"stand_ins": (("before_cells.py", NEW),)}, ["the stand-in `before_cells.py` changed"]),
        ({"kernel": "python3 3.12"}, ["the kernel's Python 3.11 → 3.12"]),
        ({"kernel": "torch 3.11"}, ["the kernel `python3` → `torch`"]),
        ({"environment": (("librosa", "1.0.0"), ("numpy", "2.4.1"))}, ["librosa 0.11.0 → 1.0.0"]),
        ({"environment": (("librosa", "0.11.0"),)}, ["numpy 2.4.1 is no longer there"]),
        ({"environment": (*BEFORE.environment, ("torch", "2.13"))}, ["torch 2.13 was installed"]),
    ],
)
def test_what_changed_is_told_in_words(change: dict[str, object], words: list[str]) -> None:
    told = "cell 3 (line 57) changed" if "code" in change else ""
    assert list(reasons(BEFORE, replace(BEFORE, **change), told)) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("abc", ""),
        ("abx", "cell 3 (line 30) changed"),
        ("abcd", "cell 4 (line 40) is new"),
        ("ab", "one cell at its end went away"),
        ("", "three cells at its end went away"),
    ],
)
def test_the_first_cell_that_changed_is_named(now: str, words: str) -> None:
    assert changed_cells("abc", list(enumerate(now)), lambda index: 10 * (index + 1)) == words


def test_numbers_are_words_as_long_as_they_are_short() -> None:
    assert [counted(number, "cell") for number in (1, 2, 12, 1300)] == [
        "one cell",
        "two cells",
        "twelve cells",
        "1,300 cells",
    ]
