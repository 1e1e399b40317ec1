"""A question as a form: choices, and behind a button of the browser's own the answer with its explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.words import word
from site_builder.render.escaping import quoted
from site_builder.render.inline_html import author_inline

if TYPE_CHECKING:
    from site_builder.model.document import Quiz
    from site_builder.model.quiz import Choice
    from site_builder.render.draft import Draft, Fragment


def quiz_form(block: Quiz, draft: Draft) -> str:
    """Hold a question's form. The search index has the choices, and neither answers nor explanations."""
    draft.questions += 1
    question = block.question
    number = question.id.rpartition("#")[2] or str(draft.questions)
    name = f"question-{quoted(number)}"
    # A heading may be called "Question 3": its id is older, so it stays.
    id_ = f"{name}-form" if name in draft.anchors else name
    texts = [author_inline(each.text, draft, each.span) for each in question.choices]
    named = f' aria-labelledby="{quoted(question.prompt_anchor)}"' if question.prompt_anchor else ""
    html = (
        f'<form class="course-question" id="{id_}" data-question="{quoted(question.id)}">'
        f"<fieldset{named}><legend>{word('Choose all that apply.' if question.multiple else 'Choose one answer.')}</legend>"
        f'<ol class="course-choices">{_choices(name, texts, multiple=question.multiple)}</ol></fieldset>'
        f'<details class="course-answers"><summary>{word("Show the answer and explanations")}</summary>'
        f"<ol>{_answers(question.choices, texts, draft)}</ol></details></form>"
    )
    return draft.hold(html, "".join(f"<li>{each.search}</li>" for each in texts)) + "\n"


def _choices(name: str, texts: list[Fragment], *, multiple: bool) -> str:
    kind = "checkbox" if multiple else "radio"
    return "".join(
        f'<li><label><input type="{kind}" name="{name}" value="{at}"> <span>{text.html}</span></label></li>'
        for at, text in enumerate(texts)
    )


def _answers(choices: tuple[Choice, ...], texts: list[Fragment], draft: Draft) -> str:
    return "".join(_answer(choice, text, draft) for choice, text in zip(choices, texts, strict=True))


def _answer(choice: Choice, text: Fragment, draft: Draft) -> str:
    mark = "course-answers__mark" + (" course-answers__mark--correct" if choice.correct else "")
    explanation = author_inline(choice.explanation, draft, choice.span).html if choice.explanation else ""
    told = f'<div class="course-answers__explanation">{explanation}</div>' if explanation else ""
    state = word("Correct" if choice.correct else "Not correct")
    return f'<li><span class="{mark}">{state}</span> {text.html}{told}</li>'
