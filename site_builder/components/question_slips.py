"""What is wrong with the choices of a `<Question>` together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.components.component import place_of
from site_builder.components.question_choices import short
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.quiz import ORDER, SINGLE

if TYPE_CHECKING:
    from site_builder.model.document import Element
    from site_builder.model.quiz import Choice

CHOICES_HELP = 'a list such as `{[{text: "…", explain: "…", correct: true}, …]}`'
_FEWEST = 2


def slips_of(element: Element, choices: tuple[Choice, ...], kind: str) -> list[Finding]:
    """Find what is wrong with the choices of a question together."""
    written = "choices" in element.prop_spans
    place = place_of(element, "choices", "choices") if written else element.head
    if len(choices) < _FEWEST:
        if not written and not choices:
            return []
        count = "only one choice" if choices else "no choices"
        help_text = CHOICES_HELP if written else "write each on a line, `- [ ] text`"
        return [Finding("no-choices", place, f"the question has {count}", help_text)]
    findings = _twice(choices)
    correct = sum(choice.correct for choice in choices)
    mark = "`correct: true`" if written else "`[x]`"
    if kind == ORDER:
        return findings
    if not correct:
        message = "the question has no correct choice"
        findings.append(Finding("no-correct-choice", place, message, f"mark one with {mark}"))
    elif correct == len(choices):
        message = f"all {correct} choices of the question are correct"
        help_text = f"is one of them meant to be wrong? then drop its {mark}"
        findings.append(Finding("all-choices-correct", place, message, help_text))
    elif kind == SINGLE and correct > 1:
        message = f"the question is `single` and has {correct} correct choices"
        findings.append(
            Finding(
                "question-kind", place_of(element, "kind", SINGLE), message, "drop `kind`, or all but one"
            )
        )
    return findings


def _twice(choices: tuple[Choice, ...]) -> list[Finding]:
    """Find choices that say the same."""
    first: dict[str, Choice] = {}
    findings = []
    for each in choices:
        text = " ".join(each.text.split())
        if text in first:
            notes = ((first[text].span, "the first one is here"),)
            message = f"the choice `{short(text)}` stands twice in the question"
            findings.append(Finding("duplicate-choice", each.span, message, "change or remove one", notes))
        first.setdefault(text, each)
    return findings
