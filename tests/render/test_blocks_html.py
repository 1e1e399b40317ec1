from dataclasses import replace

import pytest
from page_parts import SPAN, heading, html_of, inline, made, prose

from site_builder.model.document import (
    Arm,
    Callout,
    Cell,
    Code,
    Demo,
    Element,
    Expected,
    NotebookLinks,
    Prose,
    Quiz,
    Switch,
    Target,
    Video,
)
from site_builder.model.quiz import Choice, Question


def test_prose():
    assert html_of(prose("Some *text* & `<code>`.\n\n- one\n- two\n")) == (
        "<p>Some <em>text</em> &amp; <code>&lt;code&gt;</code>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


def test_a_table_stands_in_materials_frame():
    assert html_of(prose("| a | b |\n|---|--:|\n| 1 | 2 |\n")) == (
        '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>\n<thead>\n<tr>\n<th>a</th>\n'
        '<th style="text-align:right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n'
        '<td style="text-align:right">2</td>\n</tr>\n</tbody>\n</table></div></div>'
    )


def test_an_island_stands_in_its_list_item():
    parts = prose("- one\n\n  x\n")
    tokens = list(parts.syntax)
    at = next(i for i, token in enumerate(tokens) if token.type == "inline" and token.content == "x")
    island = tokens[at].copy(type="island", meta={"island": 0}, children=None)
    html = html_of(Prose(SPAN, (*tokens[: at - 1], island, *tokens[at + 2 :]), (Code(SPAN, "1 < 2\n"),)))
    assert html == (
        '<ul>\n<li>\n<p>one</p>\n<div class="language-text highlight"><pre><code>1 &lt; 2\n</code></pre></div>\n</li>\n</ul>'
    )


def test_a_heading_has_its_id_its_aliases_and_a_link():
    assert html_of(heading(2, "A *new* one", "a-new-one", ("old", "__search"))) == (
        '<h2 id="a-new-one"><span class="course-alias" id="old"></span>A <em>new</em> one'
        '<a class="headerlink" href="#a-new-one" title="[Link to this heading]">\u00b6</a></h2>'
    )


def test_a_heading_does_not_reach_into_what_follows():
    html = html_of(heading(2, "A <b>new one", "x"), prose("text"))
    assert html.startswith('<h2 id="x">A <b>new one</b><a')
    assert html.endswith("<p>text</p>")


def test_code_is_coloured():
    assert html_of(Code(SPAN, "x = 1\n", "py", "py")) == (
        '<div class="language-python highlight"><pre><code><span class="n">x </span><span class="o">= </span>'
        '<span class="mi">1</span>\n</code></pre></div>'
    )


def test_a_cell_without_output_is_code():
    code = html_of(Code(SPAN, "x\n", "python"))
    assert html_of(Cell(SPAN, "x\n")) == code.replace("highlight", "highlight course-code")


def test_a_cell_with_output():
    expected = (Expected(SPAN, "1 < 2\n"), Expected(SPAN, "Error\n", inline("**Result:**"), is_trace=True))
    html = html_of(Cell(SPAN, "x\n", expected=expected))
    assert html == (
        '<div class="course-cell"><div class="language-python highlight course-code"><pre><code><span class="n">x</span>\n</code></pre></div>'
        '<div class="course-output highlight no-copy" data-kind="recorded"><p class="course-output__label">[Output]</p>'
        "<pre><code>1 &lt; 2\n</code></pre></div>"
        '<div class="course-output highlight no-copy" data-kind="error"><p class="course-output__label"><strong>Result:</strong></p>'
        "<pre><code>Error\n</code></pre></div></div>"
    )


@pytest.mark.parametrize(
    ("kind", "classes", "title"),
    [
        ("note", "note", "[Note]"),
        ("tip", "tip", "[Tip]"),
        ("important", "info course-important", "[Important]"),
        ("warning", "warning", "[Warning]"),
        ("caution", "danger", "[Caution]"),
    ],
)
def test_callouts(kind, classes, title):
    assert html_of(Callout(SPAN, kind, "", (prose("x"),))) == (
        f'<div class="admonition {classes}">\n<p class="admonition-title">{title}</p>\n<p>x</p>\n</div>'
    )


def test_a_callouts_title_is_markdown():
    assert '<p class="admonition-title">An <em>own</em> title</p>' in html_of(
        Callout(SPAN, "tip", "An *own* title", ())
    )


def test_a_callout_keeps_unclosed_html_inside():
    html = html_of(Callout(SPAN, "tip", "", (prose("<div dir='ltr'>\n\nx"),)), prose("y"))
    assert html.endswith('<div dir="ltr">\n<p>x</p>\n</div></div>\n<p>y</p>')


def test_a_video_is_a_link_until_it_is_loaded():
    assert html_of(Video(SPAN, "youtube", "a-B_1", "A film")) == (
        '<figure class="course-card course-card--video" data-frame="https://www.youtube-nocookie.com/embed/a-B_1?autoplay=1">'
        '<a class="course-card__open" href="https://www.youtube.com/watch?v=a-B_1" rel="noopener noreferrer" target="_blank">'
        "A film</a></figure>"
    )


def test_a_demo_names_the_frame_that_it_needs():
    body, findings = made(Demo(SPAN, "space", "https://a-b.hf.space/?x=1&y", "A demo", 450))
    assert body.html.strip() == (
        '<figure class="course-card course-card--demo" data-frame="https://a-b.hf.space/?x=1&amp;y" data-height="450">'
        '<a class="course-card__open" href="https://a-b.hf.space/?x=1&amp;y" rel="noopener noreferrer" target="_blank">'
        "A demo</a></figure>"
    )
    assert body.frames == ("https://a-b.hf.space",)
    assert findings == ()


@pytest.mark.parametrize(
    "address", ["http://example.org/", "javascript:x", "https://a; script-src *", "https://a b/"]
)
def test_a_demo_of_no_safe_address_is_text(address):
    body, findings = made(Demo(SPAN, "embed", address, "A demo"))
    assert (body.html.strip(), body.frames) == ("<p>A demo</p>", ())
    assert [each.code for each in findings] == ["unsafe-link"]


def test_links_to_notebooks():
    links = (("Colab", "https://example.org/a.ipynb"), ("Bad", "javascript:x"))
    assert html_of(NotebookLinks(SPAN, links)) == (
        '<div class="course-notebooks"><a class="md-button" href="https://example.org/a.ipynb" rel="noopener noreferrer"'
        ' target="_blank">Colab</a></div>'
    )


def test_a_switch_is_a_set_of_tabs():
    arms = (Arm(SPAN, "pt", "PyTorch", (prose("a"),)), Arm(SPAN, "tf", "TensorFlow", (prose("b"),)))
    assert html_of(Switch(SPAN, "fw", arms)) == (
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2" data-group="fw">'
        '<input checked id="__tabbed_1_1" name="__tabbed_1" type="radio"><input id="__tabbed_1_2" name="__tabbed_1" type="radio">'
        '<div class="tabbed-labels"><label for="__tabbed_1_1" data-key="pt">PyTorch</label>'
        '<label for="__tabbed_1_2" data-key="tf">TensorFlow</label></div>'
        '<div class="tabbed-content"><div class="tabbed-block">\n<p>a</p>\n</div><div class="tabbed-block">\n<p>b</p>\n</div></div></div>'
    )


def test_an_unknown_element_shows_its_content():
    assert html_of(Element(SPAN, SPAN, "Tipp", {}, children=(prose("x"),))) == "<p>x</p>"


def question(*choices, id_="chapter1/1#3", **rest):
    named = tuple(replace(each, id=f"c{at}") for at, each in enumerate(choices))
    return Quiz(SPAN, Question(SPAN, id_, named, "Which?", "which", **rest))


def test_a_question_is_a_form_that_works_without_scripts():
    choices = (Choice(SPAN, "`<mask>` & <b>x</b>", "Since *so*.", correct=True), Choice(SPAN, "<mask>"))
    html = html_of(question(*choices))
    assert html == (
        '<form class="course-question" id="question-3" data-question="chapter1/1#3" data-kind="single"'
        ' data-key="{&quot;right&quot;:[&quot;c0&quot;]}">'
        '<fieldset aria-labelledby="which"><legend>[Choose one answer.]</legend><ol class="course-choices">'
        '<li data-choice="c0"><label><input type="radio" name="question-3" value="c0"> <span><code>&lt;mask&gt;</code> &amp; <b>x</b></span></label></li>'
        '<li data-choice="c1"><label><input type="radio" name="question-3" value="c1"> <span>&lt;mask&gt;</span></label></li></ol></fieldset>'
        '<details class="course-answers"><summary>[Show the answer and explanations]</summary><ol>'
        '<li data-choice="c0"><span class="course-answers__mark course-answers__mark--correct">[Correct]</span>'
        " <code>&lt;mask&gt;</code> &amp; <b>x</b>"
        '<div class="course-answers__explanation">Since <em>so</em>.</div></li>'
        '<li data-choice="c1"><span class="course-answers__mark">[Not correct]</span> &lt;mask&gt;</li></ol></details></form>'
    )


def test_a_question_with_two_right_choices_has_boxes():
    html = html_of(
        question(Choice(SPAN, "a", correct=True), Choice(SPAN, "b", correct=True), kind="multiple")
    )
    assert html.count('type="checkbox"') == 2
    assert "[Choose all that apply.]" in html


def test_footnotes_lead_there_and_back():
    tokens = prose("One[^a], two[^b].\n\n[^a]: First.\n[^b]: Second.\n").syntax
    at = next(i for i, token in enumerate(tokens) if token.type == "footnote_block_open")
    html = html_of(Prose(SPAN, tokens[:at]), footnotes=tokens[at:])
    assert '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>' in html
    assert (
        '<section class="footnotes footnote" aria-label="[Footnotes]"><ol><li id="fn-1"><p>First. <a' in html
    )
    assert '<li id="fn-2"><p>Second. <a class="footnote-backref" href="#fnref-2"' in html


def test_a_body_tells_what_its_frame_needs():
    target = {"a.png": Target("file", "chapters/en/a.png")}
    body, _ = made(
        heading(1, "T", "t"),
        prose("![x](a.png)"),
        Cell(SPAN, "x"),
        title="T",
        targets=target,
        flags=frozenset({"b", "a"}),
    )
    assert (body.title, body.cells, body.questions, body.flags) == ("T", 1, 0, ("a", "b"))
    assert body.files == ("chapters/en/a.png",)
    assert [each.id for each in body.headings] == ["t"]
