"""What is right in a translated question: the original's word counts, and where the translation says another is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.quiz import NUMBER, ORDER, TEXT

if TYPE_CHECKING:
    from site_builder.model.quiz import Choice, Question

_SETS = frozenset({"single", "multiple"})


def with_key(question: Question, original: Question) -> tuple[Question, list[Finding]]:
    """Give a translated question with the id and the key of its original, and what it said otherwise.

    `original` has its ids. Where the choices are not as many as the original's, or the kinds differ, the original's choices are shown.
    """
    said = _difference(question, original)
    findings = []
    if said:
        notes = ((original.span, "the original's question is here"),)
        help_text = "correct the translation, or the original if that is wrong"
        if _form(question) != _form(original) or len(question.choices) != len(original.choices):
            help_text = "translate the original's question as it is; until then its choices are shown"
        findings.append(Finding("other-key", question.span, said, help_text, notes))
    keyed = replace(
        original,
        span=question.span,
        choices=_choices(question, original),
        explanation=question.explanation,
    )
    return keyed, findings


def _form(question: Question) -> str:
    return "set" if question.kind in _SETS else question.kind


def _choices(question: Question, original: Question) -> tuple[Choice, ...]:
    """Give the translation's choices with the ids and the key of the original's, or else the original's."""
    if _form(question) != _form(original) or len(question.choices) != len(original.choices):
        return original.choices
    pairs = zip(question.choices, original.choices, strict=True)
    return tuple(replace(own, id=theirs.id, correct=theirs.correct) for own, theirs in pairs)


def _difference(question: Question, original: Question) -> str:
    """Say in a phrase what the translation states otherwise; empty where nothing is."""
    form = _form(original)
    if _form(question) != form:
        return f"the question is of the kind `{question.kind}`, the original's is `{original.kind}`"
    if question.name and question.name != original.name:
        named = f"is called `{original.name}`" if original.name else "has no name"
        return f"the question is called `{question.name}`, the original's {named}"
    if len(question.choices) != len(original.choices):
        return f"the question has {len(question.choices)} choices, the original's {len(original.choices)}"
    if form == TEXT:
        if set(question.accepted) != set(original.accepted):
            return f"the question accepts {_quoted(question.accepted)}, the original's {_quoted(original.accepted)}"
        return (
            ""
            if question.fold == original.fold
            else "the question folds texts in another way than the original's"
        )
    if form == NUMBER:
        if (question.low, question.high) == (original.low, original.high):
            return ""
        return f"the question takes {_range(question)} as right, the original's {_range(original)}"
    if form == ORDER:
        return ""
    own_key, their_key = _key(question), _key(original)
    return "" if own_key == their_key else f"{own_key} marked as correct, {their_key} in the original"


def _key(question: Question) -> str:
    places = [str(at) for at, each in enumerate(question.choices, 1) if each.correct]
    if not places:
        return "no choice is"
    return f"choice {places[0]} is" if len(places) == 1 else f"choices {', '.join(places)} are"


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in texts) or "nothing"


def _range(question: Question) -> str:
    if question.low == question.high:
        return f"`{question.low:.12g}`" if question.low is not None else "any number"
    low = "" if question.low is None else f"from `{question.low:.12g}`"
    high = "" if question.high is None else f"to `{question.high:.12g}`"
    return f"{low} {high}".strip()
