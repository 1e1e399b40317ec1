from __future__ import annotations

import pytest

from site_builder.model.document import Cell, Code
from site_builder.model.source import Source
from site_builder.parse.stage import parse


def blocks_of(text):
    return parse(Source("chapters/en/chapter1/1.mdx", text))[0].blocks


def cell_of(text):
    return next(block for block in blocks_of(text) if isinstance(block, Cell))


CELL = "```py no-format\n1\n```\n"


@pytest.mark.parametrize(
    "under",
    [
        "```python out\n1\n```",
        "\n```py out\n1\n```",
        "```python output\n1\n```",
        "```\n1\n```",
        "\n\n```text\n1\n```",
        "\n**Output:**\n\n```out\n1\n```",
        "\n**Sortie :**\n```\n1\n```",
        "\n**输出：**\n\n```text\n1\n```",
        "\n**输出**\n\n```out\n1\n```",
        "\n**Output**:\n\n```out\n1\n```",
        "\n出力:\n\n```\n1\n```",
        "\nand the whole of it, which is rather long for a label, gives:\n\n```python out\n1\n```",
    ],
)
def test_outputs_belong_to_their_cell(under):
    blocks = blocks_of(CELL + under)
    assert len(blocks) == 1
    (cell,) = blocks
    assert cell.options == ("no-format",)
    (expected,) = cell.expected
    assert (expected.text, expected.is_trace) == ("1\n", False)
    assert bool(expected.label) == (":" in under or "：" in under or "**" in under)


@pytest.mark.parametrize(
    "under",
    [
        "\nSome text that says more than a label says, and it ends in a colon:\n\n```\n1\n```",
        "\nText.\n\n```out\n1\n```",
        "\n**bold** and not\n\n```\n1\n```",
        "\n- a:\n\n```\n1\n```",
        "\n## Output:\n\n```out\n1\n```",
        "```bash\n1\n```",
        "\n**Output:**\n\n```json\n1\n```",
    ],
)
def test_what_is_no_output(under):
    blocks = blocks_of(CELL + under)
    assert not blocks[0].expected
    assert type(blocks[-1]) is Code


def test_two_outputs():
    cell = cell_of(CELL + "**Print:**\n```\na\n```\n**Value:**\n```\nb\n```\n```bash\nc\n```")
    assert [each.text for each in cell.expected] == ["a\n", "b\n"]


@pytest.mark.parametrize(
    "under",
    [
        "```python trace\nx\n```",
        "```out\nTraceback (most recent call last):\n  x\n```",
        "```\nValueError: x\n```",
    ],
)
def test_tracebacks(under):
    assert cell_of(CELL + under).expected[0].is_trace


def test_python_output_without_a_cell_is_code():
    (code,) = blocks_of("```python out\n1\n```")
    assert (type(code), code.language, code.info) == (Code, "python", "python out")


@pytest.mark.parametrize(
    ("info", "language"), [("Bash", "bash"), ("", ""), ("diff a b", "diff"), ("python-repl", "python-repl")]
)
def test_other_languages_are_code(info, language):
    (code,) = blocks_of(f"```{info}\n1\n```")
    assert (type(code), code.language, code.info) == (Code, language, info)


def test_what_a_question_asks_about_is_not_run():
    question = "<Question choices={[{text: 'A'}, {text: 'B'}]}/>\n"
    blocks = blocks_of(f"{CELL}\n### Which?\n\nA.\n{CELL}\nB.\n{CELL}\n{question}\n{CELL}\n### Next\n{CELL}")
    kinds = [type(block) for block in blocks if isinstance(block, (Cell, Code))]
    assert kinds == [Cell, Code, Code, Cell, Cell]


def test_cells_in_lists_have_outputs():
    (prose,) = blocks_of("- a\n\n  ```py\n  1\n  ```\n\n  ```out\n  2\n  ```\n- b\n")
    assert [type(each) for each in prose.islands] == [Cell]
    assert prose.islands[0].expected[0].text == "2\n"
