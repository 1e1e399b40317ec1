from __future__ import annotations

import re
import runpy
import shutil

import pytest
from babel.messages.pofile import read_po

from site_builder.data_files import translations_folder
from site_builder.hosts.interface_words import (
    fill_marks,
    language_name,
    material_language,
    nearest,
    words_for,
)
from site_builder.model.words import WORDS, word

LANGUAGES = ("bn", "es", "fa", "fr", "ja", "ko", "pt-BR", "ru", "tr", "zh-CN")


def catalog(language):
    with (translations_folder() / language / "course.po").open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def places(text):
    return sorted(re.findall(r"\{\w*\}", text))


def test_each_language_of_the_courses_has_a_catalog() -> None:
    assert sorted(path.parent.name for path in translations_folder().glob("*/course.po")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_is_complete_and_keeps_the_places_of_values(language) -> None:
    read = catalog(language)
    known = {}
    for message in read:
        if message.id:
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            key = message.id if isinstance(message.id, str) else message.id[1]
            assert isinstance(message.id, str) or len(forms) == read.num_plurals
            known[key] = forms
    assert sorted(known) == sorted(WORDS), "run `make messages`, then translate"
    for text, forms in known.items():
        for form in forms:
            assert form.strip(), f"{language}: {text!r} has no translation"
            assert places(form) == places(text), f"{language}: {form!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_in_the_language(language) -> None:
    translate = words_for(language)
    same = [text for text in WORDS if not places(text) and translate(text) == text]
    assert len(same) <= 10, f"left in English? {same}"


def test_plural_forms() -> None:
    russian = words_for("ru")
    shown = [russian("{number} pages", number=number) for number in (1, 3, 5, 21)]
    assert shown == ["1 страница", "3 страницы", "5 страниц", "21 страница"]
    assert words_for("en")("{number} chapters", number=1) == "1 chapter"
    assert words_for("fr")("{number} chapters", number=2) == "2 chapitres"
    assert words_for("ja")("{number} pages", number=1) == "1ページ"


def test_a_word_without_a_translation_is_english() -> None:
    assert words_for("es")("No such word, {name}", name="x") == "No such word, x"


@pytest.mark.parametrize(
    ("tag", "catalog_tag"),
    [
        ("en", ""), ("gj", ""), ("sw", ""), ("zh-CN", "zh-CN"), ("zh", "zh-CN"), ("cn", "zh-CN"), ("zh-TW", "zh-CN"),
        ("pt-br", "pt-BR"), ("pt", "pt-BR"), ("ru-RU", "ru"), ("fa-IR", "fa"), ("es_MX", "es"), ("jp", "ja"), ("ptx", ""),
    ],
)  # fmt: skip
def test_the_nearest_catalog(tag, catalog_tag) -> None:
    assert nearest(tag, LANGUAGES) == catalog_tag


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"), ("zh-CN", "zh"), ("zh", "zh"), ("zh-TW", "zh-TW"), ("zh-HK", "zh-Hant"), ("pt-br", "pt-BR"),
        ("pt", "pt"), ("pt-PT", "pt"), ("ru-RU", "ru"), ("gj", "en"), ("my", "my"), ("no", "nb"), ("fa", "fa"), ("ku", "ku-IQ"),
        ("sr-Latn", "sr"), ("..", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_of_material(tag, language) -> None:
    assert material_language(tag) == language


def test_marks_become_words() -> None:
    html = f'<p>{word("Tip")}</p><a title="{word("Watch on {host}", host="a.example")}">{word("Tip")}</a>'
    assert fill_marks(html, words_for("es")) == '<p>Consejo</p><a title="Ver en a.example">Consejo</a>'


def test_values_of_marks_are_escaped_once() -> None:
    raw = word("Watch on {host}", host='"><b>&')
    escaped = word("Watch on {host}", host="&quot;&gt;&lt;b&gt;&amp;")
    assert (
        fill_marks(raw, words_for("en"))
        == fill_marks(escaped, words_for("en"))
        == "Watch on &quot;&gt;&lt;b&gt;&amp;"
    )


def test_braces_in_a_value_stay() -> None:
    assert (
        fill_marks(word("Watch on {host}", host="{0} {host}"), words_for("fr")) == "Regarder sur {0} {host}"
    )


def test_a_body_without_marks_is_the_same_object() -> None:
    html = "<p>text</p>"
    assert fill_marks(html, words_for("fr")) is html


def test_updating_changes_nothing_when_all_words_are_there(tmp_path) -> None:
    folder = tmp_path / "translations"
    shutil.copytree(translations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    runpy.run_path(str(folder / "update.py"), run_name="__main__")
    for path in folder.rglob("*.po*"):
        assert path.read_text() == (translations_folder() / path.relative_to(folder)).read_text(), (
            "run `make messages`"
        )


def test_a_new_language_starts_from_the_template(tmp_path) -> None:
    (tmp_path / "uk").mkdir()
    for name in ("course.pot", "update.py"):
        shutil.copy(translations_folder() / name, tmp_path / name)
    shutil.copy(tmp_path / "course.pot", tmp_path / "uk" / "course.po")
    runpy.run_path(str(tmp_path / "update.py"), run_name="__main__")
    text = (tmp_path / "uk" / "course.po").read_text()
    assert "Language: uk" in text
    assert "nplurals=" in text
    assert 'msgstr[2] ""' in text


def test_a_language_has_its_name_in_the_readers_words() -> None:
    assert language_name("en", "es") == "inglés"
    assert language_name("en", "ja") == "英語"
    assert language_name("zh-CN", "zh-CN") == "中文"
    assert language_name("fr", "gj") == "French"
    assert language_name("..", "es") == ".."
