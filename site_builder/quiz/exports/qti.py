"""A bank's questions as QTI 2.1 assessment items, with what they are worth by the bank's scoring rule."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from site_builder.model.quiz import MULTIPLE, NUMBER, ORDER, SINGLE, TEXT
from site_builder.quiz.exports.export_html import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.quiz import Item, ItemText

    Convert = Callable[[str], str]

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_CARDINALITY = {MULTIPLE: "multiple", ORDER: "ordered"}
_BASE = {TEXT: "string", NUMBER: "float"}
_WHOLE = "explained"


def qti_item(item: Item, text: ItemText, identifier: str, scoring: str, convert: Convert) -> str:
    """Give a question as the XML of an assessment item.

    Orders scored by `partial` are all or nothing, since QTI cannot count pairs. Of what a text folds, QTI knows the case alone.

    Args:
        item: the question with its key.
        text: its words in one language.
        identifier: the item's own in its package, a name of letters and digits.
        scoring: one of `model.quiz.SCORINGS`.
        convert: makes XHTML of the bank's HTML.
    """
    title = xml_text(_plain(convert(text.prompt)) or identifier)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentItem xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}" identifier="{identifier}" title="{title}" '
        'adaptive="false" timeDependent="false">\n'
        f"{_response(item, scoring)}"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"><defaultValue><value>0</value></defaultValue>'
        "</outcomeDeclaration>\n"
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>\n'
        f"<itemBody>{_body(item, text, convert)}</itemBody>\n"
        f"<responseProcessing>{_scored(item, scoring)}{_told(item)}</responseProcessing>\n"
        f"{_feedback(item, text, convert)}</assessmentItem>\n"
    )


def _name(choice: str) -> str:
    """Give a choice's identifier: one must not start with a digit."""
    return f"c{choice}"


def _plain(xhtml: str) -> str:
    root = ET.fromstring(f"<r>{xhtml}</r>")  # noqa: S314 - what `convert` wrote
    return " ".join("".join(root.itertext()).split())


def _response(item: Item, scoring: str) -> str:
    """Give the declaration of what learners answer and what is right."""
    base, cardinality = _BASE.get(item.kind, "identifier"), _CARDINALITY.get(item.kind, "single")
    if item.kind == TEXT:
        right = list(item.accepted[:1])
    elif item.kind == NUMBER:
        right = [f"{middle_of(item):.15g}"]
    else:
        right = [_name(each) for each in item.right]
    values = "".join(f"<value>{xml_text(each)}</value>" for each in right)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"{correct}{_mapping(item, scoring)}</responseDeclaration>\n"
    )


def middle_of(item: Item) -> float:
    """Give the number in the middle of those that are right, or the one at the end of a range without a middle."""
    ends = [each for each in (item.low, item.high) if each is not None]
    return sum(ends) / len(ends) if ends else 0.0


def _mapping(item: Item, scoring: str) -> str:
    """Give what each answer adds to the score; what is not in it adds nothing."""
    if item.kind == TEXT:
        exactly = "false" if "case" in item.fold else "true"
        entries = "".join(
            f'<mapEntry mapKey="{xml_text(each)}" mappedValue="1" caseSensitive="{exactly}"/>'
            for each in item.accepted
        )
        return (
            f'<mapping lowerBound="0" upperBound="1" defaultValue="0">{entries}</mapping>' if entries else ""
        )
    if item.kind not in (SINGLE, MULTIPLE) or scoring == "exact" or not item.right:
        return ""
    share = 1 / (len(item.right) if scoring == "partial" else len(item.choices))
    entries = "".join(
        f'<mapEntry mapKey="{_name(each)}" mappedValue="{share if each in item.right else -share!r}"/>'
        for each in item.choices
    )
    bounds = ' lowerBound="0"' if scoring == "partial" else ""
    return f'<mapping{bounds} defaultValue="0">{entries}</mapping>'


def _body(item: Item, text: ItemText, convert: Convert) -> str:
    prompt = convert(text.prompt)
    if item.kind in (TEXT, NUMBER):
        return (
            f'<p>{prompt}</p><p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="20"/></p>'
        )
    words = {id_: convert(html) for id_, html, _ in text.choices}
    shuffle = "true" if item.shuffle else "false"
    choices = "".join(
        f'<simpleChoice identifier="{_name(each)}">{words.get(each, "")}</simpleChoice>'
        for each in item.choices
    )
    if item.kind == ORDER:
        kind, limits = "orderInteraction", ""
    else:
        kind, limits = "choiceInteraction", f' maxChoices="{0 if item.kind == MULTIPLE else 1}"'
    return f'<{kind} responseIdentifier="RESPONSE" shuffle="{shuffle}"{limits}><prompt>{prompt}</prompt>{choices}</{kind}>'


_RESPONSE = '<variable identifier="RESPONSE"/>'


def _number(value: float) -> str:
    return f'<baseValue baseType="float">{value!r}</baseValue>'


def _set_score(value: str) -> str:
    return f'<setOutcomeValue identifier="SCORE">{value}</setOutcomeValue>'


def _if(condition: str, then: str) -> str:
    return f"<responseCondition><responseIf>{condition}{then}</responseIf></responseCondition>"


def _scored(item: Item, scoring: str) -> str:
    """Give the rules that set the score."""
    answered = f"<not><isNull>{_RESPONSE}</isNull></not>"
    mapped = '<mapResponse identifier="RESPONSE"/>'
    if item.kind == NUMBER:
        limits = [
            f"<{sign}>{_RESPONSE}{_number(end)}</{sign}>"
            for sign, end in (("gte", item.low), ("lte", item.high))
            if end is not None
        ]
        return _if(f"<and>{answered}{''.join(limits)}</and>", _set_score(_number(1.0)))
    if item.kind == TEXT:
        return _if(answered, _set_score(mapped)) if item.accepted else ""
    if not item.right:
        return ""
    if item.kind == ORDER and scoring == "each":
        return "".join(_place(at, each, len(item.right)) for at, each in enumerate(item.right, 1))
    if item.kind == ORDER or scoring == "exact":
        same = f'<match>{_RESPONSE}<correct identifier="RESPONSE"/></match>'
        return _if(same, _set_score(_number(1.0)))
    if scoring == "partial":
        return _if(answered, _set_score(mapped))
    rest = 1 - len(item.right) / len(item.choices)
    return _if(answered, _set_score(f"<sum>{_number(rest)}{mapped}</sum>"))


def _place(at: int, choice: str, count: int) -> str:
    """Add a share where a choice stands at its place."""
    there = f'<index n="{at}">{_RESPONSE}</index><baseValue baseType="identifier">{_name(choice)}</baseValue>'
    more = f'<sum><variable identifier="SCORE"/>{_number(1 / count)}</sum>'
    return _if(f"<match>{there}</match>", _set_score(more))


def _told(item: Item) -> str:
    """Say which explanations are shown: those of what was chosen, and that of the question."""
    chosen = _RESPONSE if item.kind in (SINGLE, MULTIPLE) else ""
    whole = f'<baseValue baseType="identifier">{_WHOLE}</baseValue>'
    return f'<setOutcomeValue identifier="FEEDBACK"><multiple>{chosen}{whole}</multiple></setOutcomeValue>'


def _feedback(item: Item, text: ItemText, convert: Convert) -> str:
    told = [(_name(id_), explanation) for id_, _, explanation in text.choices if explanation]
    if item.kind == ORDER:
        whole = "<br>".join(each for each in (*(why for _, why in told), text.explanation) if each)
        told = []
    else:
        whole = text.explanation
    told += [(_WHOLE, whole)] if whole else []
    return "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">{convert(html)}</modalFeedback>\n'
        for name, html in told
    )
