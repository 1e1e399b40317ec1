"""A bank with a question of each kind, whose words have what exports stumble over."""

from __future__ import annotations

from site_builder.model.artifact import EDITION_ROOT, SITE_ROOT
from site_builder.model.quiz import Bank, Item, ItemText, Rules

CHOICES = ("11aa22bb", "22bb33cc", "33cc44dd", "4d5e6f70")
WORDS = (
    (
        "11aa22bb",
        "<code>a &lt; b</code> &amp; <em>c</em>",
        f'See <a href="{EDITION_ROOT}chapter1/2/">there</a>.',
    ),
    ("22bb33cc", ']]&gt; <span class="x">two</span><br>lines', "No &quot;way&quot;."),
    ("33cc44dd", f'<img src="{SITE_ROOT}media/a.png" alt="a &lt; tone">', ""),
    (
        "4d5e6f70",
        '<a href="https://example.org/?a=1&amp;b=2">out</a> <u>side</u>',
        "<strong>Yes</strong> <button>x</button>",
    ),
)


def choices_item(kind, right, id_="chapter1/quiz#1", shuffle=True):
    texts = {
        language: ItemText(
            f"{language}: 1 &lt; 2 &amp; <math><mi>x</mi></math>?", WORDS, "All <b>in all</b>."
        )
        for language in ("en", "fr")
    }
    return Item(id_, kind, CHOICES, right, shuffle=shuffle, texts=texts)


def written_item(kind, id_="chapter1/quiz#name", **key):
    return Item(id_, kind, **key, texts={"en": ItemText("What?", (), "So.")})


def whole_bank(scoring="exact"):
    items = (
        choices_item("single", CHOICES[1:2]),
        choices_item("multiple", CHOICES[::2], "chapter1/quiz#2", shuffle=False),
        choices_item("order", (CHOICES[2], CHOICES[0], CHOICES[3], CHOICES[1]), "chapter1/quiz#3"),
        written_item("text", accepted=("Sampling rate", "sample *rate*"), fold=("case", "accents")),
        written_item("number", "chapter1/quiz#5", low=44090, high=44110),
        written_item("number", "chapter1/quiz#6", low=5),
    )
    return Bank("chapter1/quiz", {"en": "Sound & <vision>", "fr": "Son / image"}, "en", items, Rules(scoring))
