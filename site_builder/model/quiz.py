"""Questions and their choices, banks of them with the key, and sheets without it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.source import Span

SINGLE, MULTIPLE, TEXT, NUMBER, ORDER = KINDS = ("single", "multiple", "text", "number", "order")
"""Kinds of questions: one choice; a set of choices; a text; a number; choices in their order."""

FOLDS = ("case", "accents", "space", "punctuation")
"""What may be passed over when texts are compared."""


@dataclass(frozen=True)
class Choice:
    """One choice: `text` and `explanation` are inline Markdown with some HTML, as the author wrote them.

    `id`, set by resolve, is made from the original's text, so that it is the same in every language and in any order.
    """

    span: Span
    text: str
    explanation: str = ""
    correct: bool = False
    id: str = ""


@dataclass(frozen=True)
class Question:
    """A question.

    `id` is `<page id>#<number from 1>`, or the author's own `name` behind the `#`: the same in every language. `prompt` is the plain text of
    the heading above, `prompt_anchor` that heading's id (empty where a page has none above the question). `kind` is one of KINDS. A single
    or multiple one is right when exactly the correct choices are chosen; an order's `choices` stand in the right order. `accepted`
    are the right texts, compared without what `fold` names (see FOLDS). A number is right from `low` to `high`, both included.
    `explanation` belongs to the question, those of choices stand there. `shuffle` is false where the order of choices matters.
    A `graded` one is without its key and explanations, see `keyless`.
    """

    span: Span
    id: str
    choices: tuple[Choice, ...] = ()
    prompt: str = ""
    prompt_anchor: str = ""
    kind: str = SINGLE
    name: str = ""
    accepted: tuple[str, ...] = ()
    fold: tuple[str, ...] = ("case", "space")
    low: float | None = None
    high: float | None = None
    explanation: str = ""
    shuffle: bool = True
    graded: bool = False

    @property
    def multiple(self) -> bool:
        """Whether more than one choice may be chosen."""
        return self.kind == MULTIPLE


def keyless(question: Question) -> Question:
    """Give a question without anything that tells what is right; choices that are to be ordered stand by their ids."""
    bare = (replace(each, explanation="", correct=False) for each in question.choices)
    choices = tuple(sorted(bare, key=lambda each: each.id) if question.kind == ORDER else bare)
    return replace(
        question, choices=choices, accepted=(), fold=(), low=None, high=None, explanation="", graded=True
    )


@dataclass(frozen=True)
class ItemText:
    """A question in one language, as finished HTML: `choices` are (choice id, text, explanation)."""

    prompt: str
    choices: tuple[tuple[str, str, str], ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class Item:
    """A question in a bank: its key, which no language changes, and its texts by language.

    `right` are the ids of the correct choices; of an order, all in their order. The rest is as in `Question`.
    """

    id: str
    kind: str
    choices: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    fold: tuple[str, ...] = ("case", "space")
    low: float | None = None
    high: float | None = None
    shuffle: bool = True
    texts: Mapping[str, ItemText] = field(default_factory=dict, hash=False)


SCORINGS = ("exact", "partial", "each")
"""Scoring rules, see `quiz.check`."""

EXPLANATIONS = ("always", "right", "last", "never")
"""When a graded quiz tells key and explanations: after every submission, for what is right, after the last attempt or a pass, never."""


@dataclass(frozen=True)
class Rules:
    """How a quiz is held.

    `attempts` is how often it may be submitted, 0 for as often as one likes. `pass_mark` is the share of points that passes, 0 to 1.
    `explanations` is one of EXPLANATIONS. `deadline` is ISO 8601 with an offset, empty for none; what comes within `grace`
    seconds after it counts as in time.
    """

    scoring: str = "exact"
    attempts: int = 0
    pass_mark: float = 0.7
    shuffle: bool = False
    explanations: str = "always"
    deadline: str = ""
    grace: int = 60


@dataclass(frozen=True)
class Bank:
    """The questions of one quiz with their key. `quiz` is the page's id; `titles` are by language; `original` is a language."""

    quiz: str
    titles: Mapping[str, str] = field(hash=False)
    original: str
    items: tuple[Item, ...]
    rules: Rules = Rules()


@dataclass(frozen=True)
class SheetItem:
    """A question of a sheet: `choices` are (choice id, text as HTML)."""

    id: str
    kind: str
    prompt: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What a learner gets of a bank: everything but the key and the explanations, in one language."""

    quiz: str
    title: str
    language: str
    items: tuple[SheetItem, ...]
    rules: Rules


RIGHT, PARTLY, WRONG, UNANSWERED = STATES = ("right", "partly", "wrong", "unanswered")
"""What an answer is: `partly` when everything chosen is correct and more is to be found; not answered is not wrong."""

Answer = str | float | list[str] | None
"""Choice ids for choices and orders, else a text or a number; `None` and what is empty are not answered."""


@dataclass(frozen=True)
class Mark:
    """What an answer is worth: `score` from 0 to 1. `wrong` counts what was chosen and is not correct, `missing` what is and was not."""

    item: str
    state: str
    score: float
    wrong: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Result:
    """What a submission is worth: `score` is the mean over all items, 0 to 1."""

    quiz: str
    marks: tuple[Mark, ...]
    score: float
    passed: bool
