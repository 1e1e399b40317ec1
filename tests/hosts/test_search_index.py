"""The search index has each page once, and the self-test notices what is not in it."""

from __future__ import annotations

from site_builder.hosts.search_index import entries, fold, sample_words, unfound
from site_builder.model.artifact import Section

SECTIONS = (
    Section("", "声音", "计算机如何保存声音。"),
    Section("rate", "采样率", "<p>每秒的样本数 &lt; 1</p>"),
)


def test_each_section_is_an_entry_of_plain_text() -> None:
    assert list(entries("chapter1/1/", SECTIONS)) == [
        {"location": "chapter1/1/", "title": "声音", "text": "计算机如何保存声音。"},
        {"location": "chapter1/1/#rate", "title": "采样率", "text": "每秒的样本数 < 1"},
    ]


def test_words_of_scripts_without_spaces_are_found() -> None:
    docs = list(entries("p/", SECTIONS))
    assert unfound(docs, {"p/": ["保存", "采样率", "样本"]}) == []


def test_a_word_that_the_index_lacks_is_reported() -> None:
    docs = list(entries("p/", SECTIONS))
    assert unfound(docs, {"p/": ["频谱"], "q/": ["声音"]}) == [("p/", "频谱"), ("q/", "声音")]


def test_samples_are_whole_words_of_the_page() -> None:
    assert sample_words("<p>A <b>wave</b>form, plain</p><p>শব্দের নমুনা।</p>") == ["waveform", "শব্দের"]


def test_what_does_not_count_is_folded_away() -> None:
    assert fold("Échantillon  STRASSE straße ۱۲٣ می‌خواهم İ") == "echantillon strasse strasse 123 میخواهم i"
