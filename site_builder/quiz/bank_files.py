"""Banks as JSON files: what a server needs of a course, and nothing else of it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields
from typing import Any

from site_builder.model.quiz import EXPLANATIONS, FOLDS, KINDS, SCORINGS, Bank, Item, ItemText, Rules

VERSION = 1
"""The version of the format; a file of another is refused."""

_RULES: dict[str, type[Any]] = {each.name: type(each.default) for each in fields(Rules)}
_ALLOWED = {"scoring": SCORINGS, "explanations": EXPLANATIONS}


class BankFault(ValueError):  # noqa: N818 - a fault of a file, as findings are faults of chapters
    """The text is no bank: says where and why."""


def bank_text(bank: Bank) -> str:
    """Give a bank as JSON, the same for equal banks; `bank_of` reads it back."""
    value = {"version": VERSION, **asdict(bank)}
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def bank_of(text: str) -> Bank:
    """Give the bank that a JSON text describes.

    Raises:
        BankFault: The text is no JSON, or not what `bank_text` writes.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BankFault(f"it is no JSON: {error}") from None
    whole = _mapping(value, "the bank")
    if whole.get("version") != VERSION:
        raise BankFault(f"it is of version {str(whole.get('version'))[:20]}, not {VERSION}")
    items = tuple(_item(each, f"item {number}") for number, each in enumerate(_list(whole, "items"), 1))
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        raise BankFault("two items have the same id")
    titles = {
        language: _text(title, "a title")
        for language, title in _mapping(whole.get("titles"), "`titles`").items()
    }
    return Bank(
        _text(whole.get("quiz"), "`quiz`"), titles, _text(whole.get("original"), "`original`"), items,
        _rules(_mapping(whole.get("rules"), "`rules`")),
    )  # fmt: skip


def _item(value: object, where: str) -> Item:
    given = _mapping(value, where)
    kind = _one_of(given.get("kind"), KINDS, f"the kind of {where}")
    choices, right = _texts(given, "choices", where), _texts(given, "right", where)
    if len(set(choices)) < len(choices) or not set(right) <= set(choices):
        raise BankFault(f"{where} has a choice twice, or one is right that it does not have")
    if kind == "order" and sorted(right) != sorted(choices):
        raise BankFault(f"{where} does not put all its choices in order")
    fold = tuple(_one_of(each, FOLDS, f"what {where} folds") for each in _texts(given, "fold", where))
    texts = {
        language: _item_text(each, where, choices)
        for language, each in _mapping(given.get("texts"), f"`texts` of {where}").items()
    }
    return Item(
        _text(given.get("id"), f"the id of {where}"), kind, choices, right, _texts(given, "accepted", where), fold,
        _number(given.get("low"), where), _number(given.get("high"), where), given.get("shuffle") is not False, texts,
    )  # fmt: skip


def _item_text(value: object, where: str, choices: tuple[str, ...]) -> ItemText:
    given = _mapping(value, f"a text of {where}")
    shown = []
    for each in _list(given, "choices"):
        if not isinstance(each, list) or len(each) != 3:  # noqa: PLR2004 - id, text, explanation
            raise BankFault(f"a choice of {where} is not its id, text and explanation")
        shown.append(tuple(_text(part, f"a choice of {where}") for part in each))
    if sorted(each[0] for each in shown) != sorted(choices):
        raise BankFault(f"a text of {where} has other choices than the item")
    prompt, explanation = (
        _text(given.get(name), f"`{name}` of {where}") for name in ("prompt", "explanation")
    )
    return ItemText(prompt, tuple(shown), explanation)  # type: ignore[arg-type]


def _rules(given: dict[str, Any]) -> Rules:
    said: dict[str, Any] = {}
    for name, kind in _RULES.items():
        value = given.get(name)
        fine = isinstance(value, kind) or (kind is float and isinstance(value, int))
        if not fine or (kind is not bool and isinstance(value, bool)):
            raise BankFault(f"the rule `{name}` is no {kind.__name__}")
        if isinstance(value, int | float) and not 0 <= value < math.inf:
            raise BankFault(f"the rule `{name}` is {value}")
        said[name] = _one_of(value, _ALLOWED[name], f"the rule `{name}`") if name in _ALLOWED else kind(value)
    return Rules(**said)


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BankFault(f"{where} is no mapping")
    return value


def _list(given: dict[str, Any], name: str) -> list[Any]:
    value = given.get(name)
    if not isinstance(value, list):
        raise BankFault(f"`{name}` is no list")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BankFault(f"{where} is no text")
    return value


def _texts(given: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    return tuple(_text(each, f"`{name}` of {where}") for each in _list(given, name))


def _number(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < math.inf:
        raise BankFault(f"a limit of {where} is no number")
    return float(value)


def _one_of(value: object, known: tuple[str, ...], where: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise BankFault(f"{where} is none of {', '.join(known)}")
    return value
