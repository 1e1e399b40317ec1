from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.quiz import FOLDS
from site_builder.quiz.folding import folded

ALIKE = [
    ("case", "Straße", "STRASSE"),
    ("case", "ISI", "ısı"),
    ("case", "İSİ", "isi"),
    ("case", "ΣΊΣΥΦΟΣ", "σίσυφος"),
    ("case", "ﬁlter", "FILTER"),
    ("accents", "fréquence", "frequence"),
    ("accents", "cafe\u0301", "cafe"),
    ("accents", "Łódź", "Lodz"),
    ("accents", "ёлка", "елка"),
    ("accents", "שָׁלוֹם", "שלום"),
    ("accents", "مَرْحَبًا", "مرحبا"),
    ("accents", "ngữ", "ngu"),
    ("space", "sample   rate", "sample\u00a0rate"),
    ("space", "采样 率", "采样率"),
    ("space", "サンプル\u3000レート", "サンプルレート"),
    ("punctuation", "don’t", "dont"),
    ("punctuation", "sample-rate!", "sample rate"),
    ("punctuation", "¿qué?", "qué"),
    ("", "ＣＮＮ", "CNN"),
    ("", "ｶﾀｶﾅ", "カタカナ"),
    ("", "CO₂", "CO2"),
    ("", "\u200fمرحبا\u200e", "مرحبا"),
    ("", "  x\t", "x"),
    ("", "re\u0301sume\u0301", "résumé"),
    ("", "می\u200cشود", "میشود"),
]

DIFFERENT = [
    ("accents", "か", "が"),
    ("accents", "กิน", "กน"),
    ("accents", "हिंदी", "हंदी"),
    ("space", "samplerate", "sample rate"),
    ("space", "nowhere", "now here"),
    ("punctuation", "C++", "C"),
    ("case", "résumé", "resume"),
]


@pytest.mark.parametrize(("fold", "one", "other"), ALIKE)
def test_texts_that_are_alike(fold, one, other):
    assert folded(one, (fold,)) == folded(other, (fold,))
    if fold:
        assert folded(one, ()) != folded(other, ()), "without the fold they differ"


@pytest.mark.parametrize(("fold", "one", "other"), DIFFERENT)
def test_texts_that_stay_different(fold, one, other):
    assert folded(one, (fold,)) != folded(other, (fold,))


@given(st.text(), st.sets(st.sampled_from(FOLDS)))
def test_a_folded_text_is_trimmed_and_normal(text, fold):
    found = folded(text, fold)
    assert found == found.strip()
    assert unicodedata.is_normalized("NFKC", found) or "accents" not in fold
    assert "  " not in found or "space" not in fold


@given(st.text(st.characters(categories=["L", "N", "Zs"])), st.sets(st.sampled_from(FOLDS)))
def test_how_a_text_is_composed_never_matters(text, fold):
    composed = {folded(unicodedata.normalize(form, text), fold) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(composed) == 1
