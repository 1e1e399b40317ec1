import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.highlight import code_html, highlight, language_of, memo


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("py", "python"),
        ("python:", "python"),
        ("PY", "python"),
        ("", "text"),
        ("out", "text"),
        ("sh", "bash"),
        ("yml", "yaml"),
    ],
)
def test_names_of_languages(written, name):
    assert language_of(written) == name


def test_classes_are_those_of_the_theme():
    assert highlight("if x:  # <note>\n", "python") == (
        '<span class="k">if </span><span class="n">x</span><span class="p">:  </span><span class="c1"># &lt;note&gt;</span>\n'
    )


def test_an_unknown_language_is_plain():
    assert highlight("a < b", "klingon") == "a &lt; b"
    assert (
        code_html("x", 'klingon"><script>')
        == '<div class="language-text highlight"><pre><code>x</code></pre></div>'
    )


def test_prompts_make_a_session():
    assert '<span class="gp">' in highlight(">>> x = 1\n1\n", "py")
    assert '<span class="gp">' in highlight("$ ls\n", "bash")


def test_a_shell_line_in_a_cell_has_no_mark_of_a_fault():
    assert 'class="err"' not in highlight("!pip install x\n%matplotlib inline\n", "python")


def test_each_text_is_coloured_once():
    text = "a_text_of_its_own = 1\n"
    first = highlight(text, "python")
    assert memo[text, "python"] == first
    memo[text, "python"] = "kept"
    assert highlight(text, "python") == "kept"
    del memo[text, "python"]


@pytest.mark.parametrize(
    "language", ["python", "bash", "json", "diff", "html", "yaml", "javascript", "pycon", "console", "text"]
)
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_characters="\r\ue0f0\ue0f1\ue0f2\ue0f3\ue0f4"), max_size=60
    )
)
def test_colours_change_no_text(language, text):
    html = highlight(text, language)
    memo.clear()
    assert unescape(re.sub(r'<span class="[a-z0-9]+">|</span>', "", html)) == text
