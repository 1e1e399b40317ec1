"""What the rules of the house are measured by: a tree of first lines, a table of settings, lengths of functions."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

from site_builder.model.settings import Settings

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "site_builder"


def documented_tree() -> str:
    """Give the package as a tree, each module with the first line of its docstring."""
    lines = ["```text", f"{'site_builder/':<28}{_first_line(PACKAGE / '__init__.py')}"]
    lines += [_leaf(path, 1) for path in sorted(PACKAGE.glob("*.py")) if path.name != "__init__.py"]
    for room in sorted(path.parent for path in PACKAGE.glob("*/__init__.py")):
        lines += _room(room, 1)
    return "\n".join([*lines, "```"])


def _room(folder: Path, depth: int) -> list[str]:
    """Give the lines of a room, its own files before those of the rooms in it."""
    lines = [f"{'  ' * depth + folder.name + '/':<28}{_first_line(folder / '__init__.py')}"]
    lines += [_leaf(path, depth + 1) for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    for inner in sorted(path.parent for path in folder.glob("*/__init__.py")):
        lines += _room(inner, depth + 1)
    return lines


def _leaf(path: Path, depth: int) -> str:
    return f"{'  ' * depth + path.name:<28}{_first_line(path)}"


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def setting_table() -> str:
    """Give all settings as a Markdown table."""
    rows = ["| setting | default | what it says |", "|---|---|---|"]
    for each in fields(Settings):
        default = ", ".join(each.default) if isinstance(each.default, tuple) else str(each.default)
        rows.append(f"| `{each.name}` | {f'`{default}`' if default else ''} | {each.metadata['help']} |")
    return "\n".join(rows)


def put_between(text: str, name: str, content: str) -> str:
    """Put `content` between the markers `<!-- NAME -->` and `<!-- /NAME -->` of `text`; ValueError without them."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, after = text.index(start) + len(start), text.index(end)
    return f"{text[:before]}\n{content}\n{text[after:]}"


def function_lengths(path: Path) -> list[tuple[int, str]]:
    """Give (lines, place) of each function of a module, its docstring left out."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            documented = node.body[0] if ast.get_docstring(node) else None
            length = end - node.lineno + 1
            if documented:
                length -= (documented.end_lineno or documented.lineno) - documented.lineno + 1
            found.append((length, f"{path.name}: {node.name}"))
    return found
