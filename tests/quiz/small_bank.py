"""A small bank with a question of each kind, and answers to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from site_builder.model.quiz import Bank, Item, ItemText, Rules

QUIZ = "chapter1/quiz"

_TEXTS = {
    "en": ItemText("Which is a fruit?", (("a1", "an apple", "it grows"), ("b2", "a brick", "it is baked"))),
    "es": ItemText("¿Qué es una fruta?", (("a1", "una manzana", "crece"), ("b2", "un ladrillo", "se cuece"))),
}

ITEMS = (
    Item(f"{QUIZ}#1", "single", ("a1", "b2"), ("a1",), texts=_TEXTS),
    Item(
        f"{QUIZ}#2",
        "multiple",
        ("c1", "c2", "c3"),
        ("c1", "c2"),
        texts={"en": ItemText("Which are even?", (("c1", "2", ""), ("c2", "4", ""), ("c3", "5", "odd")))},
    ),
    Item(f"{QUIZ}#who", "text", accepted=("canary-nyquist",), texts={"en": ItemText("Who?", (), "he was")}),
    Item(f"{QUIZ}#rate", "number", low=44100.0, high=44100.0, texts={"en": ItemText("How many?")}),
    Item(
        f"{QUIZ}#steps",
        "order",
        ("z1", "y2", "x3"),
        ("z1", "y2", "x3"),
        texts={
            "en": ItemText("In which order?", (("z1", "first", ""), ("y2", "then", ""), ("x3", "last", "")))
        },
    ),
)

BANK = Bank(QUIZ, {"en": "Quiz", "es": "Prueba"}, "en", ITEMS, Rules())

RIGHT: dict[str, Any] = {
    f"{QUIZ}#1": ["a1"],
    f"{QUIZ}#2": ["c1", "c2"],
    f"{QUIZ}#who": "canary-nyquist",
    f"{QUIZ}#rate": 44100,
    f"{QUIZ}#steps": ["z1", "y2", "x3"],
}


def bank_with(**rules: Any) -> Bank:
    """Give the bank with other rules."""
    return replace(BANK, rules=replace(Rules(), **rules))
