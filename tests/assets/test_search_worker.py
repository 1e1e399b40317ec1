"""The search finds words of every script, as readers type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

WORKER = Path(__file__).parents[2] / "assets" / "scripts" / "search_worker.js"

DOCS = [
    {"location": "en/", "title": "Owls & <mask> tokens", "text": "The sampling rate of a recording. Use load_audio(path) to read it."},
    {"location": "en/#rate", "title": "Choose a rate", "text": "Recordings that were generated at another rate are resampled."},
    {"location": "zh/", "title": "夜鸟的声音", "text": "采样率决定了录音中能听到什么。猫头鹰在夜里叫。"},
    {"location": "ja/", "title": "夜の鳥", "text": "サンプリングレートは録音の質を決める。ﾌｸﾛｳは夜に鳴く。"},
    {"location": "ko/", "title": "밤의 새", "text": "샘플링 속도는 녹음을 결정합니다. 부엉이음성도 있습니다."},
    {"location": "th/", "title": "นกกลางคืน", "text": "อัตราการสุ่มตัวอย่างกำหนดสิ่งที่ได้ยินในการบันทึกเสียง"},
    {"location": "my/", "title": "ညငှက်", "text": "အသံဖမ်းခြင်းသည်ညတွင်ပြုလုပ်သည်"},
    {"location": "bn/", "title": "রাতের পাখি", "text": "নমুনার হার ঠিক করে কী শোনা যায়। পেঁচা রাতে ডাকে, ১২ বার।"},
    {"location": "fa/", "title": "پرندهٔ شب", "text": "نرخ نمونه‌برداری تعیین می‌کند چه شنیده می‌شود. جغد كوچك، ۱۲ بار."},
    {"location": "ru/", "title": "Ночная птица", "text": "Частота определяет всё, что слышно. Ёж не поёт."},
    {"location": "tr/", "title": "Gece kuşu", "text": "İstanbul'da kaydedildi; ışık yoktu."},
    {"location": "es/#noche", "title": "Un pájaro nocturno", "text": "La lechuza vuela."},
    {"location": "es/#vuelo", "title": "El vuelo", "text": "Vuela sin ruido."},
    {"location": "fr/", "title": "L'oiseau de nuit", "text": "La fréquence d'échantillonnage décide de tout."},
]  # fmt: skip


@pytest.fixture(scope="module")
def search(browser):
    """Give a function that sends a query to the worker and returns its lists of results."""
    page = browser.new_page()
    page.route(
        "http://site.test/**",
        lambda route: route.fulfill(
            content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
            body=WORKER.read_text(encoding="utf-8")
            if route.request.url.endswith(".js")
            else "<title>x</title>",
        ),
    )
    page.goto("http://site.test/")
    ready = page.evaluate(
        """docs => new Promise(done => {
             window.worker = new Worker("/search_worker.js");
             worker.onmessage = ({data}) => done(data.type);
             worker.postMessage({type: 0, data: {config: {}, docs, options: {}}});
           })""",
        DOCS,
    )
    assert ready == 1

    def ask(query: str):
        answer = page.evaluate(
            """query => new Promise(done => {
                 worker.onmessage = ({data}) => done(data);
                 worker.postMessage({type: 2, data: query});
               })""",
            query,
        )
        assert answer["type"] == 3
        return answer["data"]["items"]

    yield ask
    page.close()


@pytest.mark.parametrize(
    ("query", "location", "marked"),
    [
        ("采样率", "zh/", "采样率"),
        ("听到", "zh/", "听到"),
        ("猫头鹰 采样率", "zh/", "猫头鹰"),
        ("猫头鹰夜里", "zh/", "猫头鹰"),
        ("レート", "ja/", "レート"),
        ("フクロウ", "ja/", "ﾌｸﾛｳ"),
        ("録音の質", "ja/", "録音の質"),
        ("녹음", "ko/", "녹음"),
        ("음성", "ko/", "음성"),
        ("ตัวอย่าง", "th/", "ตัวอย่าง"),
        ("เสียง", "th/", "เสียง"),
        ("ညတွင်", "my/", "ညတွင်"),
        ("পেঁচা", "bn/", "পেঁচা"),
        ("12 বার", "bn/", "১২"),
        ("می‌شود", "fa/", "می‌شود"),
        ("میشود", "fa/", "می‌شود"),
        ("نمونه", "fa/", "نمونه"),
        ("کوچک", "fa/", "كوچك"),
        ("определ", "ru/", "определ"),
        ("еж", "ru/", "Ёж"),
        ("istanbul", "tr/", "İstanbul"),
        ("IŞIK", "tr/", "ışık"),
        ("echantillon", "fr/", "échantillon"),
        ("d'échantillonnage", "fr/", "d'échantillonnage"),
        ("load_audio", "en/", "load_audio"),
        ("<mask>", "en/", "mask"),
        ("samplings", "en/", "sampling"),
    ],
)
def test_words_are_found_and_marked_as_they_stand(search, query, location, marked):
    first = search(query)[0]
    assert location in [each["location"] for each in first]
    text = " ".join(each["title"] + each["text"] for each in first)
    assert f"<mark>{marked.replace(chr(39), '&#39;')}</mark>" in text
    assert first[0]["terms"].get(marked) is True


@pytest.mark.parametrize(
    "query", ["猫头狗龙", "xyzzy", "Ökonomie", "", "   ", '""', "-owl", "*", "title:", "~1 ^2 +", "\\"]
)
def test_what_is_not_there_is_not_found_and_nothing_breaks(search, query):
    assert not [
        each
        for results in search(query)
        for each in results
        if each["score"] and query.strip('-" ') in each["text"] and query.strip()
    ]


def test_nothing_is_found_for_words_that_stand_nowhere(search):
    assert search("xyzzy") == []
    assert search("") == []


def test_texts_are_given_back_as_text(search):
    first = search("tokens")[0][0]
    assert first["title"] == "Owls &#38; &#60;mask&#62; <mark>tokens</mark>"


def test_a_word_start_wins_over_the_middle_of_a_word(search):
    results = search("rate")
    assert "<mark>rate</mark> are" in json.dumps(results)
    assert "gene<mark>rate</mark>d" not in json.dumps(results)


def test_a_page_is_in_its_list_even_if_only_a_section_has_the_word(search):
    locations = [each["location"] for each in search("resampled")[0]]
    assert locations[0] == "en/#rate"
    assert "en/" in locations


def test_quoted_words_stand_together_and_minus_excludes(search):
    assert search('"sampling rate"')[0][0]["location"] == "en/"
    assert search('"rate sampling"') == []
    assert all(
        each["location"] != "en/" or not each["score"]
        for results in search("rate -sampling")
        for each in results
    )


def test_the_first_section_stands_for_its_page(search):
    assert [each["location"] for each in search("ruido")[0]] == ["es/#vuelo", "es/"]
    assert search("lechuza")[0][0]["location"] == "es/"
