"""The word error rate as a metric of `evaluate`: edits between the words of texts, a share of the words expected."""

from __future__ import annotations

from typing import Any

import datasets
import evaluate


class WordErrorRate(evaluate.Metric):
    """Loaded by `evaluate.load("wer")` from the folder `wer`."""

    def _info(self) -> evaluate.MetricInfo:
        texts = datasets.Features(predictions=datasets.Value("string"), references=datasets.Value("string"))
        return evaluate.MetricInfo(
            description="Edits of words, a share of the words.", citation="", features=texts
        )

    def _compute(self, predictions: Any = None, references: Any = None, **_: Any) -> float:
        pairs = list(zip(predictions, references, strict=True))
        words = sum(len(expected.split()) for _, expected in pairs)
        return sum(edits(said.split(), expected.split()) for said, expected in pairs) / max(words, 1)


def edits(said: list[str], expected: list[str]) -> int:
    """Give the number of words that are put in, left out or changed."""
    row = list(range(len(expected) + 1))
    for index, word in enumerate(said, 1):
        before, row[0] = row[0], index
        for place, other in enumerate(expected, 1):
            step = min(row[place] + 1, row[place - 1] + 1, before + (word != other))
            before, row[place] = row[place], step
    return row[-1]
