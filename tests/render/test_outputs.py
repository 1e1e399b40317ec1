import pytest
from page_parts import SPAN, html_of

from site_builder.model.document import Cell
from site_builder.model.notebook import Output
from site_builder.render.terminal_text import terminal_html


def output(data=None, kind="display_data", text=""):
    html = html_of(Cell(SPAN, "x", outputs=(Output(kind, text, data),)))
    return html.partition("</p>")[2].removesuffix("</div></div>")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text/plain": "a < b"}, "<pre><code>a &lt; b</code></pre>"),
        (
            {"text/html": "<table border='1'><tr><td onclick='x'>1</td></tr></table>", "text/plain": "t"},
            '<table border="1"><tbody><tr><td>1</td></tr></tbody></table>',
        ),
        ({"text/html": "<style>x</style><b>y</b>"}, "<b>y</b>"),
        (
            {"image/png": "aGk=\n", "text/plain": "<Figure>"},
            '<img src="data:image/png;base64,aGk=" alt="&lt;Figure&gt;" loading="lazy" decoding="async">',
        ),
        (
            {"image/svg+xml": "<svg/>"},
            '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="" loading="lazy" decoding="async">',
        ),
        ({"text/markdown": "*x*"}, "<p><em>x</em></p>\n"),
        ({"text/latex": "$x$"}, '<p><math display="block"><mrow><mi>x</mi></mrow></math></p>'),
        ({"image/png": '"><script>', "text/plain": "t"}, "<pre><code>t</code></pre>"),
        ({"text/html": "<script>x</script>", "text/plain": "t"}, "<pre><code>t</code></pre>"),
    ],
)
def test_the_richest_form_is_shown(data, expected):
    assert output(data) == expected


def test_a_stream_and_an_error():
    assert output(kind="stream", text="a\n") == "<pre><code>a\n</code></pre>"
    html = html_of(Cell(SPAN, "x", outputs=(Output("error", "\x1b[0;31mError\x1b[0m: x"),)))
    assert 'data-kind="error"><p class="course-output__label">[Error output]</p>' in html
    assert '<span class="course-ansi-red">Error</span>: x' in html


def test_an_empty_output_shows_nothing():
    assert "course-output" not in html_of(Cell(SPAN, "x", outputs=(Output("stream", "\n"),)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain <b>", "plain &lt;b&gt;"),
        (
            "\x1b[1;32ma\x1b[39mb\x1b[0mc",
            '<span class="course-ansi-bold course-ansi-green">a</span><span class="course-ansi-bold">b</span>c',
        ),
        ("\x1b[38;5;12ma\x1b[0m", "a"),
        ("\x1b[2Ka\x1b]8;;javascript:x\x07b\x1b]8;;\x07", "ab"),
        (" 10%\r 50%\r100%\n", "100%\n"),
        ("a\r\nb", "a\nb"),
        ("\x1b[31", "[31"),
        ("\x1b", ""),
    ],
)
def test_terminal_codes(text, expected):
    assert terminal_html(text) == expected
