"""Questions and their choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.model.source import Span


@dataclass(frozen=True)
class Choice:
    """One choice: `text` and `explanation` are inline Markdown with some HTML, as the author wrote them."""

    span: Span
    text: str
    explanation: str = ""
    correct: bool = False


@dataclass(frozen=True)
class Question:
    """A question with a set of choices: right when exactly the correct ones are chosen.

    `id` is `<page id>#<number from 1>`, the same in every language. `prompt` is the plain text of the heading
    above, `prompt_anchor` that heading's id (empty where a page has none above the question).
    """

    span: Span
    id: str
    choices: tuple[Choice, ...]
    prompt: str = ""
    prompt_anchor: str = ""

    @property
    def multiple(self) -> bool:
        """Whether more than one choice is correct."""
        return sum(choice.correct for choice in self.choices) > 1
