"""A question in a notebook: its choices as a list, its answers folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.quiz import NUMBER, ORDER, TEXT
from site_builder.model.words import word
from site_builder.render.notebooks.notebook_cells import Frame
from site_builder.render.quiz_answers import range_text
from site_builder.render.quiz_form import LEGENDS, shown

if TYPE_CHECKING:
    from site_builder.model.document import Quiz
    from site_builder.model.quiz import Choice, Question
    from site_builder.render.notebooks.notebook_draft import NotebookDraft


def put_quiz(block: Quiz, draft: NotebookDraft) -> None:
    """Write a question."""
    question, writer = block.question, draft.writer
    writer.put(f"*{word(LEGENDS[question.kind])}*")
    _put_list([draft.markdown(each.text) or "\u2014" for each in shown(question)], draft)
    if question.graded:
        return
    writer.put(f"<details>\n<summary>{word('Show the answer and explanations')}</summary>")
    _put_list(_answers(question, draft), draft)
    if question.explanation:
        writer.put(draft.markdown(question.explanation))
    writer.put("</details>")


def _put_list(texts: list[str], draft: NotebookDraft) -> None:
    for number, text in enumerate(texts, 1):
        mark = f"{number}. "
        draft.writer.frames.append(Frame(mark, " " * len(mark), tight=True))
        draft.writer.put(text)
        draft.writer.frames.pop()
        draft.writer.settle(tight=True)
    draft.writer.settle()


def _answers(question: Question, draft: NotebookDraft) -> list[str]:
    if question.kind == TEXT:
        return [draft.markdown(each) for each in question.accepted]
    if question.kind == NUMBER:
        return [range_text(question)]
    if question.kind == ORDER:
        return [draft.markdown(each.text) for each in question.choices]
    return [_answer(each, draft) for each in question.choices]


def _answer(choice: Choice, draft: NotebookDraft) -> str:
    state = f"**{word('Correct')}**" if choice.correct else word("Not correct")
    explanation = f" \u2014 {draft.markdown(choice.explanation)}" if choice.explanation else ""
    return f"{state}: {draft.markdown(choice.text)}{explanation}"
