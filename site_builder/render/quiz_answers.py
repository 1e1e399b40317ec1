"""What is right in a question and why, folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.quiz import NUMBER, ORDER, TEXT
from site_builder.model.words import word
from site_builder.render.escaping import escaped, quoted
from site_builder.render.inline_html import author_inline

if TYPE_CHECKING:
    from site_builder.model.quiz import Choice, Question
    from site_builder.render.draft import Draft, Fragment


def answers_html(question: Question, texts: dict[str, Fragment], draft: Draft) -> str:
    """Give the answer of a self-check; `texts` are its choices' by id."""
    if question.kind in (TEXT, NUMBER):
        answers = question.accepted if question.kind == TEXT else (range_text(question),)
        listed = f"<ul>{''.join(f'<li>{escaped(each)}</li>' for each in answers)}</ul>"
    else:
        listed = (
            f"<ol>{''.join(_answer(question, each, texts[each.id], draft) for each in question.choices)}</ol>"
        )
    return (
        f'<details class="course-answers"><summary>{word("Show the answer and explanations")}</summary>'
        f"{listed}{explained(question, draft)}</details>"
    )


def explained(question: Question, draft: Draft) -> str:
    """Give the explanation of a whole question."""
    if not question.explanation:
        return ""
    html = author_inline(question.explanation, draft, question.span).html
    return f'<div class="course-answers__explanation" data-choice="">{html}</div>'


def range_text(question: Question) -> str:
    """Give the numbers that are right."""
    low, high = (None if each is None else f"{each:.12g}" for each in (question.low, question.high))
    if low is None or high is None:
        return f"≤ {high}" if high is not None else f"≥ {low}" if low is not None else ""
    return low if low == high else f"{low} – {high}"


def _answer(question: Question, choice: Choice, text: Fragment, draft: Draft) -> str:
    explanation = author_inline(choice.explanation, draft, choice.span).html if choice.explanation else ""
    told = f'<div class="course-answers__explanation">{explanation}</div>' if explanation else ""
    if question.kind == ORDER:
        return f'<li data-choice="{quoted(choice.id)}">{text.html}{told}</li>'
    mark = "course-answers__mark" + (" course-answers__mark--correct" if choice.correct else "")
    state = word("Correct" if choice.correct else "Not correct")
    return f'<li data-choice="{quoted(choice.id)}"><span class="{mark}">{state}</span> {text.html}{told}</li>'
