"""Pass: questions get their ids, their prompts and, from the original alone, their key."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import TYPE_CHECKING

from site_builder.components.table import lower
from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.document import Element, Heading, Quiz
from site_builder.model.quiz import keyless
from site_builder.model.tree import rebuilt, walk
from site_builder.resolve.question_keys import with_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.course import Page
    from site_builder.model.document import Document
    from site_builder.model.quiz import Choice, Question
    from site_builder.model.source import Span
    from site_builder.model.tree import Blocks

_ID_LENGTH = 8


def number_questions(
    document: Document, page: Page, original: Document | None = None
) -> tuple[Document, tuple[Finding, ...]]:
    """Set the id of each question, `page#1` and on or `page#name`, the ids of its choices, its prompt and its key.

    The prompt is the heading above it. A translation's questions have ids and keys of its original's.
    """
    quizzes, headings = _found(document)
    if not quizzes:
        return document, _lost(document, original)
    own = [each.question for each in quizzes]
    if original is None:
        questions, findings = identified(own, page.id)
    else:
        questions, findings = _translated(own, page, original)
    for quiz, heading in zip(quizzes, headings, strict=True):
        if heading is None:
            action = "put the question into a heading, such as `### What is a token?`"
            findings.append(Finding("no-prompt", quiz.span, "the question has no heading above it", action))
    if page.graded:
        questions = [keyless(each) for each in questions]
    made = zip(quizzes, questions, headings, strict=True)
    placed = {id(quiz): _placed(quiz, question, heading) for quiz, question, heading in made}

    def put(siblings: Blocks) -> tuple[Blocks, ...]:
        return tuple((placed[id(each)],) if isinstance(each, Quiz) else (each,) for each in siblings)

    rules = original.rules if original and _questions(original) else document.rules
    return replace(document, blocks=rebuilt(document.blocks, put), rules=rules), tuple(findings)


def _found(document: Document) -> tuple[list[Quiz], list[Heading | None]]:
    quizzes: list[Quiz] = []
    headings: list[Heading | None] = []
    heading: Heading | None = None
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            heading = block
        elif isinstance(block, Quiz):
            quizzes.append(block)
            headings.append(heading)
    return quizzes, headings


def _placed(quiz: Quiz, question: Question, heading: Heading | None) -> Quiz:
    prompt, anchor = (heading.text, heading.anchor) if heading else ("", "")
    return replace(quiz, question=replace(question, prompt=prompt, prompt_anchor=anchor))


def identified(questions: Sequence[Question], page_id: str) -> tuple[list[Question], list[Finding]]:
    """Give the questions of an original with their ids and those of their choices."""
    named: dict[str, Question] = {}
    findings = []
    made = []
    for number, question in enumerate(questions, 1):
        name = question.name
        if name and name in named:
            notes = ((named[name].span, "the first one is here"),)
            message = f"the name `{name}` is given to two questions"
            place = question.span.find(f'"{name}"')
            findings.append(
                Finding("duplicate-question", place, message, "give one of them another name", notes)
            )
            name = ""
        named.setdefault(name, question)
        id_ = f"{page_id}#{name or number}"
        made.append(replace(question, id=id_, name=name, choices=_with_ids(question.choices)))
    return made, findings


def _with_ids(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Give choices ids that are made of their texts, however wrapped; equal texts are counted, equal beginnings go on."""
    seen: Counter[str] = Counter()
    digests = []
    for choice in choices:
        text = " ".join(choice.text.split())
        seen[text] += 1
        told = text if seen[text] == 1 else f"{text}\0{seen[text]}"
        digests.append(blake2b(told.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest())
    length = _ID_LENGTH
    while len({digest[:length] for digest in digests}) < len(digests):
        length += 1
    return tuple(replace(choice, id=digest[:length]) for choice, digest in zip(choices, digests, strict=True))


# ---- translations --------------------------------------------------------------------------------------


def _questions(original: Document) -> list[Question]:
    """Give the questions of a parsed original: of its elements, only they are lowered."""
    found = []
    for block in walk(original.blocks):
        if isinstance(block, Element) and block.name.casefold() == "question":
            found += [each.question for each in lower(block)[0] if isinstance(each, Quiz)]
    return found


def _lost(document: Document, original: Document | None) -> tuple[Finding, ...]:
    """Find that a translation has none of the original's questions."""
    theirs = _questions(original) if original else []
    if not theirs:
        return ()
    start = document.span.source.lines(0, 0)
    return (_other_number(start, 0, theirs),)


def _other_number(place: Span, count: int, theirs: Sequence[Question]) -> Finding:
    message = f"the page has {count} question{'s' * (count != 1)}, the original {len(theirs)}"
    notes = ((theirs[0].span, "the original's first question is here"),)
    return Finding("other-questions", place, message, "translate each of the original's questions", notes)


def _translated(
    own: Sequence[Question], page: Page, original: Document
) -> tuple[list[Question], list[Finding]]:
    """Give a translation's questions with the ids and keys of the original's; one that the original lacks keeps its own."""
    theirs, _ = identified(_questions(original), page.id)
    findings = []
    if theirs and len(own) != len(theirs):
        findings.append(_other_number(own[0].span, len(own), theirs))
    pairs = _pairs(own, theirs)
    made = []
    for at, question in enumerate(own):
        if at in pairs:
            keyed, wrong = with_key(question, theirs[pairs[at]])
            findings += wrong
        else:
            keyed = replace(
                question, id=f"{page.id}#{page.language}-{at + 1}", choices=_with_ids(question.choices)
            )
            if theirs and len(own) == len(theirs):
                message = "the original has no such question"
                findings.append(
                    Finding("other-questions", question.span, message, "translate the original's")
                )
        made.append(keyed)
    return made, findings


def _pairs(own: Sequence[Question], theirs: Sequence[Question]) -> dict[int, int]:
    """Tell for a translation's questions which of the original's they are: by name, else by place.

    Where their numbers differ, a place says nothing: those that look alike in their kind, choices and key are the same.
    """
    names = {each.name: at for at, each in enumerate(theirs) if each.name}
    pairs = {}
    for at, each in enumerate(own):
        if each.name in names:
            pairs[at] = names.pop(each.name)
    ours = [at for at in range(len(own)) if at not in pairs]
    rest = [at for at in range(len(theirs)) if at not in pairs.values()]
    if len(own) == len(theirs):
        return {**pairs, **dict(zip(ours, rest, strict=True))}
    matcher = SequenceMatcher(
        None, [_looks(own[at]) for at in ours], [_looks(theirs[at]) for at in rest], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            pairs[ours[block.a + offset]] = rest[block.b + offset]
    return pairs


def _looks(question: Question) -> tuple[object, ...]:
    return question.kind, tuple(each.correct for each in question.choices), question.low, question.high
