"""What a class did on a quiz: pure functions from learners' tries to figures of the quiz, its questions and its languages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.model.quiz import Bank
from site_builder.quiz.figures.item_statistics import (
    ItemStatistics,
    LanguageMeasures,
    Measures,
    measures,
    scores_and_rests,
)
from site_builder.quiz.figures.language_gaps import Gap, Place, gaps, sums
from site_builder.quiz.figures.tries import Try

_BANDS = 10
_SLACK = 1e-9
"""What sums of fractions may miss: a score of 0.3 may be a little less."""

Learners = Sequence[Sequence[Try]]
"""All tries of each learner, the first first."""


@dataclass(frozen=True)
class Scores:
    """One score of each learner, 0 to 1: `bands` counts those from 0, 0.1, … 0.9 on (1 is in the last); `deciles` are the nine cuts."""

    mean: float | None
    passed: float | None
    bands: tuple[int, ...]
    deciles: tuple[float, ...]


@dataclass(frozen=True)
class Group:
    """Learners together: `late` submissions came after the deadline, `only_late` counts learners who have no others.

    `first` are the scores of first attempts, `best` each learner's best ones. Corrections count.
    """

    learners: int
    submissions: int
    late: int
    only_late: int
    first: Scores
    best: Scores


@dataclass(frozen=True)
class LanguageGroup:
    """The learners whose first attempt was in one language."""

    language: str
    group: Group


@dataclass(frozen=True)
class QuizStatistics:
    """A quiz in figures. `earlier` first attempts were graded with an earlier version of it."""

    quiz: str
    earlier: int
    group: Group
    languages: tuple[LanguageGroup, ...]
    items: tuple[ItemStatistics, ...]


def statistics(bank: Bank, tries: Sequence[Try]) -> QuizStatistics:
    """Give the statistics of a quiz: of learners' first attempts, but for what says otherwise.

    A learner belongs to the language of the first attempt. Marks are as they were given: corrections count for scores of the quiz only.

    Args:
        bank: the quiz.
        tries: all submissions of it, in any order.
    """
    learners = _by_learner(tries)
    by_language = _by_language(bank, learners)
    return QuizStatistics(
        bank.quiz,
        sum(not each[0].current for each in learners),
        group(learners),
        tuple(LanguageGroup(language, group(found)) for language, found in by_language.items()),
        _items(bank, learners, by_language),
    )


def _by_learner(tries: Sequence[Try]) -> list[list[Try]]:
    found: dict[str, list[Try]] = {}
    for each in sorted(tries, key=lambda one: (one.learner, one.attempt)):
        found.setdefault(each.learner, []).append(each)
    return list(found.values())


def _by_language(bank: Bank, learners: Learners) -> dict[str, list[Sequence[Try]]]:
    """Give learners by language, the original's first."""
    found: dict[str, list[Sequence[Try]]] = {}
    for each in learners:
        found.setdefault(each[0].language, []).append(each)
    return {
        language: found[language] for language in sorted(found, key=lambda one: (one != bank.original, one))
    }


def group(learners: Learners) -> Group:
    """Give the figures of some learners."""
    every = [each for tries in learners for each in tries]
    return Group(
        len(learners),
        len(every),
        sum(each.late for each in every),
        sum(all(each.late for each in tries) for tries in learners),
        scores([(tries[0].score, tries[0].passed) for tries in learners]),
        scores(
            [(max(each.score for each in tries), any(each.passed for each in tries)) for tries in learners]
        ),
    )


def scores(found: Sequence[tuple[float, bool]]) -> Scores:
    """Give the figures of scores and of who passed."""
    n = len(found)
    bands = [0] * _BANDS
    for score, _ in found:
        bands[max(0, min(_BANDS - 1, math.floor(score * _BANDS + _SLACK)))] += 1
    values = sorted(score for score, _ in found)
    mean = math.fsum(values) / n if n else None
    return Scores(mean, sum(passed for _, passed in found) / n if n else None, tuple(bands), _deciles(values))


def _deciles(ordered: Sequence[float]) -> tuple[float, ...]:
    """Give the nine cuts between tenths, the first and last value being the ends (Hyndman and Fan's seventh kind)."""
    cuts = []
    for tenth in range(1, _BANDS) if ordered else ():
        below, part = divmod((len(ordered) - 1) * tenth, _BANDS)
        low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
        cuts.append(min(high, low + (high - low) * part / _BANDS))
    return tuple(cuts)


def _items(
    bank: Bank, learners: Learners, by_language: dict[str, list[Sequence[Try]]]
) -> tuple[ItemStatistics, ...]:
    found: dict[Place, Measures] = {}
    compared = {}
    for place, item in enumerate(bank.items):
        for language, some in by_language.items():
            found[item.id, language] = measures(item, place, some)
            # Where a question is not translated, there is nothing to find fault with.
            if language in item.texts:
                compared[item.id, language] = sums(scores_and_rests(place, [each[0] for each in some]))
    differences: dict[Place, Gap] = gaps(compared)
    return tuple(
        ItemStatistics(
            item.id,
            item.kind,
            measures(item, place, learners),
            tuple(
                LanguageMeasures(language, found[item.id, language], differences.get((item.id, language)))
                for language in by_language
            ),
        )
        for place, item in enumerate(bank.items)
    )
