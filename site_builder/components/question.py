"""`<Question>`: one question of a quiz, of any kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.components.component import Component, Lowered, Prop, flag_of, place_of, text_of
from site_builder.components.question_answers import accepted_of, fold_of, range_of
from site_builder.components.question_choices import choices_of, short
from site_builder.components.question_list import Listed, listed_choices
from site_builder.components.question_slips import CHOICES_HELP, slips_of
from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.document import Quiz
from site_builder.model.quiz import KINDS, MULTIPLE, NUMBER, ORDER, SINGLE, TEXT, Choice, Question

if TYPE_CHECKING:
    from site_builder.model.document import Element

_NAME = re.compile(r"[^\W\d][\w.-]{0,79}")
_BARE_LETTER = re.compile(r"\W*([A-Za-z])\W*")


def _lower(element: Element) -> Lowered:
    if "choices" in element.prop_spans and "choices" not in element.props:
        return element.children, ()  # it could not be read: that was said before
    kind, findings = _kind(element)
    name, wrong = _name(element)
    question = Question(
        element.span, "", kind=kind or SINGLE, name=name, explanation=text_of(element, "explain"),
        shuffle=flag_of(element, "shuffle") if "shuffle" in element.props else True,
    )  # fmt: skip
    findings += wrong
    if kind in (TEXT, NUMBER):
        question, wrong = _written(element, question)
        return (Quiz(element.span, question), *element.children), (*findings, *wrong)
    listed, wrong = _choices(element, ordered=kind == ORDER)
    findings += wrong
    findings += slips_of(element, listed.choices, kind)
    if not listed.choices:
        return element.children, tuple(findings)
    question = _of_choices(question, listed.choices, kind)
    return (*listed.before, Quiz(element.span, question), *listed.after), tuple(findings)


def _kind(element: Element) -> tuple[str, list[Finding]]:
    """Give the kind that the author names, or else the one that the properties tell; empty for choices."""
    named = text_of(element, "kind").lower()
    if named in KINDS:
        return named, []
    told = (
        TEXT
        if "accepted" in element.props
        else NUMBER
        if {"value", "low", "high"} & set(element.props)
        else ""
    )
    if not named:
        return told, []
    known = ", ".join(f"`{kind}`" for kind in KINDS)
    help_text = did_you_mean(named, KINDS) or f"the kinds are {known}"
    place = place_of(element, "kind", text_of(element, "kind"))
    return told, [
        Finding("question-kind", place, f"there is no kind of question `{short(named)}`", help_text)
    ]


def _name(element: Element) -> tuple[str, list[Finding]]:
    name = text_of(element, "name")
    if not name or _NAME.fullmatch(name):
        return name, []
    help_text = 'a name is a word that starts with a letter, such as `name="nyquist"`'
    place = place_of(element, "name", name)
    return "", [Finding("bad-prop", place, f"`{short(name)}` cannot be a question's name", help_text)]


def _written(element: Element, question: Question) -> tuple[Question, list[Finding]]:
    """Read a question that is answered by writing."""
    findings = []
    if element.props.get("choices"):
        message = f"a question of the kind `{question.kind}` has no choices"
        findings.append(
            Finding("question-kind", place_of(element, "choices", "choices"), message, "remove one of them")
        )
    if question.kind == NUMBER:
        (low, high), wrong = range_of(element)
        return replace(question, low=low, high=high), findings + wrong
    accepted, wrong = accepted_of(element)
    fold, wrong_fold = fold_of(element)
    question = replace(question, accepted=accepted, fold=question.fold if fold is None else fold)
    return question, findings + wrong + wrong_fold


def _choices(element: Element, *, ordered: bool) -> tuple[Listed, list[Finding]]:
    if "choices" in element.props:
        choices, findings = choices_of(element, explained=not ordered)
        return Listed(tuple(choices), (), element.children), findings
    listed = listed_choices(element.children, ordered=ordered, explained=not text_of(element, "explain"))
    if listed:
        return listed, list(listed.findings)
    if "choices" in element.prop_spans:
        return Listed((), (), element.children), []  # it is no list: that was said before
    if element.self_closed or not element.children:
        return Listed((), (), ()), [
            Finding("missing-prop", element.head, "`Question` needs `choices`", CHOICES_HELP)
        ]
    action = (
        "number them in the right order: `1. first`, `2. second`"
        if ordered
        else "start each choice with `- [ ]`, the correct ones with `- [x]`"
    )
    return Listed((), (), element.children), [
        Finding("question-list", element.head, "the question holds no list of choices", action)
    ]


def _of_choices(question: Question, choices: tuple[Choice, ...], kind: str) -> Question:
    if kind == ORDER:
        choices = tuple(replace(each, correct=False) for each in choices)
    elif sum(each.correct for each in choices) > 1:
        kind = MULTIPLE
    fixed = all(map(_is_letter, choices)) and kind != ORDER
    return replace(question, kind=kind or SINGLE, choices=choices, shuffle=question.shuffle and not fixed)


def _is_letter(choice: Choice) -> bool:
    """Tell whether a choice is called A, B, C: it stands for what is shown above, in that order."""
    return _BARE_LETTER.fullmatch(re.sub(r"<[^<>]*>", "", choice.text)) is not None


QUESTION = Component(
    "Question",
    "One question of a quiz; the heading above it is what it asks. Choices stand in `choices`, or inside it as a list `- [x] text`.",
    (
        Prop("choices", "list", CHOICES_HELP),
        Prop("kind", "text", "`single`, `multiple`, `text`, `number` or `order`; mostly told by the rest"),
        Prop(
            "name",
            "text",
            'what results call the question, the same when others come before it: `name="nyquist"`',
        ),
        Prop("explain", "text", "what is said of the whole question after an answer"),
        Prop("shuffle", "flag", "`shuffle={false}` where the order of choices matters"),
        Prop("accepted", "any", 'the right texts, `accepted={["sampling rate", "sample rate"]}`'),
        Prop(
            "fold",
            "any",
            'what is passed over in texts, `fold={["case", "accents", "space", "punctuation"]}`',
        ),
        Prop("value", "any", "the right number, `value={44100}`"),
        Prop("tolerance", "any", "how far off a number is right as well, `tolerance={10}`"),
        Prop("low", "any", "the lowest number that is right, `low={44090}`"),
        Prop("high", "any", "the highest number that is right, `high={44110}`"),
    ),
    _lower,
)
