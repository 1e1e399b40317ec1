"""The rules of the house: floors, sizes, names, and tables that say the same as the code."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from house import documented_tree, function_lengths, put_between, setting_table

from site_builder.data_files import translations_folder
from site_builder.diagnostics.codes import CODES
from site_builder.model.words import SINGULARS, WORDS

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "site_builder"
MODULES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN = {"utils", "helpers", "common", "misc", "base", "types", "constants", "manager"}
OFTEN = {"__init__.py", "stage.py"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
BROWSER_FILES = [
    path
    for path in (REPOSITORY / "assets").rglob("*")
    if path.suffix in {".js", ".css", ".html"} and "node_modules" not in path.parts
]


def test_imports_go_down() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run(
        [program, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr


@pytest.mark.parametrize(
    "path", [*MODULES, *BROWSER_FILES], ids=lambda path: str(path.relative_to(REPOSITORY))
)
def test_a_file_is_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: split it along a noun"


def test_functions_are_short() -> None:
    lengths = [length for path in MODULES for length in function_lengths(path)]
    assert len(lengths) > 300
    assert [each for each in lengths if each[0] > LONGEST_FUNCTION] == []


def test_a_long_function_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def long():\n" + "    x = 1\n" * LONGEST_FUNCTION, encoding="utf-8")
    assert function_lengths(path) == [(LONGEST_FUNCTION + 1, "long.py: long")]


def test_no_file_name_occurs_twice() -> None:
    names = Counter(path.name for path in MODULES if path.name not in OFTEN)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path for path in MODULES if path.stem in FORBIDDEN] == []


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_stages_have_one_door_each() -> None:
    for room in ("discover", "parse", "resolve", "render"):
        tree = ast.parse((PACKAGE / room / "stage.py").read_text(encoding="utf-8"))
        assert room in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


# ---- tables that say the same as the code ----------------------------------------------------------------


@pytest.mark.parametrize(("name", "make"), [("tree", documented_tree), ("settings", setting_table)])
def test_the_readme_says_what_the_code_says(name: str, make) -> None:
    path = REPOSITORY / "README.md"
    text = path.read_text(encoding="utf-8")
    expected = put_between(text, name, make())
    if os.environ.get("UPDATE_TREE"):
        path.write_text(expected, encoding="utf-8")
        return
    assert text == expected, "write it anew: UPDATE_TREE=1 pytest tests/test_house.py"


def used_strings() -> set[str]:
    """Give all string constants of the package but those of the table of codes."""
    found: set[str] = set()
    for path in MODULES:
        if path.name not in {"codes.py", "words.py"}:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_every_code_is_used() -> None:
    assert sorted(set(CODES) - used_strings()) == []


def test_every_code_that_is_used_is_declared() -> None:
    used = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and node.args:
                first = node.args[0]
                used |= {first.value} if isinstance(first, ast.Constant) else set()
    assert used
    assert sorted(used - set(CODES)) == []


def words_in_use() -> set[str]:
    """Give the interface words that templates, rooms and scripts ask for by a literal."""
    templates = "\n".join(
        path.read_text(encoding="utf-8") for path in BROWSER_FILES if path.suffix == ".html"
    )
    return set(re.findall(r'_\(\s*"([^"]+)"', templates)) | (used_strings() & set(WORDS))


def test_templates_use_declared_words_only() -> None:
    assert sorted(words_in_use() - set(WORDS)) == []


def test_every_word_is_used() -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in BROWSER_FILES)
    used = words_in_use()
    unused = [text for text in WORDS if text not in used and f'"{text}"' not in templates]
    assert unused == []


def test_the_catalogs_template_has_every_word() -> None:
    template = (translations_folder() / "course.pot").read_text(encoding="utf-8")
    lacking = [text for text in WORDS if f'"{text}"' not in template]
    assert lacking == [], "run `make messages`"
    assert set(SINGULARS) <= set(WORDS)
