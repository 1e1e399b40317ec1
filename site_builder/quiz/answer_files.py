"""Files of answers: a quiz is tested like code, with answers and what they should be worth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING, Any

import yaml

from site_builder.model.quiz import NUMBER, SCORINGS, STATES, TEXT
from site_builder.quiz.check import grade
from site_builder.quiz.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.quiz import Answer, Bank, Item, Result

_KEYS = frozenset({"quiz", "scoring", "answers", "expect"})
_EXPECTED = frozenset({"score", "passed", "items"})
_EXACT = 1e-6
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class AnswerFault(ValueError):  # noqa: N818 - a fault of a file, as findings are faults of chapters
    """The file is not one of answers: says where and why."""


@dataclass(frozen=True)
class Submitted:
    """Answers to a quiz as a person wrote them, by the numbers or names of its questions, and what they should be worth.

    `score` is from 0 to 1; `items` has for a question its score or its state, one of `model.quiz.STATES`.
    """

    quiz: str
    answers: Mapping[str, Any]
    scoring: str = ""
    score: float | None = None
    passed: bool | None = None
    items: Mapping[str, Any] = field(default_factory=dict)


def read_answers(text: str) -> tuple[Submitted, ...]:
    """Read a file of answers, YAML or JSON: a mapping with `quiz`, `answers` and perhaps `expect`, or a list of such.

    Raises:
        AnswerFault: It is something else.
    """
    try:
        value = yaml.load(text, Loader=_LOADER)  # noqa: S506 - it is the safe loader, in C where there is one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise AnswerFault(f"it cannot be read: {' '.join(str(error).split())}") from None
    whole = value if isinstance(value, list) else [value]
    return tuple(
        _submitted(each, f"part {at}" if len(whole) > 1 else "it") for at, each in enumerate(whole, 1)
    )


def _submitted(value: object, where: str) -> Submitted:
    given = _mapping(value, where)
    _known(given, _KEYS, where)
    if not isinstance(given.get("quiz"), str):
        raise AnswerFault(f"{where} names no `quiz`, such as `quiz: chapter1/quiz`")
    scoring = given.get("scoring", "")
    if scoring and scoring not in SCORINGS:
        raise AnswerFault(f"`scoring` of {where} is none of {', '.join(SCORINGS)}")
    expect = _mapping(given.get("expect") or {}, f"`expect` of {where}")
    _known(expect, _EXPECTED, f"`expect` of {where}")
    score, passed = expect.get("score"), expect.get("passed")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float)):
        raise AnswerFault(f"`score` of {where} is no number from 0 to 1")
    if passed is not None and not isinstance(passed, bool):
        raise AnswerFault(f"`passed` of {where} is neither true nor false")
    answers = _mapping(given.get("answers") or {}, f"`answers` of {where}")
    return Submitted(
        given["quiz"],
        answers,
        scoring,
        score,
        passed,
        _mapping(expect.get("items") or {}, f"`items` of {where}"),
    )


def graded_answers(submitted: Submitted, bank: Bank) -> tuple[Result, tuple[str, ...]]:
    """Grade written answers, and tell what is not as the file expects, a phrase each.

    Raises:
        AnswerFault: An answer belongs to no question, or is none that it can have.
    """
    if submitted.scoring:
        bank = replace(bank, rules=replace(bank.rules, scoring=submitted.scoring))
    items = {_short(item.id): item for item in bank.items}
    answers: dict[str, Answer] = {}
    for name, written in submitted.answers.items():
        item = _item(name, items, bank)
        answers[item.id] = _answer(written, item)
    try:
        result = grade(bank, answers)
    except ValueError as error:
        raise AnswerFault(str(error)) from None
    return result, tuple(_differences(submitted, result, items, bank))


def _differences(submitted: Submitted, result: Result, items: Mapping[str, Item], bank: Bank) -> list[str]:
    found = []
    marks = {mark.item: mark for mark in result.marks}
    for name, expected in submitted.items.items():
        mark = marks[_item(name, items, bank).id]
        if isinstance(expected, str):
            if expected not in STATES:
                raise AnswerFault(f"`{expected[:60]}` is none of {', '.join(STATES)}")
            if expected != mark.state:
                found.append(f"`{mark.item}` is {mark.state}, expected {expected}")
        elif isinstance(expected, bool) or not isinstance(expected, int | float):
            raise AnswerFault(f"what `{name}` is expected to be is no score and no state")
        elif abs(expected - mark.score) > _EXACT:
            found.append(f"`{mark.item}` is worth {mark.score:.4g}, expected {expected:.4g}")
    if submitted.score is not None and abs(submitted.score - result.score) > _EXACT:
        found.append(f"the score is {result.score:.4g}, expected {submitted.score:.4g}")
    if submitted.passed is not None and submitted.passed != result.passed:
        found.append(f"it is {'passed' if result.passed else 'not passed'}, expected otherwise")
    return found


def _item(name: str, items: Mapping[str, Item], bank: Bank) -> Item:
    item = items.get(_short(name))
    if item is None or ("#" in name and name != item.id):
        known = ", ".join(f"`{each}`" for each in items)
        raise AnswerFault(f"`{bank.quiz}` has no question `{name[:60]}`: it has {known}")
    return item


def _short(id_: str) -> str:
    return id_.rpartition("#")[2]


def _answer(written: object, item: Item) -> Answer:
    """Give an answer as the page sends it: choices may be written as their ids or as their texts in any language.

    What is no answer at all is left to `grade`, which refuses it.
    """
    if written is None or isinstance(written, bool) or item.kind in (TEXT, NUMBER):
        return written  # type: ignore[return-value]
    entries = written if isinstance(written, list) else [written]
    return [_choice(each, item) for each in entries]


def _choice(written: object, item: Item) -> str:
    if written in item.choices:
        return str(written)
    wanted = folded(str(written), ("case", "space"))
    found = {
        id_
        for text in item.texts.values()
        for id_, html, _ in text.choices
        if wanted
        and wanted in (folded(_plain(html), ("case", "space")), folded(unescape(html), ("case", "space")))
    }
    if len(found) != 1:
        fault = "has several choices" if found else "has no choice"
        raise AnswerFault(f"`{item.id}` {fault} `{str(written)[:60]}`")
    return found.pop()


def _plain(html: str) -> str:
    return unescape(re.sub("<[^<>]*>", "", html.replace("<br>", " ")))


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AnswerFault(f"{where} is no mapping")
    return {str(key): each for key, each in value.items()}


def _known(given: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for key in given:
        if key not in known:
            raise AnswerFault(f"{where} has `{key[:60]}`: it can have {', '.join(sorted(known))}")
