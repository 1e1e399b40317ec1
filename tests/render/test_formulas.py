import re

import pytest
from page_parts import html_of, made, prose

from site_builder.render.formulas import formula_html


def mathml(tex, *, display=False):
    html, fault = formula_html(tex, display=display)
    assert fault == ""
    return re.sub(r"^<math [^>]*><mrow>|</mrow></math>$", "", html)


def test_a_formula_in_a_line_and_on_lines_of_its_own():
    assert html_of(prose("So \\\\(x_1\\\\) is.")) == (
        '<p>So <math display="inline"><mrow><msub><mi>x</mi><mn>1</mn></msub></mrow></math> is.</p>'
    )
    assert html_of(prose("$$\nx\n$$")) == '<p><math display="block"><mrow><mi>x</mi></mrow></math></p>'


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"\text{if } x", "<mtext>if\u00a0</mtext><mi>x</mi>"),
        (r"\mathbf{x}", "<mi>\U0001d431</mi>"),
        (r"\operatorname{softmax}", "<mo>softmax</mo>"),
        (r"\arg\max", '<mo movablelimits="true">arg\u2009max</mo>'),
        (r"\begin{equation} x \label{a} \nonumber \end{equation}", "<mi>x</mi>"),
        (r"x % a comment", "<mi>x</mi>"),
        (r"100\%", "<mn>100</mn><mi>%</mi>"),
    ],
)
def test_what_formulas_become(tex, expected):
    assert mathml(tex) == expected


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
        r"\begin{align} a &= b \\ c &= d \end{align}",
        r"\begin{alignat}{2} a &= b \\ c &= d \end{alignat}",
        r"\begin{eqnarray*} a &= b \\ c &= d \end{eqnarray*}",
        r"a &= b \\ c &= d",
    ],
)
def test_rows_are_aligned_without_numbers(tex):
    found = mathml(tex, display=True)
    assert (found.count("<mtr>"), found.count("<mtd "), "(1)" in found, "&amp;" in found) == (
        2,
        4,
        False,
        False,
    )


def test_cases_and_matrices_have_rows():
    assert mathml(r"\begin{cases} 1 & x \\ 0 & \text{else} \end{cases}").count("<mtr>") == 2
    assert mathml(r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}").count("<mtd>") == 4
    assert mathml(r"\begin{gather} a \\ b \end{gather}").count("<mtr>") == 2


def test_limits_stand_below_in_display_style():
    assert mathml(r"\max_{x} y", display=True).startswith("<munder><mo>max</mo>")
    assert mathml(r"\max_{x} y").startswith("<msub><mo>max</mo>")


@pytest.mark.parametrize(
    "tex",
    [
        r"\nosuchthing x",
        r"\frac{1}{2",
        "}{",
        "",
        r"\newcommand{\x}{y}\x",
        r"\def\x{\x\x}\x",
        "{" * 100 + "}" * 100,
        "x" * 6000,
    ],
)
def test_a_formula_that_cannot_be_read_is_shown_as_written(tex):
    html, fault = formula_html(tex, display=False)
    assert html.startswith('<code class="course-formula">')
    assert fault


def test_a_fault_is_found_at_its_place():
    body, findings = made(prose("Some \\\\(\\nosuchthing\\\\) text."))
    assert '<code class="course-formula">\\nosuchthing</code>' in body.html
    assert [(each.code, each.span.text, each.message) for each in findings] == [
        ("math", "\\nosuchthing", "`\\nosuchthing` is not known in formulas")
    ]


@pytest.mark.parametrize(
    "tex",
    [r"\text{<script>}", r"\text{&lt;script&gt;}", r"\unicode{x3c}b>", r"\mbox{<b>}", r"\tag{<b>}", "<b>"],
)
def test_no_text_of_a_formula_is_html(tex):
    assert not re.search(r"<(?!/?m[a-z]+\b|/?code)", formula_html(tex, display=False)[0])


@pytest.mark.parametrize(
    "tex", [r"\href{javascript:x}{y}", r"\class{a}{y}", r"\style{color:red}{y}", r"\color{a' onclick='x}{y}"]
)
def test_formulas_have_attributes_of_mathml_alone(tex):
    assert not re.search(r"href|class=\"a|style=|onclick", formula_html(tex, display=False)[0])
