import pytest
from page_parts import html_of, made, prose

from site_builder.model.document import Code, Prose, Target
from site_builder.render.author_html import prepare

REMOTE = "https://example.org/a.png"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<div dir="rtl">\n\nx\n\n</div>', '<div dir="rtl">\n<p>x</p>\n</div>'),
        ("a<br/>b", "<p>a<br>b</p>"),
        ("<UNK> and <mask>", "<p>&lt;UNK&gt; and &lt;mask&gt;</p>"),
        ("a <!-- note --> b", "<p>a  b</p>"),
        (
            "<details>\n<summary>More</summary>\n\n*x*\n\n</details>",
            "<details>\n<summary>More</summary>\n<p><em>x</em></p>\n</details>",
        ),
        ('<div class="flex justify-center">\n</div>', '<div class="course-center">\n</div>'),
        ('<div class="hidden dark:block md-header">\n</div>', '<div class="course-dark-only">\n</div>'),
        ('<div class="block dark:hidden">\n</div>', '<div class="course-light-only">\n</div>'),
        ('<p style="text-align: center; position: fixed">x</p>', '<p style="text-align:center">x</p>'),
        ('<p style="margin-top: -50em">x</p>', "<p>x</p>"),
        ('<p id="__search">x</p>\n<p id="mine">y</p>', '<p>x</p>\n<p id="mine">y</p>'),
    ],
)
def test_what_becomes_of_author_html(text, expected):
    assert html_of(prose(text)) == expected


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("<b>x</b>", 0),
        ("<script>x</script>", 1),
        ('<a onclick="x">y</a>', 1),
        ('<a href="javascript:x">y</a>', 1),
        ("<form><input></form>", 2),
        ("<!-- <script> -->", 0),
        ("a < b", 0),
        ('<a title="on the way = good">x</a>', 0),
    ],
)
def test_what_is_lost_by_which_a_tag_acts(text, lost):
    assert len(prepare(text)[1]) == lost


def test_a_loss_is_found_at_its_place():
    block = prose('Some text.\n\n<div onclick="x">\n\ny\n\n</div>\n')
    finding = made(block)[1][0]
    assert (finding.code, finding.span.text) == ("cleaned-html", '<div onclick="x">')


@pytest.mark.parametrize(
    "opening",
    [
        "<textarea>",
        "<title>",
        "<select>",
        "<xmp>",
        "<plaintext>",
        '<b title="',
        "<!-- x",
        "<svg>",
        "<iframe>",
    ],
)
def test_unclosed_html_swallows_nothing_that_follows(opening):
    html = html_of(
        Prose(prose(opening).span, prose("").syntax),
        prose(opening),
        Code(prose("").span, "kept"),
        prose("kept too"),
    )
    assert "kept</code>" in html
    assert "<p>kept too</p>" in html


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target("page", "chapter3/1", "a b"), '<p><a href="EDITION/chapter3/1/#a%20b">x</a></p>'),
        (Target("page", ""), '<p><a href="EDITION/">x</a></p>'),
        (Target("file", "chapters/en/a b.csv"), '<p><a href="SITE/media/chapters/en/a%20b.csv">x</a></p>'),
        (
            Target("outside", "https://example.org/?a&b"),
            '<p><a href="https://example.org/?a&amp;b">x</a></p>',
        ),
        (Target("outside", "javascript:x"), "<p><a>x</a></p>"),
        (Target("here", fragment="y"), '<p><a href="#y">x</a></p>'),
        (Target("dead"), "<p><a>x</a></p>"),
    ],
)
def test_where_links_lead(target, expected):
    assert html_of(prose("[x](somewhere)"), targets={"somewhere": target}) == expected
    assert html_of(prose('<p><a href="somewhere">x</a></p>'), targets={"somewhere": target}) == expected


def test_addresses_are_looked_up_as_they_are_written():
    written = "../kapitel 2/größe.mdx?a=1&amp;b"
    target = {"../kapitel 2/größe.mdx?a=1&b": Target("page", "chapter2/1")}
    assert html_of(prose(f"[x](<{written}>)"), targets=target) == '<p><a href="EDITION/chapter2/1/">x</a></p>'


def test_a_picture_of_the_course():
    html = html_of(prose('![a "b"](a.png)'), targets={"a.png": Target("file", "chapters/en/a.png")})
    assert html == (
        '<p><img src="SITE/media/chapters/en/a.png" alt="a &quot;b&quot;" loading="lazy" decoding="async"></p>'
    )


def test_a_picture_of_another_host_waits():
    body, _ = made(prose(f'<img class="hidden dark:block" src="{REMOTE}" alt="A <plot>" width="80%">'))
    assert body.html.strip() == (
        f'<span class="course-card course-card--image course-dark-only" data-image="{REMOTE}" data-alt="A &lt;plot&gt;" data-width="80%">'
        f'<a class="course-card__open" href="{REMOTE}" rel="noopener noreferrer" target="_blank">A &lt;plot&gt;</a></span>'
    )
    assert body.remote_media


def test_a_picture_of_another_host_loads_where_the_settings_say_so():
    body, _ = made(prose(f"![x]({REMOTE})"), remote_images="load")
    assert body.html.strip() == f'<p><img src="{REMOTE}" alt="x" loading="lazy" decoding="async"></p>'
    assert body.remote_media


def test_a_card_inside_a_link_has_no_link_of_its_own():
    html = html_of(prose(f"[![x]({REMOTE})](https://example.org) ![y]({REMOTE})"))
    assert html.count("<a ") == 2
    assert '<span class="course-card__open">x</span></span></a> <span' in html


def test_a_missing_picture_is_its_text():
    assert html_of(prose("![what it shows](gone.png)")) == "<p>what it shows</p>"


def test_sound_of_another_host_waits():
    html = html_of(
        prose(
            '<audio controls>\n<source src="https://example.org/a/b.wav" type="audio/wav">\nNo sound here.\n</audio>'
        )
    )
    assert html == (
        '<span class="course-card course-card--sound" data-media="https://example.org/a/b.wav">'
        '<a class="course-card__open" href="https://example.org/a/b.wav" rel="noopener noreferrer" target="_blank">b.wav</a></span>'
    )


def test_sound_of_the_course_plays():
    html = html_of(
        prose('<audio controls src="a.wav"></audio>'), targets={"a.wav": Target("file", "chapters/a.wav")}
    )
    assert html == '<p><audio controls="" src="SITE/media/chapters/a.wav"></audio></p>'


def test_marks_of_authors_are_dropped():
    text = "a\ue0f0Note\ue0f1 &#xe0f2; `\ue0f3`"
    assert html_of(prose(text), Code(prose(text).span, "\ue0f0x")).count("[") == 0
    assert html_of(prose(text)) == "<p>aNote  <code></code></p>"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Look: ![](a.png)", "a.png"),
        ('Look: <img src="a.png">', '<img src="a.png">'),
        ("<div>\n<img src='a.png' title='alt=x'>\n</div>", "<img src='a.png' title='alt=x'>"),
        ("![x](a.png)", None),
        ('<img src="a.png" alt="">', None),
    ],
)
def test_a_picture_without_text_is_found(text, place):
    found = [each.span.text for each in made(prose(text))[1] if each.code == "missing-alt"]
    assert found == ([place] if place else [])
