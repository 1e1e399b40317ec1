"""A bank as Moodle XML, which Moodle's question bank imports."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from site_builder.model.quiz import NUMBER, ORDER, SINGLE
from site_builder.quiz.exports.export_html import converter, xml_text
from site_builder.quiz.exports.qti import middle_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.quiz import Bank, Item, ItemText

    Convert = Callable[[str], str]

FRACTIONS = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5,
)  # fmt: skip
"""The shares of a question's points that Moodle lets an answer have, in percent; it refuses others."""

_GRADING = {
    "exact": "ALL_OR_NOTHING",
    "partial": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
    "each": "ABSOLUTE_POSITION",
}


def moodle_xml(bank: Bank, language: str, address: str = "") -> tuple[str, tuple[str, ...]]:
    """Give a quiz as Moodle XML, and the ids of the questions that Moodle cannot have: numbers without both limits.

    Moodle's questions with several correct choices are scored by shares: here a wrong choice costs a correct one's share, and
    under `exact` all points. Of what a text folds, Moodle knows the case alone.

    Args:
        bank: the quiz.
        language: in which its words are; a question that lacks it has the original's.
        address: where the site is published, for links into it.
    """
    convert = converter(bank, language, address)
    title = (bank.titles.get(language) or bank.titles.get(bank.original, bank.quiz)).replace("/", "//")
    parts = [
        f'<question type="category"><category><text>$course$/top/{xml_text(title)}</text></category></question>\n'
    ]
    left_out = []
    for item in bank.items:
        text = item.texts.get(language) or item.texts.get(bank.original)
        if text is None or (item.kind == NUMBER and (item.low is None or item.high is None)):
            left_out.append(item.id)
        else:
            parts.append(_question(item, text, bank.rules.scoring, convert))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(parts)}</quiz>\n', tuple(left_out)


def _question(item: Item, text: ItemText, scoring: str, convert: Convert) -> str:
    match item.kind:
        case "text":
            kind, inner = "shortanswer", _text_answers(item)
        case "number":
            kind, inner = "numerical", _number_answer(item)
        case "order":
            kind, inner = "ordering", _order(item, text, scoring, convert)
        case _:
            kind, inner = "multichoice", _choices(item, text, scoring, convert)
    explanation = text.explanation
    if item.kind == ORDER:
        explanation = "<br>".join(
            each for each in (*(why for _, _, why in text.choices), explanation) if each
        )
    return (
        f'<question type="{kind}">\n<name><text>{xml_text(item.id)}</text></name>\n'
        f"{_html('questiontext', convert(text.prompt))}{_html('generalfeedback', convert(explanation))}"
        f"<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden><idnumber>{xml_text(item.id)}</idnumber>\n"
        f"{inner}</question>\n"
    )


def _html(name: str, xhtml_text: str, attributes: str = "") -> str:
    """Give an element whose text is HTML; it is escaped once more, as Moodle reads it."""
    return f'<{name}{attributes} format="html"><text>{xml_text(xhtml_text)}</text></{name}>\n'


def _text_answers(item: Item) -> str:
    exactly = 0 if "case" in item.fold else 1
    answers = "".join(
        # In Moodle a star stands for any signs.
        f'<answer fraction="100" format="plain_text"><text>{xml_text(each.replace("*", chr(92) + "*"))}</text></answer>\n'
        for each in item.accepted
    )
    return f"<usecase>{exactly}</usecase>\n{answers}"


def _number_answer(item: Item) -> str:
    low, high = item.low or 0.0, item.high or 0.0
    return (
        f'<answer fraction="100" format="plain_text"><text>{middle_of(item)!r}</text>'
        f"<tolerance>{(high - low) / 2!r}</tolerance></answer>\n"
    )


def _order(item: Item, text: ItemText, scoring: str, convert: Convert) -> str:
    words = {id_: convert(html) for id_, html, _ in text.choices}
    answers = "".join(
        _html("answer", words.get(each, ""), f' fraction="{at}"') for at, each in enumerate(item.right, 1)
    )
    return (
        "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>2</selectcount>"
        f"<gradingtype>{_GRADING[scoring]}</gradingtype><showgrading>SHOW</showgrading><numberingstyle>none</numberingstyle>\n{answers}"
    )


def _choices(item: Item, text: ItemText, scoring: str, convert: Convert) -> str:
    single = item.kind == SINGLE
    right = 100.0 if single else _nearest(100 / max(1, len(item.right)))
    wrong = 0.0 if single else -(100.0 if scoring == "exact" else right)
    words = {id_: (convert(html), convert(why)) for id_, html, why in text.choices}
    answers = ""
    for each in item.choices:
        html, why = words.get(each, ("", ""))
        fraction = right if each in item.right else wrong
        answers += (
            f'<answer fraction="{fraction:.7g}" format="html"><text>{xml_text(html)}</text>\n'
            f'<feedback format="html"><text>{xml_text(why)}</text></feedback></answer>\n'
        )
    return (
        f"<single>{str(single).lower()}</single><shuffleanswers>{str(item.shuffle).lower()}</shuffleanswers>"
        f"<answernumbering>none</answernumbering>\n{answers}"
    )


def _nearest(percent: float) -> float:
    return min(FRACTIONS, key=lambda each: math.fabs(each - percent))
