"""What a cell is as syntax: digests that comments, formatting and Python's version do not change."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from site_builder.execute.ipython_lines import MARK, plain_python, without_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from site_builder.model.run import CellTask

_UNSAID = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
"""Fields of the tree that say nothing of their own, or how something was written."""

_NO_TREE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)


@lru_cache(maxsize=4096)
def cell_key(code: str) -> str:
    """Give the digest of a cell's syntax, 32 hexadecimal digits.

    Comments, blank lines, line breaks and quotes do not change it; any name and any constant does. A cell that does not
    parse has that of its text without comments. What only IPython understands counts as it is written.
    """
    tree = _tree(code)
    return _digest("text " + without_comments(code) if tree is None else "tree " + _written(tree))


@lru_cache(maxsize=4096)
def shape_key(code: str) -> str:
    """Give the digest of a cell's syntax with all texts left out, those inside f-strings as well."""
    tree = _tree(code)
    if tree is None:
        return _digest("text " + without_comments(code))
    return _digest("tree " + _written(tree, with_texts=False))


@lru_cache(maxsize=4096)
def why_not_runnable(code: str) -> str:
    """Say why a cell cannot run at all (`it does not parse: invalid syntax in its line 2`); empty where it can."""
    try:
        tree = _parsed(code)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(tree, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        # A name that stands for a command has the line of the command, so lines count as written.
        blank = len(code) - len(code.lstrip("\r\n"))
        line = f" in its line {error.lineno + code[:blank].count(chr(10))}" if error.lineno else ""
        return f"it does not parse: {_cause(error)}{line}"
    except (RecursionError, MemoryError):
        return "it does not parse: it is nested too deeply"
    except _NO_TREE:
        return "it does not parse: it has signs that Python does not read"
    return ""


def imported(code: str) -> frozenset[str]:
    """Give the names of the packages that a cell imports (`torch` for `from torch.nn import Linear`)."""
    names: set[str] = set()
    for node in _nodes(code):
        if isinstance(node, ast.Import):
            names |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return frozenset(names)


def literals(code: str) -> frozenset[str]:
    """Give all texts that a cell's code has as constants."""
    return frozenset(
        node.value for node in _nodes(code) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def code_digest(tasks: Sequence[CellTask]) -> str:
    """Give the digest of all that cells do: what is not run does not count, what a cell is meant to raise does."""
    return _digest("\n".join(f"{task.key} {task.raises}" for task in tasks if not task.skip))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _cause(error: SyntaxError) -> str:
    """Give Python's own phrase; a name that stands for a command is not shown."""
    cause = str(error.msg or "invalid syntax")
    return "invalid syntax" if MARK in cause else cause[:1].lower() + cause[1:]


def _parsed(code: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in a string is the author's
        try:
            return ast.parse(code)
        except SyntaxError:
            return ast.parse(plain_python(code))


def _tree(code: str) -> ast.Module | None:
    try:
        return _parsed(code)
    except _NO_TREE:
        return None


def _nodes(code: str) -> Iterator[ast.AST]:
    tree = _tree(code)
    return ast.walk(tree) if tree else iter(())


def _written(tree: ast.AST, *, with_texts: bool = True) -> str:
    """Write a tree as text, without recursion; no two trees give the same.

    `ast.dump` would do, but what it leaves out and which fields a node has change from one Python to the next.
    """
    made: list[str] = []
    todo: list[object] = [tree]
    while todo:
        item = todo.pop()
        if isinstance(item, ast.Constant):
            made.append("Constant " + _constant(item.value, with_texts=with_texts))
        elif isinstance(item, ast.AST):
            parts = [(name, value) for name, value in ast.iter_fields(item) if _says_something(name, value)]
            made.append(f"{type(item).__name__}({' '.join(name for name, _ in parts)})")
            values = [value for _, value in parts]
            if isinstance(item, ast.JoinedStr):
                values = [_joined(item.values, with_texts=with_texts)]
            todo += reversed(values)
        elif isinstance(item, list):
            made.append(f"[{len(item)}]")
            todo += reversed(item)
        else:
            made.append(_constant(item, with_texts=True))
    return " ".join(made)


def _says_something(name: str, value: object) -> bool:
    return name not in _UNSAID and value is not None and value != []


def _joined(values: list[ast.expr], *, with_texts: bool) -> list[object]:
    """Give the parts of an f-string: texts that stand together as one (Pythons cut them differently), or none at all."""
    made: list[object] = []
    for each in values:
        text = each.value if isinstance(each, ast.Constant) else None
        if not isinstance(text, str):
            made.append(each)
        elif with_texts and made and isinstance(made[-1], str):
            made[-1] += text
        elif with_texts and text:
            made.append(text)
    return made


def _constant(value: object, *, with_texts: bool) -> str:
    kind = type(value).__name__
    if isinstance(value, str | bytes):
        return f"{kind}{len(value)}:{value!r}" if with_texts else kind
    # Decimal digits of huge numbers are refused.
    return f"{kind}:{hex(value) if isinstance(value, int) else repr(value)}"
