"""A page as a notebook: cells in order, prose as Jupyter reads it, nothing of the page's own language left."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_parts import PAGE

from site_builder.discover.stage import discover
from site_builder.keep import page_work
from site_builder.model.atlas import Atlas
from site_builder.model.document import Cell, Code, Document
from site_builder.model.notebook import Output
from site_builder.model.run import Checked
from site_builder.model.source import Source
from site_builder.model.tree import cells_of, rebuilt, walk
from site_builder.parse.stage import parse
from site_builder.pipeline import draw_atlases
from site_builder.render.notebooks.notebook_file import frameworks_of, notebook_json, notebook_of
from site_builder.render.stage import render
from site_builder.resolve.stage import resolve

ATLAS = Atlas(
    language="en",
    pages={"chapter1/1": "chapter1/1", "chapter1/2": "chapter1/2"},
    firsts={"chapter1": "chapter1/1"},
    anchors={"chapter1/1": frozenset({"big-waves"}), "chapter1/2": frozenset({"end"})},
    files=frozenset({"chapters/en/chapter1/pictures/wave.png"}),
    languages=frozenset({"en"}),
    own_addresses=(),
    original="en",
)


def document(text: str) -> Document:
    parsed, _ = parse(Source("chapters/en/chapter1/1.mdx", text))
    return resolve(parsed, PAGE, ATLAS, None)[0]


def notebook(text: str, framework: str = ""):
    made = notebook_of(document(text), PAGE, framework)
    nbformat.validate(nbformat.from_dict(made))
    return made


def shown(text: str, framework: str = "") -> list[str]:
    """Give the sources of a page's cells behind its title, code behind `>>>`, marks as `[Word]`, `SITE/`, `EDITION/`."""
    cells = notebook(f"# Title\n\n{text}", framework)["cells"][1:]
    found = [(">>> " if each["cell_type"] == "code" else "") + each["source"] for each in cells]
    for mark, name in (
        ("\ue0f0", "["),
        ("\ue0f1", "]"),
        ("\ue0f2", "SITE/"),
        ("\ue0f3", "EDITION/"),
        ("\ue0f4", "|"),
    ):
        found = [each.replace(mark, name) for each in found]
    return found


def prose(text: str) -> str:
    return "\n~~~\n".join(shown(text))


def test_a_page_without_a_title_gets_the_outlines() -> None:
    assert notebook("Some text.")["cells"][0]["source"] == "# A page"


def test_the_title_is_a_cell_of_its_own_wherever_it_stands() -> None:
    cells = notebook("Before.\n\n# The *title* [[x]]\n\nAfter.")["cells"]
    assert [each["source"] for each in cells] == ["# The *title*", "Before.\n\nAfter."]


def test_metadata_names_the_page_and_its_language() -> None:
    made = notebook("# T")
    assert made["metadata"]["course"] == {"page": "chapter1/1", "language": "en"}
    assert made["metadata"]["kernelspec"]["name"] == "python3"
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("It is *so* and __so__, `a$b`.", "It is *so* and __so__, `a$b`."),
        ("It costs $5, not $6.", "It costs <span>\\$</span>5, not <span>\\$</span>6."),
        ("It costs $5 for $x_1$.", "It costs <span>\\$</span>5 for $x_1$."),
        ("It costs $5 <b>now</b>.", "It costs \\$5 <b>now</b>."),
        ("It costs \\$5.", "It costs \\$5."),
        ("Fill in <mask> and <Your name>.", "Fill in \\<mask> and \\<Your name>."),
        ("a <!-- comment --> b", "a  b"),
        ("\\\\(a_1\\\\) and \\(b_2\\) and $c_3$", "$a_1$ and $b_2$ and $c_3$"),
        ("so $$a_1$$ it is", "so $a_1$ it is"),
        ("$$a_1$$", "$$\na_1\n$$"),
        ("\\\\[\na \\\\\nb_1\n\\\\]", "$$\na \\\\\nb_1\n$$"),
        ('[there](2.mdx#end "a title")', '[there](EDITION/chapter1/2/#end "a title")'),
        ("[a [b] c](2)", "[a [b] c](EDITION/chapter1/2/)"),
        ("[x] and [there](2), [x](https://x.example/(a))", "[x] and [there](EDITION/chapter1/2/), [x](https://x.example/%28a%29)"),
        ("[nowhere](9.mdx) but [there](2)", "nowhere but [there](EDITION/chapter1/2/)"),
        ("`](2)` [there](2)", "`](2)` [there](EDITION/chapter1/2/)"),
        ("[here](#big-waves)\n\n## Big Waves", "[here](#Big-Waves)\n\n## Big Waves"),
        ("![a wave](pictures/wave.png)", "![a wave](SITE/media/chapters/en/chapter1/pictures/wave.png)"),
        ("[![w](pictures/wave.png)](2)", "[![w](SITE/media/chapters/en/chapter1/pictures/wave.png)](EDITION/chapter1/2/)"),
        ("![lost](pictures/lost.png)", "lost"),
        ("<https://x.example/> https://y.example/a_b", "<https://x.example/> https://y.example/a_b"),
        ('a<br>b <span onclick="x()">c</span>', "a<br>b <span>c</span>"),
        ('<img src="pictures/wave.png" alt="w">', '<img src="SITE/media/chapters/en/chapter1/pictures/wave.png" alt="w">'),
        ("<script>alert(1)</script>\n\ntext", "text"),
        ("| a | b |\n|:--|--:|\n| x \\| y | $\\|z\\|$ |", "| a | b |\n|:--|--:|\n| x \\| y | $\\vert z\\vert $ |"),
        ("3. c\n4. d\n   - e\n   - f\n\nend", "3. c\n4. d\n   - e\n   - f\n\nend"),
        ("- a\n\n  b\n\n- c", "- a\n\n  b\n\n- c"),
        ("> a\n> b\n>\n> - c", "> a\n> b\n>\n> - c"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("a[^x]\n\n[^x]: Note *one*.", "a<sup>1</sup>\n\n---\n\n**[Footnotes]**\n\n1. Note *one*."),
        ("> [!TIP]\n> Take *care*.\n>\n> - one", "> **[Tip]:** Take *care*.\n>\n> - one"),
        ('<Tip warning={true} title="Mind">\n\nit\n\n</Tip>', "> **Mind**\n>\n> it"),
        ("- a\n  > [!NOTE]\n  > b", "- a\n  > **[Note]:** b"),
        ('<Youtube id="a1234567890"/>', "[\u25b6 Title](https://www.youtube.com/watch?v=a1234567890)"),
        ("```bash\nls\n```", "```bash\nls\n```"),
        ("````md\n```py\n1\n```\n````", "````md\n```py\n1\n```\n````"),
        ('<CourseFloatingBanner chapter={1} notebooks={[{label: "Colab", value: "https://c.example/"}]} />\n\ntext', "text"),
        ("<details>\n<summary>More</summary>\n\nit is *so*\n\n</details>", "<details>\n<summary>More</summary>\n\nit is *so*\n\n</details>"),
    ],
)  # fmt: skip
def test_prose_is_the_authors_where_jupyter_reads_it_alike(written: str, expected: str) -> None:
    assert prose(written) == expected


def test_marks_of_authors_are_dropped() -> None:
    text = "a \ue0f3 [b](2\ue0f2) `\ue0f0c\ue0f1`\n\n```py\nx = '\ue0f2'\n```\n\n```\n\ue0f3\n```"
    written = notebook_json(notebook(f"# T\n\n{text}"))
    assert re.findall("[\ue0f0-\ue0f3]", written.replace("\ue0f0Output\ue0f1", "")) == []


def test_cells_in_lists_and_callouts_are_cells_and_the_list_goes_on() -> None:
    text = "1. one\n\n   ```py\n   x = 1\n   ```\n\n   and\n2. two\n\n> [!TIP]\n> so\n> ```py\n> y = 2\n> ```\n> end"
    assert shown(text) == ["1. one", ">>> x = 1", "and\n\n2. two\n\n> **[Tip]:** so", ">>> y = 2", "> end"]


def test_an_open_direction_goes_on_in_the_next_cell_and_folds_are_closed() -> None:
    text = '<div dir="rtl">\n\na\n\n<details><summary>s</summary>\n\n```py\nx\n```\n\nb\n\n</details>\n\n</div>\n\nc'
    before, _, after = shown(text)
    assert before.count("<div") == before.count("</div>") == 1
    assert before.count("<details>") == before.count("</details>") == 1
    assert after == '<div dir="rtl">\n\nb\n\n</div>\n\nc'
    made = notebook(f"# T\n\n{text}")["cells"]
    assert next(each for each in made if each["cell_type"] == "code")["metadata"]["jupyter"] == {
        "source_hidden": True
    }


@pytest.mark.parametrize(("output", "fence"), [("3", "```"), ("``` x", "````")])
def test_recorded_output_stands_under_a_cell_without_outputs(output: str, fence: str) -> None:
    text = f"```py\nf()\n```\n\n**Result:**\n\n~~~\n{output}\n~~~"
    assert shown(text) == [">>> f()", f"**Result:**\n\n{fence}text\n{output}\n{fence}"]


def test_outputs_of_cells_are_put_in_where_they_are_wanted() -> None:
    page = document("# T\n\n```py\nprint(3)\n```\n\n```out\n4\n```")
    output = Output("stream", "3\ue0f3\n", name="stdout")

    def with_output(blocks):
        return tuple(
            (replace(each, outputs=(output,)) if isinstance(each, Cell) else each,) for each in blocks
        )

    page = replace(page, blocks=rebuilt(page.blocks, with_output))
    cells = notebook_of(page, PAGE, with_outputs=True)["cells"]
    assert cells[-1]["outputs"] == [{"output_type": "stream", "name": "stdout", "text": "3\n"}]
    assert notebook_of(page, PAGE)["cells"][-1]["source"].endswith("```text\n4\n```")


def test_what_authors_say_of_cells_becomes_tags() -> None:
    text = (
        "```python hide-input\n1\n```\n\n```python raises=NameError\nx\n```\n\n```python no-run\n2\n```\n\n```python\n%pip list\nx = (\n```"
        "\n\n```python\n!ls\nfiles = !ls\nprint?\n%%time\n```\n\n```python\n1 / 0\n```\n\n```python trace\nZeroDivisionError: \n```"
    )
    cells = [each for each in notebook(f"# T\n\n{text}")["cells"] if each["cell_type"] == "code"]
    assert [each["metadata"].get("tags", []) for each in cells] == [
        ["hide-input"],
        ["raises-exception"],
        ["skip-execution"],
        ["skip-execution"],
        [],
        ["raises-exception"],
    ]
    assert [each["metadata"]["course"]["cell"] for each in cells] == list(range(6))


FRAMEWORKS = "{#if fw === 'pt'}\n```py\nimport torch\n```\n{:else}\n```py\nimport tensorflow\n```\n{/if}\n\n```py\n3\n```\n"


def test_variants_are_notebooks_of_their_own() -> None:
    assert frameworks_of(document(FRAMEWORKS)) == ("pt", "tf")
    assert shown(FRAMEWORKS, "pt") == [">>> %pip install -q torch", ">>> import torch", ">>> 3"]
    assert shown(FRAMEWORKS, "tf") == [">>> %pip install -q tensorflow", ">>> import tensorflow", ">>> 3"]
    numbers = [
        each["metadata"]["course"].get("cell") for each in notebook(f"# T\n\n{FRAMEWORKS}", "tf")["cells"][2:]
    ]
    assert numbers == [1, 2]


def test_without_a_framework_all_cells_are_there_and_the_first_variants_run() -> None:
    cells = [each for each in notebook(FRAMEWORKS)["cells"] if "cell" in each["metadata"].get("course", {})]
    assert [each["metadata"].get("tags") for each in cells] == [None, ["skip-execution"], None]
    assert frameworks_of(document("# T\n\n{#if fw === 'pt'}\na\n{/if}\n")) == ("",)


def test_other_tabs_follow_one_another() -> None:
    text = '<hfoptions id="x"><hfoption id="one">\n\na\n\n</hfoption><hfoption id="two">\n\n```py\nb\n```\n\n</hfoption></hfoptions>'
    assert shown(text) == ["**one**\n\na\n\n**two**", ">>> b"]


def test_questions_have_their_answers_folded() -> None:
    text = '### Which?\n\n<Question choices={[{text: "A `b`", explain: "so <i>is</i> it", correct: true}, {text: "[C](2)"}]} />'
    assert prose(text) == (
        "### Which?\n\n*[Choose one answer.]*\n\n1. A `b`\n2. [C](EDITION/chapter1/2/)\n\n<details>\n"
        "<summary>[Show the answer and explanations]</summary>\n\n"
        "1. **[Correct]**: A `b` \u2014 so <i>is</i> it\n2. [Not correct]: [C](EDITION/chapter1/2/)\n\n</details>"
    )


def test_install_names_what_is_imported_and_pins_what_was_checked() -> None:
    text = "```py\nimport json, sklearn.svm as s\nfrom PIL import Image\nfrom . import x\nimport my_helper\n```\n\n```py\n%%writefile my_helper.py\n1\n```"
    assert shown(text)[0] == ">>> %pip install -q pillow scikit-learn"
    unknown = (
        "```py\nimport sklearn, audio_helpers\n```"  # a file of the course, or a package of who knows whom
    )
    assert shown(unknown)[0] == ">>> %pip install -q scikit-learn"
    checked = Checked("2026-11-23", packages=(("scikit-learn", "1.7.0+cpu"), ("x; rm", "1")))
    made = replace(document(f"# T\n\n{text}"), checked=checked)
    install = notebook_of(made, PAGE)["cells"][1]
    assert install["source"] == "%pip install -q scikit-learn==1.7.0"
    assert install["metadata"]["tags"] == ["skip-execution"]
    assert all("pip" not in each for each in shown("```py\nimport json\n```"))


def test_ids_stay_when_others_come_before_and_never_meet() -> None:
    text = "```py\n1\n```\n\na\n\n```py\n1\n```\n\na\n\n```py\n2\n```"
    ids = [each["id"] for each in notebook(f"# T\n\n{text}")["cells"]]
    later = [each["id"] for each in notebook(f"# T\n\nnew\n\n{text}")["cells"]]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(later)


CODE = st.text(
    alphabet=st.characters(
        exclude_characters="\r`~\ue0f0\ue0f1\ue0f2\ue0f3\ue0f4", exclude_categories=("Cs", "Cc")
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CODE.filter(lambda line: line.strip()), min_size=1, max_size=5))
def test_code_comes_back_as_it_was(lines: list[str]) -> None:
    text = "# T\n\n" + "\n\ntext\n\n".join(f"```python\nif x:\n    {line}\n```" for line in lines)
    page = document(text)
    back, _ = parse(Source("x.ipynb", json.dumps(notebook_of(page, PAGE), ensure_ascii=False, indent=1)))
    codes = [each.text for each in cells_of(back) if not each.text.startswith("%pip install -q")]
    assert codes == [each.text for each in cells_of(page)]
    assert len(codes) == len(lines)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab[](){}<>!$\\`*_|#-> \n1.\ue0f3:/\"'=", max_size=80))
def test_any_text_gives_a_valid_notebook(text: str) -> None:
    page = document(text)
    for framework in frameworks_of(page):
        nbformat.validate(nbformat.from_dict(json.loads(notebook_json(notebook_of(page, PAGE, framework)))))


# ---- real courses ------------------------------------------------------------------------------------------

LEFT = (
    r"<(?:Youtube|Question|Tip|CourseFloatingBanner|hfoption|FrameworkSwitch)\b",
    r"\{[#:/](?:if|else)",
    r"<!--",
    r"\[\[\w+\]\][ \t]*$",
    r"\\\\\(",
)


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.parametrize(("name", "step"), [("audio-course", 5), ("llm-course-sample", 3)])
def test_real_pages_lose_nothing(corpora, name: str, step: int) -> None:
    course, _ = discover(corpora / name, {})
    pages = [page for edition in course.editions for page in edition.pages if not page.is_fallback]
    facts = page_work.find_facts(pages)
    atlases = draw_atlases(
        course, {(page.language, page.id): each for page, each in zip(pages, facts, strict=True)}
    )
    faults = [fault for page in pages[::step] for fault in _faults(page, atlases[page.language])]
    page_work.forget()
    assert faults == []


def _faults(page, atlas):
    parsed, _ = page_work._parsed(page.source)
    original = page_work._parsed(page.made_from)[0] if page.made_from else None
    made = resolve(parsed, page, atlas, original)[0]
    cells = list(cells_of(made))
    for framework in frameworks_of(made):
        text = notebook_json(notebook_of(made, page, framework))
        book = json.loads(text)
        nbformat.validate(nbformat.from_dict(book))
        code = [each for each in book["cells"] if "cell" in each["metadata"].get("course", {})]
        places = [each["metadata"]["course"]["cell"] for each in code]
        if places != sorted(set(places)) or (not framework and len(places) != len(cells)):
            yield page.source.path, "cells", places
        if any(each["source"] + "\n" != cells[at].text for each, at in zip(code, places, strict=True)):
            yield page.source.path, "code"
        markdown = "\n".join(each["source"] for each in book["cells"] if each["cell_type"] == "markdown")
        plain = re.sub(r"^[> ]*(`{3,}).*?^[> ]*\1|`[^`]*`", "", markdown, flags=re.DOTALL | re.MULTILINE)
        for pattern in LEFT:
            yield from ((page.source.path, each) for each in re.findall(pattern, plain, re.MULTILINE))
        if not framework:
            yield from _lost(page, made, text, atlas, original)


def _lost(page, made, text, atlas, original):
    """Give the words that stand on a page and not in its notebook, read as a page."""
    back, _ = parse(Source("x.ipynb", text))
    if not any(isinstance(each, Code) and each.language in {"py", "python"} for each in walk(made.blocks)):
        code = [each.text for each in cells_of(back) if not each.text.startswith("%pip install -q")]
        if code != [each.text for each in cells_of(made)]:
            yield page.source.path, "round trip"
    again = render(resolve(back, page, atlas, original)[0], page)[0]
    lost = words(render(made, page)[0].html) - words(again.html)
    if lost:
        yield page.source.path, lost


def words(html: str) -> Counter[str]:
    html = re.sub(r'<div class="course-notebooks">.*?</div>', " ", html, flags=re.DOTALL)
    html = re.sub("\ue0f0[^\ue0f1]*\ue0f1", " ", html)
    html = re.sub(r'<math.*?</math>|<code class="course-formula">.*?</code>', " ", html, flags=re.DOTALL)
    return Counter(re.findall(r"\w+", unescape(re.sub(r"<[^>]*>", " ", html))))
