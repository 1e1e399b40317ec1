"""Folders' names to languages."""

from __future__ import annotations

import pytest

from site_builder.discover.languages import is_edition_name, language_of


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [
        ("en", "English", "ltr"), ("zh-CN", "简体中文", "ltr"), ("zh-TW", "繁體中文", "ltr"), ("pt-BR", "Português (Brasil)", "ltr"),
        ("pt-br", "Português (Brasil)", "ltr"), ("ru-RU", "Русский", "ltr"), ("fr", "Français", "ltr"), ("my", "မြန်မာ", "ltr"),
        ("ja", "日本語", "ltr"), ("fa", "فارسی", "rtl"), ("ar", "العربية", "rtl"), ("he", "עברית", "rtl"), ("ur", "اردو", "rtl"),
        ("ps", "پښتو", "rtl"), ("ckb", "کوردیی ناوەندی", "rtl"), ("az-Arab", "تۆرکجه", "rtl"), ("dv", "ދިވެހިބަސް", "rtl"),
        ("en-GB", "English (United Kingdom)", "ltr"), ("ka", "ქართული", "ltr"),
    ],
)  # fmt: skip
def test_a_language_has_its_own_name_and_direction(tag: str, name: str, direction: str) -> None:
    language = language_of(tag)
    assert (language.name, language.direction, language.oddity) == (name, direction, "")


@pytest.mark.parametrize(
    ("tag", "name", "advice"),
    [
        ("gj", "gj", "did you mean `gu`?"),
        ("jp", "jp", "did you mean `ja`?"),
        ("rum", "Română", "did you mean `ro`?"),
        ("zz", "zz", "name the folder by a tag such as `pt-BR`"),
        ("zh_CN", "简体中文", "name the folder `zh-CN`"),
        ("english", "english", "name the folder by a tag such as `pt-BR`"),
    ],
)
def test_an_odd_tag_is_told_and_still_an_edition(tag: str, name: str, advice: str) -> None:
    language = language_of(tag)
    assert (language.name, language.advice) == (name, advice)
    assert f"`{tag}`" in language.oddity
    assert is_edition_name(tag)


@pytest.mark.parametrize("name", ["", "en fr", "<b>", "é", "en-", "..", "x" * 36])
def test_some_names_cannot_be_addresses(name: str) -> None:
    assert not is_edition_name(name)
