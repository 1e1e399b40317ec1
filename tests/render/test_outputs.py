"""Outputs of all kinds in a page: the form that is chosen, boxes and folds, what the search knows."""

from __future__ import annotations

import pytest
from output_cells import cell, outputs_of, printed, shown
from page_parts import SPAN, html_of, inline, made

from site_builder.model.controls import Controls
from site_builder.model.document import Cell, Expected
from site_builder.model.notebook import Output

TRACE = (
    "\x1b[31m---\x1b[0m\nTraceback\n"
    + "\n".join(f"frame {n}" for n in range(20))
    + "\n\x1b[31mKeyError\x1b[0m: 'a'"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"plain": "a < b"}, "<pre><code>a &lt; b\n</code></pre>"),
        ({"html": "<style>x</style><b>y</b>"}, '<div class="course-rich"><b>y</b></div>'),
        ({"markdown": "*x*"}, '<div class="course-rich"><p class="course-output__text"><em>x</em></p>\n</div>'),
        ({"latex": "$x$"}, '<div class="course-rich"><math display="block"><mrow><mi>x</mi></mrow></math></div>'),
        ({"html": "<b id='__search' class='a'>y</b><i id=course-words>z</i>"}, '<div class="course-rich"><b>y</b><i>z</i></div>'),
        ({"html": "<script>x</script>", "plain": "t"}, "<pre><code>t\n</code></pre>"),
        ({"html": "a<script>x</script>", "plain": "t"}, "<pre><code>t\n</code></pre>"),
        ({"html": "a<iframe src='//x'></iframe>", "plain": "t"}, "<pre><code>t\n</code></pre>"),
        ({"html": "a<script>x</script>", "plain": "<IPython.core.display.HTML object>"}, '<div class="course-rich">a</div>'),
        ({"html": "<div><p> </p></div>", "plain": "t"}, "<pre><code>t\n</code></pre>"),
        ({"html": 7, "plain": "t"}, "<pre><code>t\n</code></pre>"),
        ({"html": "<b>x</b>" * 100_000, "plain": "too long"}, "<pre><code>too long\n</code></pre>"),
    ],
)  # fmt: skip
def test_the_richest_form_that_loses_nothing_is_shown(data, expected):
    assert outputs_of(shown(**data)) == expected


@pytest.mark.parametrize(
    "output",
    [
        printed("\n"),
        printed(""),
        shown(html="<div><iframe src='x'></iframe></div>", plain="<IPython.core.display.HTML object>"),
        shown(plain="<IPython.lib.display.Audio object>"),
        Output("display_data", data={"application/vnd.jupyter.widget-view+json": {}, "text/plain": "  0%|   | 0/10"}),
        Output("display_data", data=None),
        Output("never heard of", data={"x": "y"}),
    ],
)  # fmt: skip
def test_what_says_nothing_shows_nothing(output):
    assert "course-output" not in html_of(cell(output))


def test_text_that_follows_each_other_is_one_block_with_one_label():
    html = html_of(cell(printed("a\n"), printed("b"), shown(plain="'c'"), printed("d\n")))
    assert html.count("course-output__label") == html.count("<pre><code>a") == 1
    assert "<code>a\nb\n'c'\nd\n</code>" in html


def test_a_progress_bar_in_pieces_is_its_last_state():
    bar = [printed(f"\r{n}%", "stderr") for n in (0, 50, 100)]
    assert outputs_of(*bar) == '<pre class="course-output__stderr"><code>100%\n</code></pre>'


def test_an_error_has_a_box_of_its_own():
    html = html_of(cell(printed("a"), Output("error", "KeyError: 'a'", name="KeyError")))
    assert 'data-kind="fresh"><p class="course-output__label">[Output]</p><pre><code>a\n' in html
    assert 'data-kind="error"><p class="course-output__label">[Error output]</p><pre><code>KeyError' in html


def test_a_long_traceback_shows_its_end_and_folds_the_rest():
    html = outputs_of(Output("error", TRACE, name="KeyError"))
    fold, _, end = html.partition("</details>")
    assert "<summary>[Show the whole traceback]</summary>" in fold
    assert "frame 19" in fold
    assert end == "<pre><code><span class=\"course-ansi-red\">KeyError</span>: 'a'\n</code></pre></div>"


@pytest.mark.parametrize("text", ["KeyError: 'a'", "Traceback\nKeyError: 'a'\n", "\n".join("abcdefghij")])
def test_a_short_traceback_is_not_folded(text):
    assert "<details" not in outputs_of(Output("error", text, name="KeyError"))


def test_a_long_message_is_seen_whole_up_to_its_name():
    text = "x\n" * 30 + "ValueError: a\nb\nc"
    assert outputs_of(Output("error", text, name="ValueError")).endswith(
        "<code>ValueError: a\nb\nc\n</code></pre></div>"
    )


def test_a_text_of_25_lines_is_whole_and_a_longer_one_is_folded():
    assert "<details" not in outputs_of(printed("x\n" * 25))
    html = outputs_of(printed("".join(f"line {n}\n" for n in range(26))))
    head, _, fold = html.partition("<details")
    assert "line 14" in head
    assert "line 15" not in head
    assert "<span>[Show all {number} lines|number=26]</span><span>[Show fewer lines]</span>" in fold
    assert "line 25" in fold


def test_a_page_has_at_most_2000_lines_of_a_text_and_says_so():
    html = outputs_of(printed("".join(f"line {n}\n" for n in range(2001))))
    assert "line 1999" in html
    assert "line 2000" not in html
    assert "[The other {number} lines stand in the notebook.|number=1]" in html


def test_endless_lines_are_cut():
    html = outputs_of(printed("x" * 9000 + "\n" + ("y" * 3900 + "\n") * 120))
    assert "x" * 4000 + "…\n" in html
    assert 90 < html.count("y" * 3900) < 120
    assert "[Show all {number} lines|number=121]" in html
    assert "lines stand in the notebook.|number=" in html


def test_a_colour_that_begins_before_a_fold_is_whole_on_both_sides():
    html = outputs_of(printed("\x1b[31m" + "x\n" * 30 + "\x1b[0m"))
    assert html.count('<span class="course-ansi-red">') == html.count("</span>") - 2 == 30


def test_the_search_knows_the_beginning_of_a_text_alone():
    body, _ = made(cell(printed("".join(f"line {n}\n" for n in range(5000))), printed("noise", "stderr")))
    text = body.sections[0].text
    assert "line 14" in text
    assert "line 15" not in text
    assert "noise" not in text
    assert len(text) < 3000


def test_the_search_knows_the_words_of_a_table_and_no_more_than_it_needs():
    rows = "".join(f"<tr><td>row &amp; {n}</td></tr>" for n in range(1000))
    text = made(cell(shown(html=f"<table>{rows}</table><p>1000 rows × 1 columns</p>")))[0].sections[0].text
    assert "row &amp; 3" in text
    assert len(text) < 3000


def test_hidden_code_and_hidden_outputs_are_folded_and_found_by_the_search():
    body, _ = made(cell(printed("bird"), hide_input=True, hide_output=True))
    code, output = body.html.split("<details")[1:]
    assert "Show code" in code
    assert "Show output" in output
    assert "bird" in output
    assert "bird" in body.sections[0].text
    assert "<details" not in html_of(cell(printed("bird")))


def test_a_hidden_cell_without_outputs_is_folded_too():
    assert html_of(cell(hide_input=True)).startswith('<details class="course-fold course-fold--code">')


def test_fresh_stands_before_recorded_and_both_have_names():
    both = Cell(SPAN, "x", expected=(Expected(SPAN, "2\n"),), outputs=(printed("1"),), outputs_from="a.ipynb")
    html = html_of(both)
    assert html.index('data-kind="fresh"') < html.index("[Recorded output]")


def test_the_label_that_the_author_wrote_stays():
    html = html_of(Cell(SPAN, "x", expected=(Expected(SPAN, "2\n", inline("**Result:**")),)))
    assert '<p class="course-output__label"><strong>Result:</strong></p>' in html


def test_outputs_that_a_notebook_page_stores_are_recorded():
    stored = Cell(SPAN, "x", outputs=(printed("1"),), outputs_from=SPAN.source.path, controls=Controls())
    assert 'data-kind="recorded"' in html_of(stored)


def test_outputs_have_no_copy_button_but_code_has_one():
    html = html_of(cell(printed("a")))
    assert html.count("no-copy") == 1
    assert '<div class="course-output highlight no-copy"' in html
