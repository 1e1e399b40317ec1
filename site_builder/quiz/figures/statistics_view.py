"""What instructors get of a quiz's statistics: JSON with the questions' words, and tables."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel

from site_builder.model.quiz import Item
from site_builder.quiz.figures.item_statistics import ItemStatistics, Measures
from site_builder.quiz.figures.language_gaps import Gap
from site_builder.quiz.figures.plain_words import plain_words
from site_builder.quiz.figures.statistics import QuizStatistics, statistics
from site_builder.quiz.figures.tries import Try

if TYPE_CHECKING:
    from site_builder.quiz.figures.safe_cells import Cell
    from site_builder.quiz.serving.held_banks import HeldBank


class Words(BaseModel):
    """A question in one language as plain text; `choices` are by id."""

    prompt: str
    choices: dict[str, str]


class KeyedWords(BaseModel):
    """A question with its key, in all languages that it is translated to. An order's `right` is its order."""

    id: str
    kind: str
    right: list[str]
    accepted: list[str]
    low: float | None
    high: float | None
    words: dict[str, Words]


class StatisticsView(BaseModel):
    """The statistics of a quiz; `questions` and `statistics.items` stand in the same order. Contains the key."""

    quiz: str
    bank: str
    titles: dict[str, str]
    original: str
    pass_mark: float
    made: datetime
    questions: list[KeyedWords]
    statistics: QuizStatistics


def statistics_view(held: "HeldBank", tries: Sequence[Try], made: datetime) -> StatisticsView:
    """Give the statistics of a quiz with its words."""
    bank = held.bank
    return StatisticsView(
        quiz=bank.quiz,
        bank=held.digest,
        titles=dict(bank.titles),
        original=bank.original,
        pass_mark=bank.rules.pass_mark,
        made=made,
        questions=[_keyed(each) for each in bank.items],
        statistics=statistics(bank, tries),
    )


def _keyed(item: Item) -> KeyedWords:
    words = {
        language: Words(
            prompt=plain_words(text.prompt),
            choices={choice: plain_words(shown) for choice, shown, _ in text.choices},
        )
        for language, text in item.texts.items()
    }
    return KeyedWords(
        id=item.id, kind=item.kind, right=list(item.right), accepted=list(item.accepted), low=item.low, high=item.high,
        words=words,
    )  # fmt: skip


HEAD = (
    "question", "kind", "language", "learners", "facility", "discrimination", "unanswered", "tries", "elsewhere", "difference",
    "difference in the rest", "p", "flag", "prompt",
)  # fmt: skip
"""Columns of `item_rows`, before three for each choice."""


def item_rows(view: StatisticsView) -> Iterator[list["Cell"]]:
    """Give a table: for each question a row of all languages together and one for each of them, under a row of names."""
    most = max((len(item.measures.taken) for item in view.statistics.items), default=0)
    wide = [
        name
        for number in range(1, most + 1)
        for name in (f"answer {number}", f"right {number}", f"share {number}")
    ]
    yield [*HEAD, *wide]
    for item, question in zip(view.statistics.items, view.questions, strict=True):
        yield _row(item, "", item.measures, None, _words(question, view.original))
        for each in item.languages:
            words = _words(question, each.language) or _words(question, view.original)
            yield _row(item, each.language, each.measures, each.gap, words)


def _words(question: KeyedWords, language: str) -> Words | None:
    return question.words.get(language)


def _row(
    item: ItemStatistics, language: str, found: Measures, gap: Gap | None, words: Words | None
) -> list["Cell"]:
    row: list[Cell] = [
        item.id, item.kind, language or "all", found.n, found.facility, found.discrimination, found.unanswered, found.tries,
        *((gap.elsewhere, gap.difference, gap.rest, gap.p, gap.flag) if gap else (None,) * 5),
        words.prompt if words else "",
    ]  # fmt: skip
    for each in found.taken:
        shown = words.choices.get(each.answer, each.answer) if words else each.answer
        row += [shown, each.right, each.share]
    return row
