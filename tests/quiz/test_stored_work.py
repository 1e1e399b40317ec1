"""What a database has of learners' work, read beside the servers that use it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import a_postgres
import pytest
from a_class import WHEN, submission
from awaiting import awaited
from small_bank import BANK, QUIZ, RIGHT

from site_builder.quiz.figures.statistics import statistics
from site_builder.quiz.figures.statistics_view import item_rows, statistics_view
from site_builder.quiz.serving.held_banks import held
from site_builder.quiz.storing.sql_store import open_store
from site_builder.quiz.storing.store import Entry, Learner, StoreRefused
from site_builder.quiz.storing.stored_work import stored_work

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.model.quiz import Bank

NEWER = replace(BANK, items=BANK.items[:3])


async def keep(address: str, *banks: Bank) -> None:
    """Let a learner submit for each bank, in their order; the store stays open."""
    store = open_store(address)
    for number, bank in enumerate(banks):
        one = held(bank)
        await store.keep_banks({one.digest: one.text})
        await store.add_learner(Learner(f"learner {number}", "", WHEN))
        answers = {**RIGHT, f"{QUIZ}#who": "\ud800\0 half a sign"}
        made = submission(f"learner {number}", answers)
        entry = Entry(
            made.learner, "a key", "", bank.quiz, "en", one.digest, answers, made.marks, made.score, made.passed, WHEN, late=False
        )  # fmt: skip
        await store.submit(entry)
    check(address)
    await store.close()


def check(address: str) -> None:
    (work,) = stored_work(address)
    assert work.held.bank == NEWER, "the version that was used last"
    found = statistics(work.held.bank, work.tries)
    assert (found.group.learners, found.earlier, len(found.items)) == (3, 1, 3)
    view = statistics_view(work.held, work.tries, WHEN)
    assert "? half a sign" in view.model_dump_json().replace("\\u0000", ""), (
        "broken Unicode is no bug of ours"
    )
    assert len(list(item_rows(view))) == 1 + 3 * 2
    assert [len(each.tries) for each in stored_work(address, [BANK, replace(BANK, quiz="other")])] == [3, 0]


def test_beside_a_server(tmp_path: Path) -> None:
    awaited(keep(str(tmp_path / "quiz.sqlite"), BANK, NEWER, NEWER))
    check(str(tmp_path / "quiz.sqlite"))


def test_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="there is no database"):
        stored_work(str(tmp_path / "none.sqlite"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_in_postgresql() -> None:
    pytest.importorskip("psycopg")
    programs = a_postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    made = a_postgres.make(programs)
    try:
        awaited(keep(made.url, BANK, NEWER, NEWER))
    finally:
        a_postgres.remove(made)
