from __future__ import annotations

import ast
import io
import random
import tokenize
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.execute import fingerprint
from site_builder.execute.fingerprint import (
    cell_key,
    code_digest,
    imported,
    literals,
    shape_key,
    why_not_runnable,
)
from site_builder.model.run import CellTask

CODE = '''\
import numpy as np
from datasets import load_dataset as load, Audio

minds = load("PolyAI/minds14", name="en-AU", split='train')

def sampled(example, *, rate=16_000, **more):
    """What a page's
    learner reads."""
    array, [first, *rest] = example["audio"], [1, 2.5, 3j]
    if rate > 8_000 and not more:
        return {**example, "rate": rate, b"raw": None, "text": f"{rate!r:>{len('x')}} Hz, {first}\\n"}
    return [each for each in rest if each is not ...] or (lambda x, /: -x)(array)

class Bell(np.ndarray):
    loud: int = 0x10

    async def ring(self) -> "str":
        async with self as it:
            yield await it

try:
    sampled(minds[0], rate=8_000)
except (KeyError, ValueError) as error:
    print(f"{error=}", 'it''s "so"')
finally:
    del minds

match first:
    case {"a": [1, _], **kw} if kw:
        pass
    case Bell(loud=True) | None:
        global again
'''
assert cell_key(CODE) != cell_key("")

LINES = CODE.splitlines()


def tokens_of(code):
    return list(tokenize.generate_tokens(io.StringIO(code).readline))


def test_blank_lines_and_comments_do_not_count():
    chance = random.Random(5)  # noqa: S311 - it chooses places
    inside = False
    made = []
    for line in LINES:
        inside = inside != (line.count('"""') == 1)
        calm = not inside and '"""' not in line
        if calm and chance.random() < 0.5:
            made += ["", "   # a comment with \"quotes' and (brackets", "#"]
        made.append(f"{line}  # {chance.random()}" if calm else line)
    commented = "\n\n".join(["", "\n".join(made), ""])
    assert commented != CODE
    assert cell_key(commented) == cell_key(CODE)


def test_another_way_to_write_it_does_not_count():
    """`ast.unparse` takes its own quotes, lines and brackets."""
    assert ast.unparse(ast.parse(CODE)) != CODE
    assert cell_key(ast.unparse(ast.parse(CODE))) == cell_key(CODE)
    assert cell_key(CODE.replace("\n", "\r\n")) == cell_key(CODE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("f(a, b)", "f(\n    a,\n    b,\n)"),
        ("x = 'it'", 'x = ("it")'),
        ("x = 'a' 'b'", 'x = """ab"""'),
        ("a = 1; b = 2", "a = 1\n\n\nb = 2  # two"),
        ("if a:\n    b", "if a:\n\tb"),
        ("a + \\\n b", "a + b"),
        ('f"{a}b" "c"', "f'{a}bc'"),
        ('f"a{{b}}{c}"', "f'a{{' f'b}}{c}'"),
        ("%matplotlib inline\nx = 1", "%matplotlib inline  # figures in the page\n\nx=1"),
        ("!pip install a  b", "!pip install a  b   # c'est tout"),
        ("%%time\nf('a')", '\n%%time\n# slow\nf( "a" )\n'),
        ("x = !ls", "x = !ls\n# done"),
        ("?obj", "# help\n?obj"),
        ("obj?", "obj?  # help"),
        ("if a:\n    !ls \\\n      -l\nelse:\n    b", "if a:\n  !ls \\\n      -l\nelse:\n  b"),
        ("x = (1,\n", "x = (1,  # open\n\n"),
        ("u'x'", "'x'"),
        ("1_000", "1000"),
    ],
)
def test_equal_cells(one, other):
    assert cell_key(one) == cell_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("%matplotlib inline", "%matplotlib notebook"),
        ("!pip install a  b", "!pip install 'a  b'"),
        ("!echo '# a'", "!echo '# b'"),
        ("%%time\nf('a')", "%%timeit\nf('a')"),
        ("%%time\nf('a')", "%%time\nf('b')"),
        ("%%bash\nls # a", "%%bash\nls # b"),
        ("x = !ls", "x = !ls -l"),
        ("?obj", "??obj"),
        ("obj?", "other?"),
        ("x = '''\n%a\n'''", "x = '''\n%b\n'''"),
        ("x = '''\n# a\n'''\n!ls", "x = '''\n# b\n'''\n!ls"),
        ("x = = '# a'", "x = = '# b'"),
        ("f'{a}'", "f'{a!r}'"),
        ("f'{a}'", "f'{a:b}'"),
        ("f'{a}b'", "f'b{a}'"),
        ("'a'", "b'a'"),
        ("1", "1.0"),
        ("1", "True"),
        ("{**a}", "{None: a}"),
        ("def f(a, /): pass", "def f(a): pass"),
        ("def f(*, a=None, b): pass", "def f(*, a, b=None): pass"),
        ("from . import a", "from .. import a"),
        ("a < b < c", "(a < b) < c"),
        ("[a, [b]]", "[[a], b]"),
        ("x = 'a', 'b'", "x = 'a' 'b'"),
        ("x: int", "(x): int"),
        ("async def f():\n async for a in b: pass", "async def f():\n for a in b: pass"),
    ],
)
def test_different_cells(one, other):
    assert cell_key(one) != cell_key(other)


def places(kinds):
    return [at for at, each in enumerate(tokens_of(CODE)) if each.type in kinds]


@pytest.mark.parametrize("place", places({tokenize.NAME, tokenize.NUMBER}))
def test_each_name_and_number_counts(place):
    token = tokens_of(CODE)[place]
    lines = CODE.splitlines(keepends=True)
    line = lines[token.start[0] - 1]
    lines[token.start[0] - 1] = line[: token.end[1]] + "1" + line[token.end[1] :]
    assert cell_key("".join(lines)) != cell_key(CODE)


class Changed(ast.NodeTransformer):
    """Changes the constant at one place."""

    def __init__(self, place):
        self.place = place

    def visit_Constant(self, node):
        self.place -= 1
        if self.place != -1:
            return node
        value = node.value
        text = isinstance(value, str | bytes)
        return ast.Constant(
            value + value[:0] + (b"x" if isinstance(value, bytes) else "x") if text else (value, 7)
        )


CONSTANTS = sum(isinstance(node, ast.Constant) for node in ast.walk(ast.parse(CODE)))


@pytest.mark.parametrize("place", range(CONSTANTS))
def test_each_constant_counts(place):
    tree = Changed(place).visit(ast.parse(CODE))
    try:
        changed = ast.unparse(tree)
    except ValueError:  # it stands where no such constant may
        return
    assert changed != ast.unparse(ast.parse(CODE))
    assert cell_key(changed) != cell_key(CODE)


def test_only_texts_are_left_out_of_the_shape():
    one = 'print(f"Duration: {x:.2f} seconds", "a", rate=1)'
    assert shape_key(one) == shape_key('print(f"{x:.3f} Sekunden dauert es", "b", rate=1)')
    assert shape_key(one) != shape_key('print(f"Duration: {y:.2f} seconds", "a", rate=1)')
    assert shape_key(one) != shape_key('print(f"Duration: {x:.2f} seconds", "a", rate=2)')
    assert shape_key(one) != shape_key('print(f"Duration: {x:.2f} seconds", "a")')
    assert shape_key("!ls a") != shape_key("!ls b")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("x = 1", ""),
        ("await x", ""),
        ("%%time\nx", ""),
        ("%%bash\nif [ x ]", ""),
        ("!ls\n%cd x\ny?\nz = !ls", ""),
        ("a\n\nx = = 2", "it does not parse: invalid syntax in its line 3"),
        ("\n\n!ls \\\n  -l\nx = = 2", "it does not parse: invalid syntax in its line 5"),
        ("return x", "it does not parse: 'return' outside function in its line 1"),
        ("    x = 1", "it does not parse: unexpected indent in its line 1"),
        ("pip install x", "it does not parse: invalid syntax in its line 1"),
        ("1" + "+1" * 100_000, "it does not parse: it is nested too deeply"),
        ("x = '\ud800'", "it does not parse: it has signs that Python does not read"),
    ],
)
def test_what_does_not_run(code, why):
    assert why_not_runnable(code) == why


@pytest.mark.parametrize(
    "code",
    [
        "(" * 100_000,
        "-" * 100_000 + "1",
        "1" + "+1" * 100_000,
        "a" + ".a" * 100_000,
        "[" * 90 + "]" * 90,
        "f(" * 500 + ")" * 500,
        "if a:\n" + "".join(" " * depth + "if a:\n" for depth in range(1, 120)),
        "0x" + "f" * 9000,
        "9" * 9000,
        "\0",
        "'\ud800'",
        '"""' * 60_000 + "\\",
        " " * 100_000 + "x =",
        "x" + " " * 100_000 + "= !",
        "!" + "'" * 100_000,
        "%%time\n" * 3000,
        "x = " + "{" * 100_000 + "?",
        "f'" + "{" * 2000,
    ],
)
def test_nothing_is_too_much(code):
    assert len(cell_key(code)) == len(shape_key(code)) == 32
    assert isinstance(why_not_runnable(code), str)
    assert isinstance(imported(code) | literals(code), frozenset)


def test_pythons_that_cut_f_strings_otherwise_give_the_same_key():
    tree = ast.parse("def f(a):\n    return f'ab{a:cd}ef'")
    usual = fingerprint._written(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            node.values = [
                part
                for each in node.values
                for part in (
                    map(ast.Constant, ["", *each.value]) if isinstance(each, ast.Constant) else [each]
                )
            ]
        elif isinstance(node, ast.FunctionDef):
            node._fields = (*node._fields, "type_params")
            node.type_params = []
    assert fingerprint._written(tree) == usual


PIECES = st.sampled_from([
    "%", "%%time\n", "!ls", "?", "obj?", "x = ", "'", '"', '"""', "'''", "\\", "\n", "    ", "#", "(", ")", "{", "}",
    "f'{", "def f():", "a", "1", "é", "\r", "\0", "\t", ";", ":", "\ud800", "%matplotlib inline\n", "import a.b\n",
])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
def test_any_text_has_a_key(code):
    assert len(cell_key(code)) == len(shape_key(code)) == 32
    assert isinstance(why_not_runnable(code), str)
    assert isinstance(imported(code) | literals(code), frozenset)


STATEMENTS = st.sampled_from([
    "a = f('x', 1)", "if a:\n    b = 'it\\'s'\nelse:\n    c", 'print(f"{a} b")', "!pip install x", "%matplotlib inline",
    "def f(a):\n    return [a, 'b']", "x = !ls", "'''one\n# two\n'''", "a?",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            STATEMENTS,
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])),
            st.integers(0, 3),
        ),
        min_size=1,
    )
)
def test_comments_between_statements_do_not_count(parts):
    code = "\n".join(statement for statement, _, _ in parts)
    commented = "\n".join(
        f"# {text}\n" + "\n" * blank + statement + " " * blank for statement, text, blank in parts
    )
    assert cell_key(commented) == cell_key(code)
    assert cell_key(f"{commented}\nmore = 1") != cell_key(code)


def test_what_is_imported_and_said():
    code = "import a.b, c as d\nfrom e.f import g\nfrom . import h\ndef i():\n    import j\n!pip install k\nx = ['l', b'm', f'n{o}']"
    assert imported(code) == {"a", "c", "e", "j"}
    assert literals(code) == {"l", "n"}
    assert imported("x = = 1") == literals("x = = 1") == frozenset()


def test_the_digest_of_a_page():
    one, two = CellTask("1", "a"), CellTask("2", "b")
    assert code_digest([one, two]) != code_digest([two, one])
    assert code_digest([one, two]) == code_digest([one, CellTask("3", "c", skip="no"), two])
    assert code_digest([one]) == code_digest([CellTask("1", "a # c", timeout=3)])
    assert code_digest([one]) != code_digest([CellTask("1", "a", raises="*")])


KEYS = """
import sys; sys.path.insert(0, {root!r})
from site_builder.execute.fingerprint import cell_key
print(cell_key(open({path!r}).read()))
"""


def test_keys_are_those_of_yesterday(tmp_path):
    """A change here makes all kept runs out of date; another interpreter, other hash seeds and options do not matter."""
    assert cell_key(CODE) == "e298d9cc382b620b8af34ea23b296c49"
    assert cell_key("x = 'a'  # b") == "e5833029710ff1aa5d32002fe1216a47"
    assert cell_key("!ls\nx = = 1") == "87c01cf3b694a7fe260763a1a5972eca"
    path = tmp_path / "cell.py"
    path.write_text(CODE, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    for options in (["-O"], ["-X", "utf8", "-W", "error"]):
        asked = [executable, *options, "-c", KEYS.format(root=root, path=str(path))]
        assert run(asked, capture_output=True, text=True, check=True).stdout.strip() == cell_key(CODE)
