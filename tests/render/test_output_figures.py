"""Figures, sounds and films of cells: files with names of their contents, sizes, alternative texts."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from output_cells import DRAWING, NOTEBOOK, cell, outputs_of, packed, player, png, shown, wav
from page_parts import SPAN, made

from site_builder.model.document import Cell
from site_builder.model.notebook import Output, made_file
from site_builder.render.outputs.figure_names import figure_names
from site_builder.render.outputs.picture_size import picture_size

PICTURE = made_file("image/png", png())
SOUND = made_file("audio/wav", wav())


def image_of(html: str) -> dict[str, str]:
    """Give the attributes of the only picture."""
    (tag,) = re.findall(r"<img ([^>]*)>", html)
    return dict(re.findall(r'([a-z]+)="([^"]*)"', tag))


def test_a_figure_is_a_file_with_the_name_of_its_content():
    body, findings = made(cell(shown(png=png(), plain="<Figure>")))
    assert body.made == ((PICTURE.name, NOTEBOOK),)
    assert findings == ()
    html = outputs_of(shown(png=png(), plain="<Figure>"))
    assert html == (
        f'<figure class="course-figure"><img src="SITE/outputs/{PICTURE.name}" alt="[Figure made by the code above]"'
        ' width="4" height="2" loading="lazy" decoding="async"></figure>'
    )


def test_a_page_without_outputs_asks_for_no_files():
    assert made(cell())[0].made == ()


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ({"width": 2, "height": 1}, ("2", "1")),
        ({"width": 2}, ("2", "1")),
        ({"height": 1.0}, ("2", "1")),
        ({}, ("4", "2")),
        (None, ("4", "2")),
        ("2", ("4", "2")),
        ({"width": "2", "height": [1]}, ("4", "2")),
        ({"width": True, "height": -1}, ("4", "2")),
        ({"width": 10**9, "height": float("nan")}, ("4", "2")),
    ],
)
def test_a_picture_has_the_size_that_the_kernel_tells_or_its_own(told, size):
    output = Output("display_data", data={"image/png": png(4, 2)}, metadata={"image/png": told})
    found = image_of(outputs_of(output))
    assert (found["width"], found["height"]) == size


@pytest.mark.parametrize(
    ("kind", "content", "size"),
    [
        ("image/gif", b"GIF89a\x04\x00\x02\x00", (4, 2)),
        ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x02\x00\x04\x03", (4, 2)),
        ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x00", (0, 0)),
        ("image/jpeg", b"\xff\xd8\xff" + b"\xff\x00" * 50, (0, 0)),
        ("image/webp", b"RIFF\0\0\0\0WEBPVP8 ", (0, 0)),
        ("image/svg+xml", DRAWING.encode(), (40, 20)),
        ("image/svg+xml", b'<svg viewBox="0 0 30.5 10">', (30, 10)),
        ("image/svg+xml", b'<svg width="100%" viewBox="0 0 1.2.3 4">', (0, 0)),
        ("image/svg+xml", b"<p>", None),
        ("image/png", b"\x89PNG\r\n\x1a\n", None),
        ("image/png", b"<script>", None),
        ("image/jpeg", b"GIF89a", None),
        ("image/x", b"", None),
    ],
)
def test_the_size_of_a_picture(kind, content, size):
    assert picture_size(kind, content) == size


def test_a_drawing_is_a_file_too():
    name = made_file("image/svg+xml", DRAWING).name
    found = image_of(outputs_of(shown(svg=DRAWING)))
    assert found["src"] == f"SITE/outputs/{name}"
    assert (found["width"], found["height"]) == ("40", "20")


@pytest.mark.parametrize(
    "data",
    [
        {"png": "not base64 <"},
        {"png": packed(b"<script>alert(1)</script>")},
        {"png": ["a"]},
        {"png": {"a": 1}},
        {"svg": "<svg><script>alert(1)</script></svg>"},
        {"svg": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'},
        {"jpeg": png()},
    ],
)
def test_what_is_no_picture_or_does_something_is_text(data):
    body, _ = made(cell(shown(**data, plain="<Figure>")))
    assert body.made == ()
    assert "&lt;Figure&gt;" in body.html


def test_a_drawing_that_is_refused_leaves_the_picture_beside_it():
    html = outputs_of(shown(svg="<svg onload='x'/>", png=png()))
    assert image_of(html)["src"].endswith(".png")


def test_pictures_that_follow_each_other_are_one_figure_each_with_its_title():
    code = "plt.title('One')\nplt.show()\nplt.title('Two')\n"
    html = outputs_of(shown(png=png(1)), shown(png=png(2)), code=code)
    assert html.count("<figure") == 1
    assert re.findall('alt="([^"]*)"', html) == ["One", "Two"]


def test_a_caption_is_shown_and_is_the_pictures_text():
    html = outputs_of(shown(png=png()), code="plt.title('Title')", caption='A "wave" & <b>')
    assert image_of(html)["alt"] == "A &quot;wave&quot; &amp; &lt;b&gt;"
    assert '<figcaption aria-hidden="true">A "wave" &amp; &lt;b&gt;</figcaption>' in html
    assert "A &quot;wave&quot;" not in html.partition("<figcaption")[2]


def test_the_search_knows_a_caption():
    assert "A wave" in made(cell(shown(png=png()), caption="A wave"))[0].sections[0].text


@pytest.mark.parametrize(
    ("code", "figures", "names"),
    [
        ('plt.title("A  wave")', 1, ["A wave"]),
        ('ax.set_title("A"); b.set_title("B")', 1, ["A; B"]),
        ('ax.set_title("A"); fig.suptitle("All")', 1, ["All"]),
        ('frame.plot(title="A")', 1, ["A"]),
        ('ax.set(title="A", xlabel="B")', 1, ["A"]),
        ('%matplotlib inline\nif 1:\n    !ls\n    plt.title("A")', 1, ["A"]),
        ('plt.title("A")', 2, ["", ""]),
        ('plt.title("A"); plt.title("B")', 2, ["A", "B"]),
        ("plt.title(name)", 1, [""]),
        ('plt.title("")', 1, [""]),
        ('plt.title(f"{x}")', 1, [""]),
        ("'title' in (", 1, [""]),
        ("title = " + "(" * 500 + ")" * 500, 1, [""]),
        ("-" * 30_000 + "title", 1, [""]),
        ('plt.title("' + "a" * 2000 + '")', 1, ["a" * 300]),
        ('plt.title("\\d")', 1, ["\\d"]),
    ],
)
def test_names_of_figures(code, figures, names):
    assert figure_names(code, figures) == names


def test_a_sound_is_a_player_with_a_file_that_does_not_start_by_itself():
    html = outputs_of(
        shown(html=player(f"data:audio/wav;base64,{wav()}"), plain="<IPython.lib.display.Audio object>")
    )
    assert (
        f'<audio controls preload="metadata" src="SITE/outputs/{SOUND.name}" aria-label="[Sound made by the code above]"></audio>'
        in html
    )
    assert "autoplay" not in html
    assert "Your browser" not in html
    assert made(cell(shown(html=player(f"data:audio/wav;base64,{wav()}"))))[0].made == (
        (SOUND.name, NOTEBOOK),
    )


def test_what_stands_around_a_sound_stays():
    html = outputs_of(shown(html=f"<p>Before</p>{player(f'data:audio/flac;base64,{wav()}')}<p>After</p>"))
    assert html.index("Before") < html.index("<audio") < html.index("After")
    assert ".flac" in html


def test_a_film_has_its_size():
    film = packed(b"\0\0\0\x18ftypmp42")
    html = outputs_of(shown(html=player(f"data:video/mp4;base64,{film}", "video", ' WIDTH="640" height=360')))
    assert re.search(
        r'<video controls playsinline preload="metadata" src="SITE/outputs/[0-9a-f]{24}\.mp4"', html
    )
    assert 'width="640" height="360"></video>' in html


@pytest.mark.parametrize(
    "source",
    [
        "data:audio/x-unknown;base64,AAAA",
        "data:text/html;base64,AAAA",
        "data:audio/wav;base64,A",
        "javascript:alert(1)",
        "",
    ],
)
def test_other_sounds_are_no_files(source):
    body, _ = made(cell(shown(html=player(source) + "x")))
    assert body.made == ()
    assert "data:" not in body.html
    assert "javascript:" not in body.html


def test_a_picture_in_other_html_is_a_file_too():
    tag = f"<table><tr><td><img width=2 ALT='A &amp; \"b\"' src='data:image/png;base64,{png()}'></td></tr></table>"
    html = outputs_of(shown(html=tag))
    assert (
        f'<td><img src="SITE/outputs/{PICTURE.name}" alt="A &amp; &quot;b&quot;" width="2" height="1"' in html
    )


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64,PHN2Zy8+",
        f"data:image/jpeg;base64,{png()}",
        f"data:audio/wav;base64,{png()}",
        "data:,x",
    ],
)
def test_other_pictures_in_html_are_text(address):
    body, _ = made(cell(shown(html=f'<b>x</b><img alt="A" src="{address}">')))
    assert body.made == ()
    assert "<img" not in body.html


def test_half_written_players_take_no_time():
    html = f"{player(f'data:audio/wav;base64,{wav()}')}{'<audio ' * 20_000}{'<audio>' * 20_000}"
    start = perf_counter()
    body, _ = made(cell(shown(html=html)))
    assert perf_counter() - start < 2
    assert body.made == ((SOUND.name, NOTEBOOK),)


def test_outputs_that_stand_in_no_notebook_show_no_files():
    outputs = (
        shown(png=png(), plain="text"),
        shown(html=player(f"data:audio/wav;base64,{wav()}"), plain="sound"),
    )
    body, _ = made(Cell(SPAN, "x", outputs=outputs))
    assert body.made == ()
    assert "outputs/" not in body.html
    assert "text\nsound" in body.html
