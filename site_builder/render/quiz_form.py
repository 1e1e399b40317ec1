"""A question as a form that works by itself: choices or a field, and behind a button of the browser's own the answer with its explanations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from site_builder.model.quiz import MULTIPLE, NUMBER, ORDER, SINGLE, TEXT
from site_builder.model.words import word
from site_builder.render.escaping import quoted
from site_builder.render.inline_html import author_inline
from site_builder.render.quiz_answers import answers_html

if TYPE_CHECKING:
    from site_builder.model.document import Quiz
    from site_builder.model.quiz import Choice, Question
    from site_builder.render.draft import Draft, Fragment

LEGENDS = {
    SINGLE: "Choose one answer.",
    MULTIPLE: "Choose all that apply.",
    ORDER: "Number these in their order.",
    TEXT: "Write your answer.",
    NUMBER: "Write a number.",
}
"""What a learner is to do, by kind."""


def quiz_form(block: Quiz, draft: Draft) -> str:
    """Hold a question's form. The search index has the choices, and neither answers nor explanations."""
    draft.questions += 1
    question = block.question
    number = question.id.rpartition("#")[2] or str(draft.questions)
    name = f"question-{quoted(number)}"
    # A heading may be called "Question 3": its id is older, so it stays.
    id_ = f"{name}-form" if name in draft.anchors else name
    texts = {each.id: author_inline(each.text, draft, each.span) for each in question.choices}
    named = f' aria-labelledby="{quoted(question.prompt_anchor)}"' if question.prompt_anchor else ""
    html = (
        f'<form class="course-question" id="{id_}"{_data(question, draft)}>'
        f"<fieldset{named}><legend>{word(LEGENDS[question.kind])}</legend>{_inputs(question, name, texts)}</fieldset>"
        f"{'' if question.graded else answers_html(question, texts, draft)}</form>"
    )
    return draft.hold(html, "".join(f"<li>{texts[each.id].search}</li>" for each in shown(question))) + "\n"


def shown(question: Question) -> tuple[Choice, ...]:
    """Give a question's choices as they are shown: what is to be put in order does not stand in it."""
    if question.kind != ORDER:
        return question.choices
    mixed = tuple(sorted(question.choices, key=lambda each: each.id))
    # A graded one comes without its order.
    return (*mixed[1:], *mixed[:1]) if mixed == question.choices and not question.graded else mixed


def _data(question: Question, draft: Draft) -> str:
    """Give what a script needs to know: the question, how it is held and, in a self-check, its key as JSON."""
    rules = draft.rules
    facts = {"question": question.id, "kind": question.kind}
    if question.graded:
        facts["graded"] = "on"
    else:
        facts["key"] = json.dumps(_key(question), ensure_ascii=False, separators=(",", ":"))
    if rules.shuffle and question.shuffle:
        facts["shuffle"] = "on"
    if rules.scoring != "exact":
        facts["scoring"] = rules.scoring
    return "".join(f' data-{name}="{quoted(value)}"' for name, value in facts.items())


def _key(question: Question) -> dict[str, object]:
    match question.kind:
        case "text":
            return {"accepted": question.accepted, "fold": question.fold}
        case "number":
            return {"low": question.low, "high": question.high}
        case "order":
            return {"right": [each.id for each in question.choices]}
        case _:
            return {"right": [each.id for each in question.choices if each.correct]}


def _inputs(question: Question, name: str, texts: dict[str, Fragment]) -> str:
    if question.kind in (TEXT, NUMBER):
        mode = ' inputmode="decimal"' if question.kind == NUMBER else ""
        field = f'<input type="text" name="{name}"{mode} autocomplete="off" autocapitalize="off" spellcheck="false">'
        return f'<label class="course-question__field"><span>{word("Your answer")}</span> {field}</label>'
    items = "".join(_choice(question, each.id, name, texts[each.id]) for each in shown(question))
    return f'<ol class="course-choices">{items}</ol>'


def _choice(question: Question, id_: str, name: str, text: Fragment) -> str:
    value = quoted(id_)
    if question.kind == ORDER:
        places = f'min="1" max="{len(question.choices)}"'
        field = f'<input type="number" name="{name}-{value}" {places} autocomplete="off">'
    else:
        field = f'<input type="{"checkbox" if question.multiple else "radio"}" name="{name}" value="{value}">'
    return f'<li data-choice="{value}"><label>{field} <span>{text.html}</span></label></li>'
