"""Sheets: a quiz as learners get it before they answer, without anything that tells what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.model.quiz import ORDER, Sheet, SheetItem

if TYPE_CHECKING:
    from site_builder.model.quiz import Item
    from site_builder.quiz.serving.held_banks import HeldBank


def sheet_of(held: HeldBank, language: str) -> Sheet:
    """Give the sheet of a quiz in `language`, or in the nearest that there is."""
    bank = held.bank
    shown = held.language(language)
    items = tuple(_item(held, number, shown) for number in range(len(bank.items)))
    title = bank.titles.get(shown) or bank.titles.get(bank.original, "")
    return Sheet(bank.quiz, title, shown, items, bank.rules)


def _item(held: HeldBank, number: int, language: str) -> SheetItem:
    item, text = held.bank.items[number], held.item_text(number, language)
    words = {choice: html for choice, html, _ in text.choices} if text else {}
    choices = tuple((choice, words.get(choice, "")) for choice in _places(item))
    return SheetItem(item.id, item.kind, text.prompt if text else "", choices)


def _places(item: Item) -> tuple[str, ...]:
    """Give the choices in the order in which they are shown: an order's own would be its key."""
    return tuple(sorted(item.choices)) if item.kind == ORDER else item.choices
