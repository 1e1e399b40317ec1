"""Statistics of one question: how hard it is, how well it tells learners apart, and what they took."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.model.quiz import TEXT, Item
from site_builder.quiz.check import grade_item
from site_builder.quiz.figures.language_gaps import Gap
from site_builder.quiz.figures.tries import Try
from site_builder.quiz.folding import folded

FEWEST_FOR_DISCRIMINATION = 10
"""First attempts without which discrimination says nothing."""
MOST_WRITTEN = 8
"""Written answers that are told, the most frequent first."""
FEWEST_WRITTEN = 2
"""Learners who must have written the same before it is told."""
_NO_VARIANCE = 1e-12


@dataclass(frozen=True)
class Taken:
    """How many learners took a choice on the first attempt, or wrote an answer; of an order, had the choice at its place."""

    answer: str
    count: int
    share: float
    right: bool


@dataclass(frozen=True)
class Measures:
    """A question in figures; all but `tries` are of first attempts.

    `n` is how many were graded with this question, `facility` their mean score, `unanswered` the share without an answer, `discrimination` see
    the function of that name. `tries` is the mean number of submissions in which it was answered, up to the first right answer, of the learners
    who answered it. Shares in `taken` are of all `n`. What cannot be told is `None`.
    """

    n: int
    facility: float | None
    discrimination: float | None
    unanswered: float | None
    tries: float | None
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class LanguageMeasures:
    """A question in one language; `gap` is `None` where there are too few learners to compare it."""

    language: str
    measures: Measures
    gap: Gap | None


@dataclass(frozen=True)
class ItemStatistics:
    """A question in all languages together, and in each."""

    id: str
    kind: str
    measures: Measures
    languages: tuple[LanguageMeasures, ...]


def measures(item: Item, place: int, learners: Sequence[Sequence[Try]]) -> Measures:
    """Give the figures of a question.

    Args:
        item: the question.
        place: where it stands in the bank.
        learners: all tries of each learner, the first first.
    """
    pairs = scores_and_rests(place, [each[0] for each in learners])
    first = [found for found in (each[0].items[place] for each in learners) if found]
    n = len(first)
    tries = [count for count in (tries_until_right(place, each) for each in learners) if count]
    return Measures(
        n,
        math.fsum(each.score for each in first) / n if n else None,
        discrimination(pairs),
        sum(not each.answered for each in first) / n if n else None,
        sum(tries) / len(tries) if tries else None,
        _taken(item, [each.taken for each in first]),
    )


def scores_and_rests(place: int, tries: Sequence[Try]) -> list[tuple[float, float | None]]:
    """Give a question's score and the mean of the other questions, `None` without others, for each try that has the question."""
    found: list[tuple[float, float | None]] = []
    for each in tries:
        item = each.items[place]
        if item:
            total, number = each.total
            found.append((item.score, (total - item.score) / (number - 1) if number > 1 else None))
    return found


def discrimination(pairs: Sequence[tuple[float, float | None]]) -> float | None:
    """Give how well a question tells those who do well on the rest from those who do not: from -1 to 1, good from about 0.3.

    It is the correlation of the question's score x with the mean r of the other questions, so that the question is not compared with itself:
    Σ(x - x̄)(r - r̄) / √(Σ(x - x̄)² Σ(r - r̄)²), for scores of 0 and 1 the point-biserial coefficient (Henrysson, Correction of
    item-total correlations in item analysis, Psychometrika 28, 1963; Crocker and Algina, Introduction to Classical and Modern Test Theory, 1986,
    chapter 14). `None` with less than FEWEST_FOR_DISCRIMINATION pairs or where one of the two does not vary.
    """
    known = [(score, rest) for score, rest in pairs if rest is not None]
    n = len(known)
    if n < FEWEST_FOR_DISCRIMINATION:
        return None
    mean = math.fsum(score for score, _ in known) / n
    mean_rest = math.fsum(rest for _, rest in known) / n
    own = math.fsum((score - mean) ** 2 for score, _ in known)
    other = math.fsum((rest - mean_rest) ** 2 for _, rest in known)
    both = math.fsum((score - mean) * (rest - mean_rest) for score, rest in known)
    if min(own, other) <= n * _NO_VARIANCE:
        return None
    return max(-1.0, min(1.0, both / math.sqrt(own) / math.sqrt(other)))


def tries_until_right(place: int, tries: Sequence[Try]) -> int:
    """Give in how many tries a learner answered a question, up to the first right answer."""
    count = 0
    for each in tries:
        item = each.items[place]
        if item and item.answered:
            count += 1
            if item.right:
                break
    return count


def _taken(item: Item, answers: Sequence[tuple[str, ...]]) -> tuple[Taken, ...]:
    if not item.choices:
        return _written(item, [each[0] for each in answers if each], len(answers))
    counts = Counter(choice for each in answers for choice in each)
    return tuple(
        Taken(each, counts[each], counts[each] / len(answers) if answers else 0.0, each in item.right)
        for each in item.choices
    )


def _written(item: Item, answers: Sequence[str], n: int) -> tuple[Taken, ...]:
    """Give what several learners wrote, in the form in which most wrote it."""
    fold = item.fold if item.kind == TEXT else ("space",)
    forms: dict[str, Counter[str]] = {}
    for each in answers:
        forms.setdefault(folded(each, fold), Counter())[each] += 1
    usual = [(min(all_, key=lambda text: (-all_[text], text)), all_.total()) for all_ in forms.values()]
    ordered = sorted(usual, key=lambda each: (-each[1], each[0]))
    return tuple(
        Taken(text, count, count / n, grade_item(item, text, "exact").score > 0)
        for text, count in ordered[:MOST_WRITTEN]
        if count >= FEWEST_WRITTEN
    )
